// Times in the reader's own zone, written alike on all pages.

const FORMAT = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
});

export function tell(element) {
  element.textContent = FORMAT.format(new Date(element.dateTime));
}

const tellAll = (within) => within.querySelectorAll("time[datetime]").forEach(tell);

tellAll(document);
document.addEventListener("htmx:load", (event) => tellAll(event.detail.elt));
