// Small builders. Text always goes in as text, never as markup: it comes from strangers' files.

export const byId = (id) => document.getElementById(id);

export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

export function table(caption, columns, rows) {
  const head = el("tr", {}, ...columns.map((title) => el("th", { scope: "col" }, title)));
  return el("div", { class: "scroll", role: "region", "aria-label": caption, tabindex: "0" },
    el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows)));
}

export function facts(pairs) {
  const shown = pairs.filter(([, value]) => value != null && value !== "");
  return el("dl", {}, ...shown.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

export function show(section, title, ...content) {
  section.hidden = false;
  section.querySelector("h2").textContent = title;
  section.querySelector("div").replaceChildren(...content.filter((one) => one != null));
}

export const size = (bytes) =>
  bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${Math.round(bytes / 1024)} kB`
    : `${(bytes / 1048576).toFixed(1)} MB`;

export const when = (time) =>
  new Date(time).toLocaleString([], { dateStyle: "short", timeStyle: "short" });
