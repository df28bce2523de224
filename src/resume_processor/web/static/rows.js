// The list of resumes. A row is made once and changed in place; changes are drawn once a frame, and
// rows out of sight cost nothing (content-visibility), so thousands stay smooth.

import { root } from "./api.js";
import { tell as tellTime } from "./times.js";

const STAGES = { queued: "Queued", reading: "Reading", parsing: "Parsing", scoring: "Scoring" };
const STATES = {
  DONE: ["done", "Done"],
  NEEDS_REVIEW: ["doubts", "Done, to review"],
  FAILED: ["failed", "Failed"],
  CANCELLED: ["failed", "Cancelled"],
};
export const GROUPS = ["busy", "done", "doubts", "failed"];

const list = document.getElementById("rows");
const template = document.getElementById("row");
const blind = "blind" in document.documentElement.dataset;
const rows = new Map(); // id → { node, record, group }
const changed = new Map(); // id → record, to be drawn in the next frame
const counts = Object.fromEntries(GROUPS.map((name) => [name, 0]));
let drawn = () => {};
let act = () => {};

export function startRows({ onDrawn, onRetry }) {
  drawn = onDrawn;
  act = onRetry;
}

export const has = (id) => rows.has(id);
export const unfinished = () => [...rows.values()].filter((row) => row.group === "busy" && row.record.id);
export const counted = () => ({ ...counts, all: rows.size });

// A row for a file that is not sent yet; `adopt` gives it to the resume that it becomes.
export function addLocal(key, file, place) {
  const node = make();
  fill(node, { file_name: file.name, size: file.size, created_at: new Date().toISOString() });
  place.append(node);
  const row = { node, record: {}, group: "busy" };
  rows.set(key, row);
  counts.busy += 1;
  say(row, "busy", "Waiting to be sent");
  return row;
}

export const showLocals = (place) => { list.prepend(place); tell(); };

export function sayLocal(key, group, words, why) {
  const row = rows.get(key);
  if (!row) return;
  say(row, group, words, why);
  retryButton(row.node, group === "failed" ? key : null);
  tell();
}

export function adopt(key, id, status) {
  const row = rows.get(key);
  rows.delete(key);
  if (rows.has(id)) { // the stream was faster, or the same file was sent before
    row.node.remove();
    counts[row.group] -= 1;
    tell();
    return;
  }
  rows.set(id, row);
  row.record = { id, revision: 0, file_name: row.node.dataset.file };
  row.node.querySelector("a").href = `${root}/resumes/${id}`;
  name(row.node, row.record);
  if (status === "RECEIVED") say(row, "busy", STAGES.queued);
  tell();
}

export function update(record) {
  const known = changed.get(record.id) ?? rows.get(record.id)?.record;
  if (known && known.revision >= record.revision) return;
  changed.set(record.id, record);
  tell();
}

export function remove(id) {
  const row = rows.get(id);
  if (!row) return;
  row.node.remove();
  rows.delete(id);
  changed.delete(id);
  counts[row.group] -= 1;
  tell();
}

// Replaces all rows but those not sent yet.
export function replaceAll(records) {
  const fresh = document.createDocumentFragment();
  for (const [id, row] of rows) {
    if (!row.record.id) continue;
    row.node.remove();
    rows.delete(id);
    counts[row.group] -= 1;
  }
  for (const record of records) fresh.append(insert(record).node);
  list.append(fresh);
  tell();
}

function insert(record) {
  const row = { node: make(), record, group: "busy" };
  fill(row.node, record);
  rows.set(record.id, row);
  counts.busy += 1;
  show(row, record);
  return row;
}

let asked = false;
function tell() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    draw();
    drawn(counted());
  });
}

// A resume of a name that is just being sent may be that very file, told of before its receipt
// came: it waits for the receipt, so that no row is ever there twice.
const sending = () => new Set([...rows.values()].filter((row) => !row.record.id && row.group === "busy")
  .map((row) => row.node.dataset.file));

function draw() {
  const fresh = document.createDocumentFragment();
  const names = sending();
  for (const [id, record] of changed) {
    const row = rows.get(id);
    if (!row && names.has(record.file_name)) continue;
    if (row) show(row, record);
    else fresh.prepend(insert(record).node);
    changed.delete(id);
  }
  if (fresh.childNodes.length) list.prepend(fresh);
}

function make() {
  const node = template.content.firstElementChild.cloneNode(true);
  return node;
}

function fill(node, record) {
  node.dataset.file = record.file_name;
  name(node, record);
  if (record.id) node.querySelector("a").href = `${root}/resumes/${record.id}`;
  node.querySelector(".row-size").textContent = size(record.size);
  const time = node.querySelector("time");
  time.dateTime = record.created_at;
  tellTime(time);
}

function name(node, record) {
  const { id, file_name: file, candidate_name: candidate } = record;
  const hidden = id ? `Candidate ${id.replace(/[^0-9A-Za-z]/g, "").slice(-6).toUpperCase()}` : "New candidate";
  node.querySelector("a").textContent = blind ? hidden : candidate || file;
  node.querySelector(".row-file").textContent = blind || !candidate ? "" : file;
}

function show(row, record) {
  row.record = record;
  name(row.node, record);
  if (!record.final) say(row, "busy", STAGES[record.stage] ?? record.stage);
  else say(row, ...(STATES[record.status] ?? ["done", record.status]), record.error?.message);
  retryButton(row.node, row.group === "failed" ? record.id : null);
}

function say(row, group, words, why) {
  counts[row.group] -= 1;
  counts[group] += 1;
  row.group = group;
  row.node.dataset.group = group;
  const state = row.node.querySelector(".row-state");
  state.textContent = why ? `${words}: ${why}` : words;
}

function retryButton(node, key) {
  const button = node.querySelector("button");
  button.hidden = key === null;
  button.onclick = key === null ? null : () => act(key);
  if (key !== null) button.setAttribute("aria-label", `Try again: ${node.querySelector("a").textContent}`);
}

const size = (bytes) =>
  bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${Math.round(bytes / 1024)} kB`
    : `${(bytes / 1048576).toFixed(1)} MB`;
