// The service's API. A refused request throws an Error with the problem's code and its words.

export const root = document.documentElement.dataset.root;

async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(`${root}/v1/${path}`, options);
  } catch {
    throw Object.assign(new Error("The service does not answer."), { code: "unreachable" });
  }
  if (answer.status === 204) return null;
  if (answer.status === 401) location.assign(`${root}/sign-in`);
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw Object.assign(new Error(body.detail ?? `The service answered ${answer.status}.`),
      { code: body.code ?? "http_error" });
  }
  return body;
}

const query = (parameters) =>
  new URLSearchParams(Object.entries(parameters).filter(([, value]) => value)).toString();

export const listResumes = (parameters) => ask(`resumes?${query(parameters)}`);
export const getResume = (id) => ask(`resumes/${id}`);
export const reprocess = (id) => ask(`resumes/${id}/reprocess`, { method: "POST" });

export function upload(file, name, key) {
  const form = new FormData();
  form.append("file", file, name);
  return ask("resumes", { method: "POST", body: form, headers: { "Idempotency-Key": key } });
}

// Calls back with each change of any resume; one stream for the whole page.
export function followAll({ resume, deleted, look }) {
  const source = new EventSource(`${root}/v1/events`);
  source.addEventListener("resume", (event) => resume(JSON.parse(event.data)));
  source.addEventListener("deleted", (event) => deleted(JSON.parse(event.data).id));
  source.addEventListener("look", look);
}
