// Values and words point at each other: whatever has data-pointer lights up the words (of a page, of
// an advertisement) that carry one of its pointers in data-on, and a word lights up its values.

const lit = new Set();
const tip = document.createElement("div");
tip.id = "tip";
tip.setAttribute("aria-hidden", "true");
document.body.append(tip);

const wordsOf = (pointer) =>
  document.querySelectorAll(`[data-on~="${CSS.escape(pointer)}"]`);
const valuesOf = (pointer) =>
  document.querySelectorAll(`[data-pointer~="${CSS.escape(pointer)}"]`);

function dark() {
  for (const node of lit) node.classList.remove("lit");
  lit.clear();
  tip.className = "";
}

function light(nodes) {
  for (const node of nodes) { node.classList.add("lit"); lit.add(node); }
}

function showWords(holder, { scroll }) {
  dark();
  const words = holder.dataset.pointer.split(" ").filter(Boolean).flatMap((one) => [...wordsOf(one)]);
  light([holder, ...words]);
  if (scroll && words.length) reveal(words[0]);
}

// Scrolls the panel that holds the page, never the whole window under the pointer.
function reveal(word) {
  const panel = word.closest(".panel");
  if (!panel || panel.scrollHeight <= panel.clientHeight) return;
  const box = word.getBoundingClientRect();
  const frame = panel.getBoundingClientRect();
  if (box.top >= frame.top && box.bottom <= frame.bottom) return;
  panel.scrollTo({ top: panel.scrollTop + box.top - frame.top - frame.height / 3, behavior: "smooth" });
}

function showValues(word) {
  dark();
  const pointers = word.dataset.on.split(" ");
  const values = pointers.flatMap((one) => [...valuesOf(one)]);
  light([...values, ...pointers.flatMap((one) => [...wordsOf(one)])]);
  const first = values.find((node) => node.classList.contains("value")) ?? values[0];
  if (!first) return;
  const label = first.querySelector(".label")?.textContent;
  const sure = first.querySelector(".sure")?.textContent.trim();
  tip.textContent = [label, first.querySelector(".text")?.textContent.trim(), sure].filter(Boolean).join(" · ");
  const box = word.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 300))}px`;
  tip.style.top = `${box.bottom + 6}px`;
  tip.className = tip.textContent ? "shown" : "";
}

document.addEventListener("pointerover", (event) => {
  const word = event.target.closest?.("[data-on]");
  if (word) return showValues(word);
  const holder = event.target.closest?.("[data-pointer]");
  if (holder) showWords(holder, { scroll: false });
  else if (lit.size && !document.activeElement?.closest("[data-pointer]")) dark();
});
document.addEventListener("focusin", (event) => {
  const holder = event.target.closest("[data-pointer]");
  if (holder) showWords(holder, { scroll: true });
});
document.addEventListener("click", (event) => {
  const word = event.target.closest("[data-on]");
  if (word) {
    const value = word.dataset.on.split(" ").flatMap((one) => [...valuesOf(one)])
      .find((node) => node.tabIndex >= 0 || node.classList.contains("value"));
    value?.scrollIntoView({ block: "center", behavior: "smooth" });
    value?.focus({ preventScroll: true });
    return;
  }
  const holder = event.target.closest("[data-pointer]");
  if (holder) showWords(holder, { scroll: true });
});
document.addEventListener("scroll", () => { tip.className = ""; }, { capture: true, passive: true });
// A piece of the page that htmx put in takes the focus where the old one had it.
document.addEventListener("htmx:afterSwap", (event) => {
  event.detail.elt?.querySelector?.("[autofocus]")?.focus();
  const holder = document.querySelector("[data-pointer]:hover"); // pointed at before the pages came
  if (holder) showWords(holder, { scroll: false });
});
