// The service's API. A refused request throws an Error with the problem's code and its words.

async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw Object.assign(new Error("The service does not answer."), { code: "unreachable" });
  }
  if (answer.status === 204) return null;
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw Object.assign(new Error(body.detail ?? `The service answered ${answer.status}.`),
      { code: body.code ?? "http_error" });
  }
  return body;
}

const query = (parameters) =>
  new URLSearchParams(Object.entries(parameters).filter(([, value]) => value)).toString();

export const listResumes = (parameters) => ask(`v1/resumes?${query(parameters)}`);
export const getResume = (id) => ask(`v1/resumes/${id}`);
export const deleteResume = (id) => ask(`v1/resumes/${id}`, { method: "DELETE" });
export const reprocess = (id) => ask(`v1/resumes/${id}/reprocess`, { method: "POST" });
export const cancel = (id) => ask(`v1/resumes/${id}/cancel`, { method: "POST" });
export const system = () => ask("v1/system");
export const listJobs = () => ask("v1/jobs?limit=100");
export const deleteJob = (id) => ask(`v1/jobs/${id}`, { method: "DELETE" });
export const ranking = (id, cursor) => ask(`v1/jobs/${id}/ranking?${query({ limit: 50, cursor })}`);
export const ledger = (job, resume) => ask(`v1/jobs/${job}/scores/${resume}`);

export const postJob = (text) => ask("v1/jobs", {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ text }),
});

export function upload(file, key) {
  const form = new FormData();
  form.append("file", file, file.name);
  return ask("v1/resumes", { method: "POST", body: form, headers: { "Idempotency-Key": key } });
}

// Calls `changed` with each state of a resume until it is final; returns how to stop.
export function follow(id, changed) {
  const source = new EventSource(`v1/resumes/${id}/events`);
  source.addEventListener("state", (event) => {
    const record = JSON.parse(event.data);
    if (record.final) source.close();
    changed(record);
  });
  source.addEventListener("deleted", () => source.close());
  return () => source.close();
}
