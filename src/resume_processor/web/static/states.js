// States and stages in plain words.

import { el } from "./dom.js";

const STAGES = { queued: "queued", reading: "reading…", parsing: "parsing…", scoring: "scoring…" };
const STATES = {
  DONE: ["done", "good"],
  NEEDS_REVIEW: ["done, with doubts", "warn"],
  FAILED: ["failed", "bad"],
  CANCELLED: ["cancelled", "warn"],
};

export function stateOf(record) {
  if (!record.final) return el("span", { class: "state busy" }, STAGES[record.stage] ?? record.stage);
  const [words, style] = STATES[record.status] ?? [record.status, ""];
  const why = record.error ? el("small", {}, record.error.message) : null;
  return el("span", { class: `state ${style}` }, words, why);
}
