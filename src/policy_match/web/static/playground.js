// The playground: a rulebook at the left, what comes of it for a firm at the right.
import { autocompletion, completionKeymap } from "../playground/editor/codemirror-autocomplete.js";
import { defaultKeymap, history as undo, historyKeymap } from "../playground/editor/codemirror-commands.js";
import { yaml } from "../playground/editor/codemirror-lang-yaml.js";
import { HighlightStyle, syntaxHighlighting } from "../playground/editor/codemirror-language.js";
import { lintGutter, setDiagnostics } from "../playground/editor/codemirror-lint.js";
import { EditorState } from "../playground/editor/codemirror-state.js";
import { EditorView, drawSelection, keymap, lineNumbers } from "../playground/editor/codemirror-view.js";
import { tags } from "../playground/editor/lezer-highlight.js";
import { show } from "./answer.js";
import { $, ask, element, lang, told, words } from "./engine.js";
import { keys, values, where } from "./schema.js";

const place = `${words.root}playground/`;
const text = async (name) => (await fetch(place + name)).text();
const schema = fetch(`${place}rule-file.schema.json`).then((found) => found.json());

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--met)" },
  { tag: [tags.comment, tags.punctuation, tags.separator], color: "var(--soft)" },
  { tag: [tags.number, tags.bool, tags.keyword], color: "var(--open)" },
]);
const looks = EditorView.theme({
  "&": { backgroundColor: "var(--paper)", color: "var(--ink)", fontSize: "14px", height: "100%" },
  "&.cm-focused": { outline: "3px solid var(--met)" },
  ".cm-scroller": { fontFamily: "ui-monospace, Consolas, monospace", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--ground)", color: "var(--soft)", border: "0" },
  ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", borderColor: "var(--line)" },
}, { dark: matchMedia("(prefers-color-scheme: dark)").matches });

let profile = {}; // the schema of firms, as the last rulebook that could be read has it

// What may stand there by a schema; the facts of an example are those of a firm.
const completing = (given) => async (context) => {
  const found = where(context.state.sliceDoc(0, context.pos));
  if (!found || (!found.key && !found.word && !context.explicit)) return null;
  const { key, word } = found;
  const example = found.path.at(-1) === "given";
  const [schema, path] = example ? [profile, ["facts"]] : [await given(), found.path];
  const options = key
    ? [...values(schema, [...path, key])].map((label) => ({ label }))
    : [...keys(schema, path)].map(([label, info]) => ({ label, info: info || undefined, apply: `${label}: ` }));
  return { from: context.pos - word.length, options };
};

// The editor writes style sheets of its own; within a shadow root it adopts them, which
// the content policy allows, and elsewhere it would put them into the page.
function editor(id, label, doc, more) {
  const root = $(id).attachShadow({ mode: "open" });
  const box = element("div", null, root);
  box.style.height = "100%";
  return new EditorView({
    root,
    parent: box,
    state: EditorState.create({
      doc,
      extensions: [
        lineNumbers(), undo(), drawSelection(), yaml(), syntaxHighlighting(colours), lintGutter(), looks,
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
        EditorView.updateListener.of((change) => change.docChanged && later()),
        ...more,
      ],
    }),
  });
}

const offset = (view, { line, column }) => {
  const { doc } = view.state;
  const on = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(on.from + Math.max(column - 1, 0), on.to);
};
const severity = { error: "error", warning: "warning", note: "info" };
const saying = ({ code, message, hint }) => [`${code} ${message}`, hint].filter(Boolean).join(told("semicolon"));

function mark(view, faults, list) {
  const found = faults.map((fault) => {
    const from = offset(view, fault);
    const word = view.state.wordAt(from);
    return { from, to: word?.to ?? from, severity: severity[fault.severity], message: saying(fault) };
  });
  view.dispatch(setDiagnostics(view.state, found.sort((a, b) => a.from - b.from)));
  for (const fault of faults) {
    const go = element("button", `${fault.line}:${fault.column} ${saying(fault)}`, element("li", null, list), `plainly ${fault.severity}`);
    go.type = "button";
    go.onclick = () => {
      view.dispatch({ selection: { anchor: offset(view, fault) }, scrollIntoView: true });
      view.focus();
    };
  }
}

let rules;
let firm;
let timer;
let last = 0;
const later = () => {
  clearTimeout(timer);
  timer = setTimeout(work, 400);
};

async function work() {
  const mine = ++last;
  const sent = { rules: rules.state.doc.toString(), firm: firm.state.doc.toString() };
  const { faults, firm_faults: wrong, answer, profile: known, error } = await ask("draft", sent).catch((error) => ({ faults: [], firm_faults: [], answer: null, error }));
  if (mine !== last) return;
  profile = known ?? profile;
  $("faults").replaceChildren();
  $("firm-faults").replaceChildren();
  mark(rules, faults, $("faults"));
  mark(firm, wrong, $("firm-faults"));
  const count = faults.length + wrong.length;
  $("told").className = error || count ? "note" : "call";
  $("told").textContent = error ? `${told("failed")} ${error.message}` : count ? told("faults", { count }) : told("sound");
  $("answer").hidden = answer === null;
  if (answer) {
    show(answer, $("answer"));
    for (const one of $("answer").querySelectorAll("details")) one.open = true;
  }
  $("told").dataset.done = String(mine);
}

const stream = async (bytes, by) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(by)).arrayBuffer());
const packed = async (data) => {
  const bytes = await stream(new TextEncoder().encode(JSON.stringify(data)), new CompressionStream("deflate-raw"));
  return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};
const unpacked = async (fragment) => {
  const bytes = Uint8Array.from(atob(fragment.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(await stream(bytes, new DecompressionStream("deflate-raw"))));
};

$("share").onclick = async () => {
  const data = { rules: rules.state.doc.toString(), firm: firm.state.doc.toString() };
  history.replaceState(null, "", `#${await packed(data)}`);
  await navigator.clipboard?.writeText(location.href).catch(() => null);
  $("shared").textContent = told("shared");
};

const example = async () => ({ rules: await text(`rules.${lang}.yaml`), firm: await text(`firm.${lang}.yaml`) });
const begun = location.hash.length > 1 ? await unpacked(location.hash.slice(1)).catch(example) : await example();
rules = editor("rules", told("rules"), String(begun.rules), [autocompletion({ override: [completing(() => schema)] })]);
firm = editor("firm", told("firm"), String(begun.firm), [autocompletion({ override: [completing(() => profile)] })]);
window.playground = { rules, firm };
navigator.serviceWorker?.register(`${words.root}sw.js`).catch(() => null);
await work();
