// The list of resumes: files are sent, rows follow their states over one stream, search, filters.

import * as api from "./api.js";
import { droppedFiles, wanted } from "./files.js";
import * as rows from "./rows.js";
import { toast } from "./page.js";

const PAGE = 500;
const MOST = 5000; // rows that are loaded; a search finds the others
const AT_A_TIME = 4;

const byId = (id) => document.getElementById(id);
const waiting = new Map(); // key → file that was refused or is not sent yet
let search = 0;
let batch = 0; // how many files this visitor sent since the list was quiet

rows.startRows({ onDrawn: summarise, onRetry: retry });
byId("files").addEventListener("change", chosen);
byId("folder").addEventListener("change", chosen);
byId("search").addEventListener("submit", (event) => event.preventDefault());
byId("query").addEventListener("input", () => { clearTimeout(search); search = setTimeout(load, 200); });
byId("filters").addEventListener("click", filter);
acceptDrops(byId("drop"));
load();
api.followAll({
  resume: (record) => { if (!byId("query").value.trim() || rows.has(record.id)) rows.update(record); },
  deleted: rows.remove,
  look: lookAgain,
});

async function load() {
  const q = byId("query").value.trim();
  const records = [];
  let cursor = null;
  try {
    do {
      const page = await api.listResumes({ limit: PAGE, q, cursor });
      if (q !== byId("query").value.trim()) return; // a newer question is on its way
      records.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor && records.length < MOST);
  } catch (error) {
    toast(error.message, "bad");
    return;
  }
  rows.replaceAll(records);
  if (cursor) toast(`The newest ${records.length} are shown; search for older ones.`);
}

// Something may have changed unheard: the newest rows, and those that were not final.
let looking = false;
async function lookAgain() {
  if (looking || byId("query").value.trim()) return;
  looking = true;
  try {
    const page = await api.listResumes({ limit: PAGE });
    const fresh = new Set(page.items.map((record) => record.id));
    page.items.forEach(rows.update);
    const others = rows.unfinished().filter((row) => !fresh.has(row.record.id)).slice(0, 50);
    for (const { record } of others) rows.update(await api.getResume(record.id));
  } catch { /* the stream comes back, and looks again */ } finally { looking = false; }
}

function chosen(event) {
  const files = wanted([...event.target.files]);
  event.target.value = "";
  send(files);
}

function acceptDrops(zone) {
  document.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) zone.classList.remove("over"); });
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    send(wanted(await droppedFiles(event.dataTransfer)));
  });
}

async function send(files) {
  if (!files.length) return;
  batch += files.length;
  const place = document.createDocumentFragment();
  const keys = files.map((file) => {
    const key = `new-${randomKey()}`;
    waiting.set(key, file);
    rows.addLocal(key, file, place);
    return key;
  });
  rows.showLocals(place);
  const next = async () => { for (let key = keys.shift(); key; key = keys.shift()) await sendOne(key); };
  await Promise.all(Array.from({ length: AT_A_TIME }, next));
}

async function sendOne(key) {
  const file = waiting.get(key);
  rows.sayLocal(key, "busy", "Sending");
  try {
    const receipt = await api.upload(file, file.name, key);
    waiting.delete(key);
    rows.adopt(key, receipt.id, receipt.status);
  } catch (error) {
    rows.sayLocal(key, "failed", "Not sent", error.message);
  }
}

async function retry(key) {
  if (waiting.has(key)) return sendOne(key);
  try {
    await api.reprocess(key);
    rows.update(await api.getResume(key));
  } catch (error) {
    toast(error.message, "bad");
  }
}

function filter(event) {
  const button = event.target.closest("button");
  if (!button) return;
  for (const one of byId("filters").children) one.setAttribute("aria-pressed", one === button);
  byId("rows").dataset.show = button.dataset.filter;
  summarise(rows.counted());
}

function summarise(counts) {
  for (const badge of document.querySelectorAll("[data-count]")) badge.textContent = counts[badge.dataset.count];
  byId("empty").hidden = counts[byId("rows").dataset.show] > 0;
  byId("summary").textContent = counts.busy ? `${counts.busy} of ${counts.all} in progress` : `${counts.all} in all`;
  if (!counts.busy) batch = Math.min(batch, counts.all);
  const bar = byId("progress");
  bar.hidden = batch === 0;
  const done = Math.max(0, batch - counts.busy);
  byId("progress-bar").max = Math.max(batch, 1);
  byId("progress-bar").value = done;
  byId("progress-text").textContent = counts.busy
    ? `${done} of ${batch} done` : `All ${batch} are done${counts.failed ? `; ${counts.failed} failed in all` : ""}.`;
}

// crypto.randomUUID is there in secure contexts only, and this page may be served over plain HTTP
function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
