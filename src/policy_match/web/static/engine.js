// Who answers: this page's own worker, or the server. Both take the bodies of the API
// and give its answers and its problem details.
const about = document.getElementById("words").dataset;
export const words = about;
export const lang = about.lang;

export class Refused extends Error {
  constructor(problem) {
    super(problem.title);
    this.problem = problem;
  }
}

const server = async (call, body) => {
  const post = !["codes", "facts"].includes(call);
  const [path, kind] = { calendar: ["plan", "text/calendar"], sheet: ["check", "text/html"] }[call] ?? [call, "application/json"];
  const address = `${about.root}api/v1/${path}`;
  const head = { "Accept-Language": lang, Accept: kind };
  const found = post
    ? await fetch(address, { method: "POST", body: JSON.stringify(body), headers: { ...head, "Content-Type": "application/json" } })
    : await fetch(`${address}?${new URLSearchParams(body)}`, { headers: head });
  const data = await (found.ok && path !== call ? found.text() : found.json());
  if (!found.ok) throw new Refused(data);
  return data;
};

function worker() {
  // A worker begun from a blob: inherits this page's content policy; one begun from
  // a file would have that file's own headers, on most static hosts none.
  const here = new URL(`${about.root}static/worker.js`, document.baseURI).href;
  const start = new Blob([`import ${JSON.stringify(here)};`], { type: "text/javascript" });
  const one = new Worker(URL.createObjectURL(start), { type: "module" });
  const waiting = new Map();
  let last = 0;
  one.onmessage = ({ data: { id, found, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) return reject(new Error(error));
    const { status, data } = JSON.parse(found);
    return status === 200 ? resolve(data) : reject(new Refused(data));
  };
  return (call, body) => new Promise((resolve, reject) => {
    waiting.set(++last, { resolve, reject });
    one.postMessage({ id: last, call, text: JSON.stringify(body), lang });
  });
}

export const ask = about.engine === "worker" ? worker() : server;

export const $ = (id) => document.getElementById(id);
export const element = (name, text, parent, kind) => {
  const one = document.createElement(name);
  if (text !== undefined && text !== null) one.textContent = text;
  if (kind) one.className = kind;
  parent?.append(one);
  return one;
};
// Hands a text to the device as a file; nothing is sent.
export const kept = (name, type, text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
export const told = (key, gaps = {}) => {
  let text = about[key.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())] ?? "";
  for (const [name, value] of Object.entries(gaps)) text = text.replace(`{${name}}`, value);
  return text;
};

// A site that was written some day ago is asked today.
if (about.engine === "worker" && $("on")?.type === "date") {
  const now = new Date();
  $("on").value = new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
