// All facts on one page: what is filled in is asked about, the rest is unknown.
import { $, ask, kept, Refused, told } from "./engine.js";
import { show } from "./answer.js";

let asked; // what the answer that is shown is about

$("sheet").onclick = async () => {
  $("sheet").disabled = true;
  kept("sheet.html", "text/html", await ask("sheet", asked).finally(() => { $("sheet").disabled = false; }));
};

$("form").onsubmit = async (event) => {
  event.preventDefault();
  for (const one of document.querySelectorAll("[id^='e-']")) one.textContent = "";
  $("faults").textContent = "";
  const filled = [...$("form").querySelectorAll("[name]")].filter((one) => one.value.trim());
  $("wait").hidden = false;
  try {
    const facts = Object.fromEntries(filled.map((one) => [one.name, one.value]));
    const body = { on: $("on").value || null, facts };
    const answer = await ask("check", body);
    asked = body;
    $("result").hidden = false;
    show(answer, $("answer"));
    $("result-head").focus();
  } catch (error) {
    const faults = error instanceof Refused ? error.problem.faults : [{ message: `${told("failed")} ${error.message}` }];
    for (const { pointer, message, hint } of faults) {
      const text = [message, hint].filter(Boolean).join("；");
      const place = $(`e-${pointer?.split("/").at(-1)}`);
      if (place) {
        place.textContent = text;
        place.closest("details").open = true;
      } else $("faults").textContent += `${text} `;
    }
    document.querySelector("[id^='e-']:not(:empty)")?.previousElementSibling?.scrollIntoView({ block: "center" });
  } finally {
    $("wait").hidden = true;
  }
};
