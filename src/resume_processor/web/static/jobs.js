// Jobs: paste an advertisement, see what was read, rank the resumes, open a ledger.

import * as api from "./api.js";
import { byId, el, facts, show, table } from "./dom.js";

const POLL_MS = 1500;
const POLLS = 20; // scores arrive in the background, mostly within seconds

let open = null; // id of the job that is shown

export function startJobs() {
  byId("job-form").addEventListener("submit", post);
  return list();
}

async function post(event) {
  event.preventDefault();
  const problem = byId("job-problem");
  problem.hidden = true;
  try {
    const job = await api.postJob(byId("job-text").value);
    byId("job-text").value = "";
    await list();
    await openJob(job);
  } catch (error) {
    problem.textContent = error.message;
    problem.hidden = false;
  }
}

async function list() {
  try {
    const { items } = await api.listJobs();
    byId("job-list").replaceChildren(...items.map((job) => el("li", {},
      el("button", { type: "button", class: "link", onclick: () => openJob(job) }, job.title))));
  } catch (error) {
    byId("job-list").replaceChildren(el("li", { class: "problem" }, error.message));
  }
}

async function openJob(job) {
  open = job.id;
  const section = byId("job");
  const rankingBox = el("div", { "aria-live": "polite" });
  const ledgerBox = el("div", { tabindex: "-1" });
  const remove = el("button", { type: "button", onclick: async () => {
    if (!confirm(`Delete the job ${job.title}?`)) return;
    await api.deleteJob(job.id);
    section.hidden = true;
    await list();
  } }, "Delete this job");
  show(section, job.title, requirements(job.requirements),
    el("p", {}, el("a", { href: `v1/jobs/${job.id}/ranking?format=csv` }, "Ranking as CSV")),
    rankingBox, ledgerBox, remove);
  section.focus();
  for (let poll = 0; poll < POLLS && open === job.id && !section.hidden; poll++) {
    await drawRanking(job, rankingBox, ledgerBox);
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}

function requirements(asked) {
  const skills = (required) => (asked.skills ?? []).filter((one) => one.required === required)
    .map((one) => one.name).join(", ");
  const names = (list) => (list ?? []).map((one) => one.name).join(", ");
  const months = asked.months_of_experience;
  return facts([
    ["Must have", skills(true)],
    ["Nice to have", skills(false)],
    ["Experience", months == null ? null : `${months / 12} years`],
    ["Degree", asked.degree_level],
    ["Languages", names(asked.languages)],
    ["Certificates", names(asked.certificates)],
  ]);
}

async function drawRanking(job, box, ledgerBox) {
  let page;
  try {
    page = await api.ranking(job.id);
  } catch (error) {
    box.replaceChildren(el("p", { class: "problem" }, error.message));
    return;
  }
  const seen = JSON.stringify(page.items);
  if (box.dataset.seen === seen) return;
  box.dataset.seen = seen;
  if (!page.items.length) {
    box.replaceChildren(el("p", { class: "hint" }, "No resume is scored yet."));
    return;
  }
  const kinds = page.items[0].criteria.map((one) => one.kind);
  box.replaceChildren(table("Ranking", ["#", "Candidate", "Points", ...kinds.map(words)],
    page.items.map((row, index) => rankedRow(job, row, index + 1, ledgerBox))));
}

function rankedRow(job, row, rank, ledgerBox) {
  const openLedger = () => drawLedger(job, row, ledgerBox);
  return el("tr", {},
    el("td", { class: "number" }, String(rank)),
    el("td", {}, el("button", { type: "button", class: "link", onclick: openLedger }, row.name ?? row.file_name)),
    el("td", { class: "number" }, `${row.total}/${row.max_total}`),
    ...row.criteria.map((one) => el("td", {}, one.max_points
      ? el("meter", { min: 0, max: one.max_points, value: one.points,
        "aria-label": `${words(one.kind)}: ${one.points} of ${one.max_points}` })
      : "–")));
}

async function drawLedger(job, row, box) {
  const { ledger } = await api.ledger(job.id, row.resume_id);
  const lines = ledger.criteria.flatMap((criterion) => criterion.lines.map((line) => el("tr", {},
    el("td", {}, words(criterion.kind)),
    el("td", {}, line.requirement),
    el("td", { class: "number" }, `${line.points}/${line.max_points}`),
    el("td", {}, line.because, el("br"), el("small", {}, (line.pointers ?? []).join(" "))))));
  const changes = ledger.changes.map((one) => el("li", {}, `${one.requirement}: ${one.points} points more`));
  box.replaceChildren(
    el("h3", {}, `Why ${row.name ?? row.file_name} has ${ledger.total} of ${ledger.max_total} points`),
    table("Ledger", ["Criterion", "Asked for", "Points", "Because"], lines),
    ...(changes.length ? [el("h3", {}, "What would change it"), el("ul", {}, ...changes)] : []));
  box.focus();
}

const words = (kind) => kind.replaceAll("_", " ");
