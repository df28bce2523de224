// On every page: what htmx was refused is said in plain words, and who reviews is remembered.

import "./times.js";

const REVIEWER = "reviewer";

export function toast(words, kind = "") {
  const box = document.getElementById("toast");
  box.textContent = words;
  box.className = `shown ${kind}`;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { box.className = ""; }, 6000);
}

document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  const type = xhr.getResponseHeader("Content-Type") ?? "";
  let words = `The service answered ${xhr.status}.`;
  if (type.startsWith("text/plain")) words = xhr.responseText;
  if (type.startsWith("application/problem+json")) words = JSON.parse(xhr.responseText).detail ?? words;
  toast(words, "bad");
  const reviewer = document.getElementById("reviewer");
  if (reviewer && !reviewer.value.trim()) reviewer.focus();
});
document.addEventListener("htmx:sendError", () => toast("The service does not answer.", "bad"));

const reviewer = document.getElementById("reviewer");
if (reviewer) {
  // What was typed before this script ran stays.
  reviewer.value ||= localStorage.getItem(REVIEWER) ?? "";
  reviewer.addEventListener("input", () => localStorage.setItem(REVIEWER, reviewer.value));
}

// A form's range shows its number beside it.
document.addEventListener("input", (event) => {
  if (event.target.type !== "range") return;
  const output = event.target.form?.querySelector(`output[for="${event.target.id}"]`);
  if (output) output.textContent = event.target.value;
});
