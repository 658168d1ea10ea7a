// A plan on the page: what to do by when, the papers, earlier years, who decides.
import { element, told, words } from "./engine.js";
import { basis, worth } from "./answer.js";

const over = ["lost", "closed"];
const form = new Intl.DateTimeFormat(words.locale, { dateStyle: "long", timeZone: "UTC" });
const said = (day) => form.format(new Date(day));
const span = (day) => {
  if (day === null || typeof day === "string") return day ? said(day) : "";
  return told("between", { low: day.low ? said(day.low) : "…", high: day.high ? said(day.high) : "…" });
};

function part(key, parent) {
  const box = element("section", null, parent);
  element("h2", told(key), box);
  return box;
}

function step(action, found, parent) {
  const item = element("li", null, parent, "step");
  element("p", action.standing, item, "when");
  const box = element("div", null, item);
  const head = element("header", null, box);
  element("h3", action.title, head);
  element("span", worth(action.worth), head, "worth met");
  const how = element("dl", null, box, "how");
  const row = (key, ...texts) => {
    const lines = texts.filter(Boolean);
    if (lines.length) element("dt", told(key), how);
    for (const text of lines) element("dd", text, how);
  };
  row("plan-where", action.where);
  row("plan-what", action.what);
  for (const later of action.later ?? []) row("plan-then", [later.what, span(later.by)].filter(Boolean).join(" · "));
  row("plan-papers", action.papers.join(told("comma")) || told("plan-no-papers"));
  row("plan-computed", ...(found?.computation ?? []).map((one) => one.says));
  row("plan-law", basis(found));
  row("plan-note", action.note);
  if (action.state !== "recoverable") row("plan-recover", action.recover);
}

function papers(key, listed, titles, parent) {
  if (!listed.length) return;
  const list = element("ul", null, part(key, parent));
  for (const { paper, policies } of listed) {
    const item = element("li", `${paper} `, list);
    element("span", policies.map((one) => titles[one]).join(told("comma")), item, "soft");
  }
}

function named(key, actions, parent) {
  if (!actions.length) return;
  const box = element("details", null, parent, "panel");
  element("summary", `${told(key)} ${actions.length}`, box);
  const list = element("ul", null, box);
  for (const { title, what } of actions) element("li", `${title} · ${what}`, list);
}

export function showPlan(plan, answer, box) {
  box.replaceChildren();
  const findings = Object.fromEntries(answer.findings.map((one) => [one.policy, one]));
  const titles = Object.fromEntries(answer.findings.map((one) => [one.policy, one.title]));
  const live = plan.actions.filter((one) => !over.includes(one.state));
  const open = live.filter((one) => one.form !== "service");
  element("p", told("plan-days", { day: said(plan.on), today: said(plan.today) }), box, "soft");
  const doing = part("plan-do", box);
  const steps = element("ol", null, doing, "steps");
  for (const action of open) step(action, findings[action.policy], steps);
  if (!open.length) element("p", told("plan-nothing"), doing);
  named("services", live.filter((one) => one.form === "service"), doing);
  named("over", plan.actions.filter((one) => over.includes(one.state)), doing);
  papers("plan-paper-list", plan.papers, titles, box);
  papers("plan-keep", plan.keep, titles, box);
  if (plan.past.length) {
    const list = element("ul", null, part("plan-past", box));
    for (const one of plan.past) element("li", `${one.title} ${one.year} · ${span(one.recover_until ?? one.by)} · ${one.how}`, list);
    element("p", told("plan-past-facts"), list.parentElement, "soft");
  }
  if (plan.awaiting.length) {
    const list = element("ul", null, part("plan-awaited", box));
    for (const { department, policies } of plan.awaiting) {
      const item = element("li", null, list);
      element("b", department, item);
      element("span", ` ${policies.map((one) => titles[one]).join(told("comma"))}`, item);
    }
  }
  return open.some((one) => one.by !== null) || live.some((one) => one.later?.length);
}
