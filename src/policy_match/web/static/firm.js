// The interview: one screen at a time. What was answered stays in this page; the
// engine is given all of it with each question.
import { $, ask, element, kept, lang, Refused, told } from "./engine.js";
import { show, sums } from "./answer.js";
import { showPlan } from "./plan.js";
import "./framed.js";

const firm = { on: null, today: null, facts: {}, skipped: [] };
let steps = []; // the facts of each screen that was answered, in order
const titles = {};
const labels = {}; // of the values of each fact
let screen = { kind: "question", questions: [] };
let again = null; // a fact that is asked once more, though it was answered

const order = () => steps.flat();
const step = (facts) => {
  steps = [...steps.map((one) => one.filter((fact) => !facts.includes(fact))), facts].filter((one) => one.length);
};

const only = (id) => {
  for (const one of ["wait", "start", "ask", "result"]) $(one).hidden = one !== id;
};

async function busy(work) {
  $("all").disabled = true;
  $("faults").textContent = "";
  try {
    return await work();
  } catch (error) {
    const faults = error instanceof Refused ? error.problem.faults : [{ message: `${told("failed")} ${error.message}` }];
    $("faults").textContent = faults.map(({ message, hint }) => [message, hint].filter(Boolean).join("；")).join("\n");
    only("ask");
    return null;
  } finally {
    $("all").disabled = false;
  }
}

const body = () => ({ on: firm.on, today: firm.today, facts: firm.facts });
const without = (fact) => ({
  ...body(),
  facts: Object.fromEntries(Object.entries(firm.facts).filter(([name]) => name !== fact)),
  skipped: firm.skipped.filter((name) => name !== fact),
});

async function next() {
  const asked = again ? without(again) : { ...body(), skipped: firm.skipped };
  const found = await busy(() => ask("questions", asked));
  if (!found) return;
  tally(found);
  const known = new Map(found.questions.map((one) => [one.fact, one]));
  let facts = found.next?.facts?.filter((one) => known.has(one)) ?? [];
  let kind = found.next?.kind ?? "question";
  if (again && known.has(again)) [facts, kind] = [[again], "question"];
  if (!facts.length && found.questions.length) [facts, kind] = [[found.questions[0].fact], "question"];
  again = null;
  if (!facts.length) return finish();
  screen = { kind, questions: facts.map((one) => known.get(one)) };
  await busy(named);
  draw();
}

function tally(found) {
  const box = $("tally");
  box.hidden = false;
  box.replaceChildren();
  sums(found.tally, box);
  element("span", `${told("eligible")} ${found.tally.eligible} · ${told("undetermined")} ${found.tally.undetermined} · ${told("left", { left: found.remaining })}`, box, "soft");
  $("progress").textContent = told("left", { left: found.remaining });
}

function heard(fact, title, choices) {
  titles[fact] = title;
  labels[fact] = Object.fromEntries(choices.map(({ value, label }) => [value, label]));
}

// What a link carries was asked on another day: what it is called is looked up.
async function named() {
  if (order().every((fact) => fact in titles)) return;
  const boolean = [{ value: "true", label: told("yes") }, { value: "false", label: told("no") }];
  for (const { fact, title, type, values } of await ask("facts", { on: firm.on ?? "" })) {
    const choices = type === "bool" ? boolean : Object.entries(values ?? {}).map(([value, label]) => ({ value, label }));
    if (!(fact in titles)) heard(fact, title, choices);
  }
}

const read = (fact) => {
  const value = firm.facts[fact];
  if (value === undefined) return told("dont-know");
  return labels[fact]?.[value] ?? (value === "none" ? told("none") : value);
};

function draw() {
  only("ask");
  const { kind, questions } = screen;
  const one = questions[0];
  $("asks").textContent = kind === "ticks" ? told("ticks") : questions.length > 1 ? questions.map((q) => q.title).join(" · ") : one.asks;
  $("asks").dataset.fact = one.fact;
  $("fields").replaceChildren();
  for (const question of questions) {
    heard(question.fact, question.title, question.choices);
    if (kind === "ticks") tick(question);
    else field(question, questions.length > 1);
  }
  $("help").replaceChildren(...questions.flatMap((q) => q.explanation).map((line) => element("li", line)));
  $("next").hidden = $("fields").querySelector("input, select") === null;
  $("back").disabled = steps.length === 0;
  $("answered-box").hidden = steps.length === 0;
  $("answered").replaceChildren(...order().map((fact) => {
    const line = element("li");
    element("span", `${titles[fact] ?? fact}${told("colon")}${read(fact)}`, line);
    const change = element("button", told("edit"), line);
    change.type = "button";
    change.onclick = () => { again = fact; next(); };
    return line;
  }));
  $("asks").focus();
}

function tick(question) {
  const line = element("label", null, $("fields"), "tick");
  const box = element("input", null, line);
  box.type = "checkbox";
  box.name = question.fact;
  element("span", question.asks, line);
}

function field(question, several) {
  const typed = !["bool", "enum"].includes(question.type);
  if (several || typed) {
    const label = element("label", several ? question.asks : told("answer"), $("fields"));
    label.htmlFor = `a-${question.fact}`;
  }
  if (several && !typed) {
    const list = element("select", null, $("fields"));
    list.id = `a-${question.fact}`;
    list.name = question.fact;
    for (const { value, label } of [{ value: "", label: "" }, ...question.choices]) element("option", label, list).value = value;
    return;
  }
  if (typed) {
    const input = element("input", null, $("fields"));
    input.id = `a-${question.fact}`;
    input.name = question.fact;
    input.autocomplete = "off";
    input.inputMode = ["int", "number", "money", "ratio"].includes(question.type) ? "decimal" : "text";
    if (question.type === "code") search(question, input);
  }
  if (several) return;
  const choices = element("div", null, $("fields"), "answers");
  choices.id = "choices";
  for (const { value, label } of question.choices) choice(choices, value, label);
}

function choice(parent, value, label) {
  const button = element("button", label, parent);
  button.type = "button";
  button.value = value;
  button.onclick = () => take({ [screen.questions[0].fact]: value });
}

function search(question, input) {
  input.placeholder = told("search");
  const found = element("div", null, $("fields"), "answers");
  found.setAttribute("aria-live", "polite");
  let last = 0;
  input.oninput = async () => {
    const mine = ++last;
    if (!input.value.trim()) return found.replaceChildren();
    await new Promise((done) => setTimeout(done, 250));
    if (mine !== last) return null;
    const codes = await ask("codes", { fact: question.fact, q: input.value, on: firm.on }).catch(() => []);
    if (mine !== last) return null;
    found.replaceChildren();
    for (const { code, name, path } of codes.slice(0, 8)) choice(found, code, `${name} ${code}${path.length ? ` · ${path.at(-1)}` : ""}`);
    return null;
  };
}

// Takes answers once the engine has read them; one that cannot be read changes nothing.
async function take(answers) {
  const tried = { ...body(), facts: { ...firm.facts, ...answers } };
  const found = await busy(() => ask("questions", { ...tried, skipped: firm.skipped }));
  if (!found) return;
  step(Object.keys(answers));
  firm.facts = tried.facts;
  firm.skipped = firm.skipped.filter((one) => !(one in answers));
  await next();
}

function skip(facts) {
  for (const fact of facts) {
    delete firm.facts[fact];
    if (!firm.skipped.includes(fact)) firm.skipped.push(fact);
  }
  step(facts);
  return next();
}

$("ask").onsubmit = (event) => {
  event.preventDefault();
  if (screen.kind === "ticks") {
    const answers = {};
    const later = [];
    for (const question of screen.questions) {
      const ticked = $("ask").elements[question.fact].checked;
      if (ticked && question.type === "bool") answers[question.fact] = "true";
      else if (ticked) later.push(question.fact);
      else answers[question.fact] = question.type === "bool" ? "false" : question.may_be_none ? "none" : "0";
    }
    if (later.length) [again] = later;
    return take(answers);
  }
  const typed = [...$("fields").querySelectorAll("input, select")].filter((one) => one.value.trim());
  if (!typed.length) return skip(screen.questions.map((one) => one.fact));
  return take(Object.fromEntries(typed.map((one) => [one.name, one.value])));
};
$("skip").onclick = () => skip(screen.questions.map((one) => one.fact));
$("back").onclick = () => {
  // The screen before is what is asked next once its answers are gone.
  const facts = steps.pop();
  for (const fact of facts) delete firm.facts[fact];
  firm.skipped = firm.skipped.filter((one) => !facts.includes(one));
  return next();
};

async function finish() {
  const found = await busy(() => Promise.all([ask("check", body()), ask("plan", body())]));
  if (!found) return;
  const [answer, plan] = found;
  only("result");
  $("tally").hidden = true;
  show(answer, $("answer"), $("hero"));
  $("calendar").hidden = !showPlan(plan, answer, $("plan"));
  $("result-head").focus();
}

const packed = () => btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify({ ...body(), skipped: firm.skipped })))).replace(/\+/g, "-").replace(/\//g, "_");
const unpacked = (text) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0))));

$("now").onclick = finish;
$("on-again").onclick = next;
$("print").onclick = () => print();
$("again").onclick = () => { history.replaceState(null, "", location.pathname + location.search); location.reload(); };
$("share").onclick = async () => {
  history.replaceState(null, "", `#${packed()}`);
  await navigator.clipboard?.writeText(location.href).catch(() => null);
  $("told").textContent = told("shared");
};
$("save").onclick = () => kept("profile.json", "application/json", JSON.stringify(body(), null, 1));
$("calendar").onclick = async () => {
  $("told").textContent = told("wait");
  try {
    kept("plan.ics", "text/calendar", await ask("calendar", body()));
    $("told").textContent = told("dated");
  } catch (error) {
    $("told").textContent = `${told("failed")} ${error.message}`;
  }
};
$("begin").onclick = () => { firm.on = $("on").value || null; only("wait"); return next(); };

window.policyMatch = { ask, firm, lang };
if (document.getElementById("words").dataset.engine === "worker") navigator.serviceWorker?.register(`${document.getElementById("words").dataset.root}sw.js`).catch(() => null);
if (location.hash.length > 1) {
  try {
    const { on, today, facts, skipped } = unpacked(location.hash.slice(1));
    Object.assign(firm, { on, today: today ?? null, facts, skipped: skipped ?? [] });
    steps = [...Object.keys(facts), ...firm.skipped].map((fact) => [fact]);
    next();
  } catch {
    only("start");
  }
} else only("start");
