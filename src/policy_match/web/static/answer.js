// An answer on the page: what is certain first, then what is open, then the rest.
import { element, told, words } from "./engine.js";

const number = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 2 });
let unit = "CNY"; // of the rulebook whose answer is shown
const yuan = (text) => unit === "CNY" ? told("yuan", { amount: number.format(Number(text)) }) : `${unit} ${number.format(Number(text))}`;

export function worth(found) {
  if (found === null || found === undefined) return "";
  if (typeof found === "string") return Number(found) ? yuan(found) : "";
  const { low, high } = found;
  if (high === null) return Number(low) ? told("from", { low: yuan(low) }) : told("amount-open");
  if (low === high) return worth(low);
  if (!Number(low)) return told("upto", { high: yuan(high) });
  return told("between", { low: yuan(low), high: yuan(high) });
}

function amount({ amount: exact, range, set_by: by }) {
  if (exact !== null) return worth(exact);
  if (range) return worth(range);
  return by ? told("amount-by", { body: by }) : "";
}

export function sums(totals, parent) {
  for (const [form, found] of Object.entries(totals.amount ?? totals)) {
    const text = worth(found);
    if (!text) continue;
    const line = element("span", told(`form-${form}`) + " ", parent);
    element("b", text, line);
  }
}

function tree(node, parent, lang) {
  const item = element("li", null, parent);
  const row = element("div", null, item, "node");
  const mark = { true: ["✓", "met"], false: ["✗", "failed"], unknown: ["?", "open"] }[node.truth] ?? ["·", "fact"];
  element("span", mark[0], row, `mark ${mark[1]}`);
  element("span", node.says ?? (told(`cond-${node.condition}`) || node.condition), row, "words");
  if (node.of?.length) {
    const below = element("ul", null, item);
    for (const part of node.of) tree(part, below, lang);
  }
}

export function basis(found) {
  const [first] = found?.basis ?? [];
  return first ? [first.title && told("titled", { title: first.title }), first.number, first.article].filter(Boolean).join(" ") : "";
}

function finding(found, parent) {
  const box = element("article", null, parent, "finding");
  const head = element("h3", null, box);
  element("span", found.title, head);
  if (found.benefit) element("b", amount(found.benefit), head);
  const how = element("dl", null, box, "facts");
  const line = (name, ...texts) => {
    const said = texts.filter(Boolean);
    if (said.length) element("dt", name, how);
    for (const text of said) element("dd", text, how);
  };
  line(told("plan-computed"), ...(found.computation ?? []).map((step) => step.says));
  if (found.outcome !== "ineligible") line(told("basis"), basis(found));
  if (found.outcome === "eligible" && found.claim) line(told("claim"), [found.claim.channel, found.claim.deadline].filter(Boolean).join(" · "));
  const why = element("details", null, box);
  element("summary", told(found.outcome), why);
  // A tree is made when somebody opens it: there are hundreds of leaves.
  why.addEventListener("toggle", () => {
    if (why.childElementCount > 1) return;
    tree(found.evidence, element("ul", null, why, "tree"));
  });
}

export function show(answer, box, hero = element("div", null, null, "hero")) {
  unit = answer.findings.find((one) => one.benefit?.unit)?.benefit.unit ?? "CNY";
  box.replaceChildren();
  hero.replaceChildren();
  if (!hero.parentElement) box.append(hero);
  sums(answer.totals, hero);
  const ranked = { eligible: [], undetermined: [], ineligible: [] };
  for (const one of answer.findings) ranked[one.outcome].push(one);
  const first = Object.keys(ranked).find((outcome) => ranked[outcome].length);
  for (const [outcome, found] of Object.entries(ranked)) {
    const part = element("details", null, box, "panel");
    part.open = outcome === first;
    element("summary", `${told(outcome)} ${found.length}`, part);
    for (const one of found) finding(one, part);
  }
  for (const one of answer.warnings ?? []) element("p", typeof one === "string" ? one : one.says, box, "note");
}
