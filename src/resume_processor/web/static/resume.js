// One resume: what was found, and the evidence behind it.

import * as api from "./api.js";
import { byId, el, facts, show, table } from "./dom.js";
import { stateOf } from "./states.js";

let stop = () => {};
let shown = null; // id of the resume that is shown: a late answer about another one is dropped

export async function openResume(id, changed) {
  shown = id;
  const section = byId("resume");
  await draw(section, id, changed);
  section.focus();
  section.scrollIntoView({ block: "nearest" });
}

async function draw(section, id, changed) {
  stop();
  let record;
  try {
    record = await api.getResume(id);
    if (shown !== id) return;
  } catch (error) {
    if (shown !== id) return;
    show(section, "Resume", el("p", { class: "problem", role: "alert" }, error.message));
    return;
  }
  const redraw = () => draw(section, id, changed);
  show(section, record.result?.resume.basics?.name ?? record.file_name,
    about(record), actions(record, redraw, changed),
    ...(record.result ? found(record) : []));
  stop();
  stop = record.final ? () => {} : api.follow(id, (now) => {
    if (now.revision !== record.revision) redraw();
  });
}

function about(record) {
  const known = record.result?.facts ?? {};
  const basics = record.result?.resume.basics ?? {};
  const months = known.months_of_experience;
  return facts([
    ["State", stateOf(record)],
    ["File", `${record.file_name} (${record.media_type})`],
    ["Title", basics.label ?? known.current_title],
    ["E-mail", basics.email],
    ["Phone", basics.phone],
    ["Experience", months == null ? null : `${Math.floor(months / 12)} years ${months % 12} months`],
    ["Highest degree", known.highest_degree],
    ["Attempts", String(record.attempts)],
  ]);
}

function actions(record, redraw, changed) {
  const button = (words, work) => el("button", { type: "button", onclick: async () => {
    try { await work(); } catch (error) { alert(error.message); }
    changed();
  } }, words);
  const links = el("p", {},
    record.result ? el("a", { href: `v1/resumes/${record.id}/json-resume` }, "JSON Resume") : null,
    record.result ? " · " : null,
    el("a", { href: `v1/resumes/${record.id}/original` }, "Original file"));
  const remove = button("Delete", async () => {
    if (!confirm(`Delete ${record.file_name} and all that was read from it?`)) return;
    await api.deleteResume(record.id);
    stop();
    shown = null;
    byId("resume").hidden = true;
  });
  const again = record.final
    ? button("Process again", async () => { await api.reprocess(record.id); await redraw(); })
    : button("Cancel", async () => { await api.cancel(record.id); await redraw(); });
  return el("div", {}, links, again, remove);
}

function found({ result }) {
  const doubts = result.warnings.map((one) => el("li", {}, one.message));
  const pointers = Object.keys(result.evidence);
  return [
    doubts.length ? el("div", {}, el("h3", {}, "Doubts"), el("ul", { class: "warn" }, ...doubts)) : null,
    el("h3", {}, "What was found, and where"),
    table("Evidence", ["Value", "Read from", "Page", "Sure"], pointers.map((one) => evidenceRow(result, one))),
    el("details", {}, el("summary", {}, "JSON"), el("pre", { tabindex: "0" }, JSON.stringify(result.resume, null, 2))),
  ].filter(Boolean);
}

function evidenceRow(result, pointer) {
  const evidence = result.evidence[pointer];
  const pages = [...new Set(evidence.places.map((place) => place.page))].join(", ");
  const sure = Math.round(evidence.confidence * 100);
  return el("tr", {},
    el("td", {}, el("strong", {}, String(valueAt(result, pointer) ?? "")), el("br"), el("small", {}, pointer)),
    el("td", {}, evidence.source, el("br"), el("small", {}, evidence.rule)),
    el("td", { class: "number" }, pages),
    el("td", { class: sure < 60 ? "number warn" : "number" }, `${sure} %`));
}

// RFC 6901; /personal/… points beside the resume
function valueAt(result, pointer) {
  const steps = pointer.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const start = steps[0] === "personal" ? result : result.resume;
  return steps.reduce((value, step) => value?.[step], start);
}
