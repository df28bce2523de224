// The list of resumes: upload, live rows, search.

import * as api from "./api.js";
import { byId, el, size, when } from "./dom.js";
import { openResume } from "./resume.js";
import { stateOf } from "./states.js";

const BUSY_MS = 700;
const IDLE_MS = 5000;
const PAGE = 100;
const AT_A_TIME = 4;

const rows = new Map(); // id → { row, revision }
let shown = PAGE;
let timer = null;
let asked = 0;

export function startResumes() {
  const input = byId("files");
  input.addEventListener("change", () => { uploadAll([...input.files]); input.value = ""; });
  acceptDrops(byId("drop"));
  byId("search").addEventListener("submit", (event) => event.preventDefault());
  byId("query").addEventListener("input", () => schedule(200));
  byId("more-resumes").addEventListener("click", () => { shown += PAGE; refresh(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
  return refresh();
}

function acceptDrops(zone) {
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    uploadAll([...event.dataTransfer.files]);
  });
}

async function uploadAll(files) {
  byId("uploads").replaceChildren();
  const waiting = [...files];
  const one = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) await uploadOne(file);
  };
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, files.length) }, one));
  await refresh();
}

async function uploadOne(file) {
  try {
    await api.upload(file, randomKey());
    schedule(100);
  } catch (error) {
    byId("uploads").append(el("li", {}, `${file.name}: ${error.message}`));
  }
}

// crypto.randomUUID is there in secure contexts only, and this page may be served over plain HTTP
function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function schedule(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(refresh, milliseconds);
}

export async function refresh() {
  clearTimeout(timer);
  const mine = ++asked;
  let busy = false;
  try {
    const page = await collect(byId("query").value.trim());
    if (mine !== asked) return; // a newer question is on its way
    draw(page);
    busy = page.items.some((record) => !record.final);
    await summarise();
  } catch (error) {
    byId("summary").textContent = error.message;
  }
  if (!document.hidden && mine === asked) schedule(busy ? BUSY_MS : IDLE_MS);
}

async function collect(q) {
  const items = [];
  let cursor = null;
  do {
    const page = await api.listResumes({ limit: Math.min(PAGE, shown - items.length), q, cursor });
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor && items.length < shown);
  return { items, more: cursor !== null };
}

function draw({ items, more }) {
  const body = byId("resume-rows");
  const ids = new Set(items.map((record) => record.id));
  for (const [id, { row }] of rows) if (!ids.has(id)) { row.remove(); rows.delete(id); }
  items.forEach((record, index) => {
    const row = rowOf(record);
    if (body.children[index] !== row) body.insertBefore(row, body.children[index] ?? null);
  });
  byId("resumes-empty").hidden = items.length > 0;
  byId("more-resumes").hidden = !more;
}

function rowOf(record) {
  const known = rows.get(record.id);
  if (known?.revision === record.revision) return known.row;
  const row = known?.row ?? el("tr", {},
    el("td", {}, el("button", { type: "button", class: "link", onclick: () => openResume(record.id, refresh) },
      record.file_name)),
    el("td"), el("td", { class: "number" }, size(record.size)), el("td", {}, when(record.created_at)));
  row.children[1].replaceChildren(stateOf(record));
  rows.set(record.id, { row, revision: record.revision });
  return row;
}

async function summarise() {
  const { resumes, waiting, running, readiness } = await api.system();
  const total = Object.values(resumes).reduce((sum, count) => sum + count, 0);
  const away = readiness.not_ready.length ? ` · away: ${readiness.not_ready.join(", ")}` : "";
  byId("summary").textContent = `${total} resumes · ${waiting} waiting · ${running} at work${away}`;
}
