// The fairness report of a job: the file goes to the API as it is, and the report is saved.

import { root } from "./api.js";
import { toast } from "./page.js";

const form = document.getElementById("fairness");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { groups, only_applied: only } = form.elements;
  const query = new URLSearchParams({ format: "html", only_applied: only.checked });
  const address = `${root}/v1/jobs/${form.dataset.job}/fairness?${query}`;
  try {
    const answer = await fetch(address, {
      method: "POST", body: groups.files[0], headers: { "Content-Type": "text/csv" },
    });
    if (answer.ok) save(await answer.blob());
    else toast((await answer.json()).detail, "bad");
  } catch {
    toast("The service does not answer.", "bad");
  }
});

function save(blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `fairness-${form.dataset.job}.html`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
