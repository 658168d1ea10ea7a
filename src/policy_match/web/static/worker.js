// The engine, off the page's thread: {id, call, text, lang} in, {id, found | error} out.
import { loadPyodide } from "../runtime/pyodide.mjs";

const root = new URL("../", import.meta.url).href;
const bytes = async (name) => {
  const found = await fetch(root + name);
  if (!found.ok) throw new Error(`${name}: ${found.status}`);
  return new Uint8Array(await found.arrayBuffer());
};

const ready = (async () => {
  const [python, code] = await Promise.all([
    loadPyodide({ indexURL: `${root}runtime/` }), bytes("app.zip"),
  ]);
  python.unpackArchive(code, "zip", { extractDir: "/lib/app" });
  python.runPython("import sys; sys.path.insert(0, '/lib/app')");
  const made = python.pyimport("policy_match.web.engine").ENGINE;
  return { python, made };
})();

// What only some calls need is unpacked when the first of them comes.
const MORE = { calendar: ["calendar.zip"], sheet: ["sheet.zip"], draft: ["playground/authors.zip"] };
const unpacked = new Map();
const more = (name) => {
  if (!unpacked.has(name)) {
    unpacked.set(name, Promise.all([ready, bytes(name)]).then(([{ python }, data]) => {
      python.unpackArchive(data, "zip", { extractDir: "/lib/app" });
      python.runPython("import importlib; importlib.invalidate_caches()");
    }));
  }
  return unpacked.get(name);
};

// The law of all days, taken once; every call about a firm waits for it.
let laws;
const law = () => {
  laws ??= Promise.all([ready, bytes("laws.json")]).then(([{ python, made }, data]) => {
    const given = python.toPy(data);
    made.add(given.tobytes());
    given.destroy();
  });
  return laws;
};

onmessage = async ({ data: { id, call, text, lang } }) => {
  try {
    await Promise.all([call === "draft" || law(), ...(MORE[call] ?? []).map(more)]);
    const { made } = await ready;
    postMessage({ id, found: made.ask(call, text, lang) });
  } catch (error) {
    postMessage({ id, error: String(error).trim().split("\n").at(-1) });
  }
};
