"""The static site in a real browser, with the network cut."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import policy_match as pm
from policy_match.records.sealing import canonical
from policy_match.web.site import build
from tests.bad.run import run
from tests.web import browser
from tests.web.firms import DAY, FIRMS, sent

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.web.firms import Compared

pytestmark = browser.needed
ASK = (
    "([call, body]) => policyMatch.ask(call, body).catch((e) => e.problem ?? String(e))"
)
AS_TEXT = "([call, body]) => policyMatch.ask(call, body).then(JSON.stringify)"
TODAY = "2023-03-15"
ANY_DAY = ("2023-08-01", "2024-02-29", "2026-11-28")
(TOY_MAKER,) = (one for one in FIRMS if one.stem == "toy-maker")
READY = "window.policyMatch !== undefined"
ASKED = (
    "!document.querySelector('#ask').hidden && !document.querySelector('#all').disabled"
)
SHOWN = "document.querySelector('#asks').dataset.fact"
CONTROLLED = "navigator.serviceWorker.controller !== null"


@pytest.fixture(scope="module")
def days() -> list[str]:
    """Return the days of the example firms."""
    return sorted({sent(firm).get("on", "2022-12-31") for firm in FIRMS})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, days: list[str]) -> Path:
    """Return the site, one directory below the top of its host."""
    place = tmp_path_factory.mktemp("host")
    wanted = [date.fromisoformat(day) for day in days]
    for name, data in build(pm.load(), wanted, browser.NPM / "pyodide").items():
        path = place / "below" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return place


def ask(page: Page, call: str, body: Any) -> Any:
    """Ask the engine of a page."""
    return page.evaluate(ASK, [call, body])


def test_it_answers_as_the_command_line_with_the_network_cut(
    site: Path, tmp_path: Path
) -> None:
    """Every example firm to the byte, and one on any day; nothing is requested."""
    words = ("--backend", "reference", "--format", "json", "--lang", "zh")
    lines = json.loads(run("check", *FIRMS, *words, lang="zh").out)
    with browser.hosted(site) as (server, url), browser.opened() as page:
        page.goto(f"{url}below/firm.zh.html")
        browser.until(page, READY)
        browser.until(page, CONTROLLED)
        page.context.set_offline(True)
        server.shutdown()
        page.reload()
        browser.until(page, READY)
        ask(page, "check", [sent(firm) for firm in FIRMS])
        other = sent(TOY_MAKER)
        requests: list[str] = []
        page.context.on("request", lambda one: requests.append(one.url))
        found = [ask(page, "check", sent(firm)) for firm in FIRMS]
        elsewhen = [ask(page, "check", other | {"on": day}) for day in ANY_DAY]
        assert requests == []
        for firm, one, line in zip(FIRMS, found, lines, strict=True):
            line["today"] = one["today"]
            assert canonical(one) == canonical(line), firm.stem
        for day, one in zip(ANY_DAY, elsewhen, strict=True):
            path = tmp_path / f"{day}.yaml"
            profile = TOY_MAKER.read_text("utf-8").replace(f"on: {DAY}", f"on: {day}")
            path.write_text(profile, "utf-8")
            line = json.loads(run("check", path, *words).out)
            line["today"] = one["today"]
            assert canonical(one) == canonical(line), day
        wrong = ask(page, "check", {"facts": {"employes": 1}})
        assert wrong["faults"][0]["pointer"] == "/facts/employes"


def test_random_partial_firms(site: Path, compared: Compared) -> None:
    """What some facts come to is the same in a page and on the command line.

    Twenty at once, as text: a browser takes longer to hand answers over than to think.
    """
    with browser.hosted(site) as (_, url), browser.opened() as page:
        page.goto(f"{url}below/firm.zh.html")
        browser.until(page, READY)
        for start in range(0, len(compared.bodies), 20):
            some = slice(start, start + 20)
            text = page.evaluate(AS_TEXT, ["check", compared.bodies[some]])
            for found, line in zip(json.loads(text), compared.lines[some], strict=True):
                known = line | {"today": found["today"]}
                assert canonical(found) == canonical(known)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_interview_goes_to_its_end_on_a_phone(site: Path, lang: str) -> None:
    """Answered, skipped, taken back, changed; then the result, and a link to it."""
    with (
        browser.hosted(site) as (_, url),
        browser.opened(viewport=browser.PHONE) as page,
    ):
        page.goto(f"{url}below/firm.{lang}.html")
        browser.until(page, READY)
        browser.sound(page)
        page.select_option("#on", "2022-12-31")
        page.click("#begin")
        browser.until(page, ASKED)
        browser.sound(page)
        first = page.get_attribute("#asks", "data-fact")
        page.click("#skip")
        moved = f"{ASKED} && {SHOWN} !== {json.dumps(first)}"
        browser.until(page, moved)
        page.click("#back")
        browser.until(page, f"{ASKED} && !({moved})")
        for _ in range(4):
            fact = page.get_attribute("#asks", "data-fact")
            known = page.locator("#answered li").count()
            browser.answer(page)
            further = f"document.querySelectorAll('#answered li').length > {known}"
            browser.until(
                page, f"{ASKED} && ({SHOWN} !== {json.dumps(fact)} || {further})"
            )
            assert page.inner_text("#faults") == ""
        assert page.locator("#answered li").count() >= 4
        page.click("#now")
        browser.until(page, "!document.querySelector('#result').hidden")
        browser.sound(page)
        page.click("#share")
        firm = page.evaluate("policyMatch.firm")
        page.reload()
        browser.until(
            page, f"{READY} && Object.keys(policyMatch.firm.facts).length > 0"
        )
        assert page.evaluate("policyMatch.firm") == firm


def asked_again(page: Page, title: str) -> None:
    """Open what was answered, and change the one of this title."""
    page.evaluate("document.querySelector('#answered-box').open = true")
    page.locator("#answered li", has_text=title).locator("button").click()
    browser.until(page, f"{ASKED} && {SHOWN} !== undefined")
    page.locator("#fields input").wait_for()


def test_whatever_is_typed_is_an_answer_or_told(site: Path) -> None:
    """A range, about, words to a code, not knowing; and what cannot be read stays."""
    facts = {"employees": "86", "taxable_income": "168万", "industry_code": "C2451"}
    firm = {"on": DAY, "facts": facts | {"legal_form": "company"}, "skipped": []}
    fragment = base64.urlsafe_b64encode(json.dumps(firm).encode()).decode()
    with (
        browser.hosted(site) as (_, url),
        browser.opened(viewport=browser.PHONE) as page,
    ):
        page.goto(f"{url}below/firm.zh.html#{fragment}")
        browser.until(page, f"{READY} && {ASKED}")
        page.evaluate("document.querySelector('#answered-box').open = true")
        assert "主体类型：公司" in page.inner_text("#answered")
        for title, fact, typed in (
            ("从业人数", "employees", "20..50"),
            ("应纳税所得额", "taxable_income", "约120万"),
        ):
            asked_again(page, title)
            page.fill("#fields input", "很多")
            page.keyboard.press("Enter")
            browser.until(page, "document.querySelector('#faults').textContent !== ''")
            assert "很多" in page.inner_text("#faults")
            assert page.evaluate("policyMatch.firm.facts[$]".replace("$", repr(fact)))
            page.fill("#fields input", typed)
            page.keyboard.press("Enter")
            taken = f"policyMatch.firm.facts[{fact!r}] === {typed!r}"
            browser.until(page, f"{taken} && {ASKED}")
            page.evaluate("document.querySelector('#answered-box').open = true")
            assert f"{title}：{typed}" in page.inner_text("#answered")
        asked_again(page, "行业代码")
        page.fill("#fields input", "玩具")
        found = page.locator("#fields .answers button", has_text="C245")
        found.first.click()
        browser.until(
            page, f"policyMatch.firm.facts.industry_code !== 'C2451' && {ASKED}"
        )
        assert page.evaluate("policyMatch.firm.facts.industry_code").startswith("C245")
        asked_again(page, "从业人数")
        page.click("#skip")
        browser.until(
            page, f"policyMatch.firm.skipped.includes('employees') && {ASKED}"
        )
        assert "employees" not in page.evaluate("policyMatch.firm.facts")
        page.evaluate("document.querySelector('#answered-box').open = true")
        assert "从业人数：不清楚" in page.inner_text("#answered")


def test_the_interview_is_walked_by_keys_alone(site: Path) -> None:
    """From the first question to the result; what is new is where the focus is."""
    focus = "document.activeElement.id"
    with browser.hosted(site) as (_, url), browser.opened() as page:
        page.goto(f"{url}below/firm.en.html")
        browser.until(page, READY)
        by_keys(page, "begin")
        browser.until(page, f"{ASKED} && {focus} === 'asks'")
        for _ in range(3):
            shown = page.get_attribute("#asks", "data-fact")
            by_keys(page, "skip")
            moved = f"{SHOWN} !== {json.dumps(shown)}"
            browser.until(page, f"{ASKED} && {moved} && {focus} === 'asks'")
        by_keys(page, "now")
        browser.until(page, f"{focus} === 'result-head'")


def by_keys(page: Page, wanted: str) -> None:
    """Go to an element by the tab key, and press enter there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == wanted:
            page.keyboard.press("Enter")
            return
    pytest.fail(f"no way to {wanted} by keys")


def test_the_form_gives_an_answer_and_its_sheet(site: Path, tmp_path: Path) -> None:
    """The sheet is that of the command line, made in the page."""
    facts = {"employees": "20..50", "taxable_income": "约120万"}
    path = tmp_path / "firm.yaml"
    path.write_text(
        json.dumps({"on": DAY, "facts": facts}, ensure_ascii=False), "utf-8"
    )
    words = ("--backend", "reference", "--format", "sheet", "--lang", "zh")
    line = run("check", path, *words).out
    with (
        browser.hosted(site) as (_, url),
        browser.opened(viewport=browser.PHONE, accept_downloads=True) as page,
    ):
        page.goto(f"{url}below/check.zh.html")
        page.select_option("#on", DAY)
        page.evaluate(
            "document.querySelectorAll('details').forEach((d) => d.open = true)"
        )
        for fact, value in facts.items():
            page.fill(f"#f-{fact}", value)
        page.click("#form button")
        browser.until(page, "!document.querySelector('#result').hidden")
        browser.sound(page)
        with page.expect_download() as download:
            page.click("#sheet")
        assert download.value.suggested_filename == "sheet.html"
        assert download.value.path().read_text("utf-8") == line


def test_a_static_site_is_shown_in_a_page_of_another_by_one_line(
    site: Path, tmp_path: Path
) -> None:
    """At a path of its own; the answers are worked out within the frame."""
    with (
        browser.hosted(site) as (_, url),
        browser.hosted(tmp_path) as (_, elsewhere),
        browser.opened(viewport=browser.PHONE) as page,
    ):
        inner = tmp_path / "town" / "firms"
        inner.mkdir(parents=True)
        (inner / "index.html").write_text(
            '<!doctype html><html lang="en"><title>Town</title>'
            '<link rel="icon" href="data:,"><h1>Town</h1>'
            f'<script src="{url}below/static/embed.js"></script></html>',
            "utf-8",
        )
        page.goto(f"{elsewhere}town/firms/")
        frame = page.frame_locator("iframe")
        frame.locator("#begin").click(timeout=300_000)
        frame.locator("#ask").wait_for(timeout=300_000)
        inside = page.frames[1]
        assert inside.url == f"{url}below/firm.en.html"
        frame.locator("#skip").click()
        high = "document.querySelector('iframe').offsetHeight"
        needed = inside.evaluate("document.documentElement.offsetHeight")
        browser.until(page, f"{high} >= {needed} - 1")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_interview_ends_in_a_plan(site: Path) -> None:
    """That of the command line, and its dates as a file for a calendar."""
    path = TOY_MAKER
    told = ("--plan", "--backend", "reference", "--lang", "zh", "--today", TODAY)
    plan = json.loads(run("check", path, *told, "--format", "json", lang="zh").out)
    dated = run("check", path, *told, "--format", "ics", lang="zh").out
    firm = sent(path) | {"today": TODAY, "skipped": []}
    fragment = base64.urlsafe_b64encode(json.dumps(firm).encode()).decode()
    with (
        browser.hosted(site) as (_, url),
        browser.opened(viewport=browser.PHONE, accept_downloads=True) as page,
    ):
        page.goto(f"{url}below/firm.zh.html#{fragment}")
        browser.until(page, f"{READY} && {ASKED}")
        page.click("#now")
        browser.until(page, "!document.querySelector('#result').hidden")
        shown = page.inner_text("#plan")
        steps = [one for one in plan["actions"] if one["form"] != "service"]
        assert page.locator("#plan .step").count() == len(steps) > 1
        for action in steps:
            assert all(action[key] in shown for key in ("title", "standing", "where"))
        for one in (*plan["papers"], *plan["keep"]):
            assert one["paper"] in shown
        assert all(one["department"] in shown for one in plan["awaiting"])
        assert all(str(one["year"]) in shown for one in plan["past"])
        browser.sound(page)
        with page.expect_download() as download:
            page.click("#calendar")
        assert download.value.suggested_filename == "plan.ics"
        found = download.value.path().read_text("utf-8")
        assert found.splitlines() == dated.splitlines()


def test_a_worker_cannot_ask_another_host(site: Path) -> None:
    """Not even on a host that sends no policy: the page states its own."""
    code = """(url) => new Promise((resolve) => {
        const [sent, refused] = [`postMessage("sent")`, `postMessage("refused")`];
        const asked = `fetch("${url}", {mode: "no-cors"})`;
        const text = `${asked}.then(() => ${sent}, () => ${refused})`;
        const worker = new Worker(URL.createObjectURL(new Blob([text])));
        worker.onmessage = (event) => resolve(event.data);
    })"""
    with (
        browser.hosted(site) as (_, url),
        browser.hosted(site) as (_, elsewhere),
        browser.opened(said=None) as page,
    ):
        page.goto(f"{url}below/firm.zh.html")
        assert page.evaluate(code, elsewhere) == "refused"
