"""The playground: what an author sees while typing, from the engine and on the page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import policy_match as pm
from policy_match.errors import UsageError
from policy_match.language.words import LANGUAGES
from policy_match.web import pages
from policy_match.web.editor import modules
from policy_match.web.engine import ENGINE
from policy_match.web.site import build
from tests.bad.run import run
from tests.web import browser

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from playwright.sync_api import Page

SLIP = ("if: employees", "if: employes")


def example(lang: str) -> tuple[str, str]:
    """Return the rulebook and the firm that the page begins with."""
    names = (f"playground.{lang}.yaml", f"playground-firm.{lang}.yaml")
    rules, firm = map(pages.script, names)
    return rules, firm


def drafted(rules: str, firm: str, lang: str = "en") -> Mapping[str, Any]:
    """Return what the engine says of a rulebook and a firm."""
    text = json.dumps({"rules": rules, "firm": firm})
    found = json.loads(ENGINE.ask("draft", text, lang))
    assert found["status"] == 200
    data: Mapping[str, Any] = found["data"]
    return data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_example_is_sound_and_open(lang: str, tmp_path: Path) -> None:
    """`lint` finds nothing in it; its answer is that of `check`."""
    rules, firm = example(lang)
    found = drafted(rules, firm, lang)
    assert found["faults"] == found["firm_faults"] == []
    (finding,) = found["answer"]["findings"]
    assert finding["outcome"] == "undetermined"
    assert {leaf["truth"] for leaf in finding["evidence"]["of"]} == {"true", "unknown"}
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "rules.yaml").write_text(rules, "utf-8")
    (tmp_path / "firm.yaml").write_text(firm, "utf-8")
    where = ("--rules", tmp_path / "rules", "--backend", "reference")
    words = (*where, "--format", "json", "--lang", lang)
    ran = run("check", tmp_path / "firm.yaml", *words, lang=lang)
    assert json.loads(ran.out) == found["answer"]


def test_faults_have_their_line_and_column() -> None:
    """Those of the rulebook and those of the firm, all that can be told at once."""
    rules, firm = example("en")
    slipped = rules.replace(*SLIP)
    (fault,) = drafted(slipped, firm)["faults"]
    line = slipped.splitlines()[fault["line"] - 1]
    assert line[fault["column"] - 1 :].startswith("employes")
    assert fault["code"] == "R302"
    assert fault["hint"] == "did you mean `employees`?"
    assert drafted(slipped, firm)["answer"] is None
    assert drafted(slipped, firm)["profile"] is None
    wrong = drafted(rules, firm.replace("employees: 3", "employees: many"))
    assert [(one["code"], one["line"]) for one in wrong["firm_faults"]] == [("F502", 4)]
    known = wrong["profile"]["properties"]["facts"]["properties"]
    assert known.keys() == {"shop", "employees", "rent", "rent_repayment_granted"}
    bare = drafted(rules.partition("    examples:")[0], firm)
    assert {one["severity"] for one in bare["faults"]} == {"warning"}
    assert bare["answer"] is not None


@pytest.mark.parametrize(
    "rules", ["", "{", "a: [", "\t", "rulebook: 5", "- x", "\u0000", "x: &a [*a]"]
)
@pytest.mark.parametrize("firm", ["", "{", "facts: 5", "on: soon"])
def test_whatever_is_typed_is_answered(rules: str, firm: str) -> None:
    assert drafted(rules, firm)["faults"]
    known, _ = example("en")
    assert drafted(known, firm)["answer"] is None


def test_an_editor_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="editor"):
        modules(tmp_path)


@pytest.mark.skipif(not browser.EDITOR, reason=browser.NO_EDITOR)
def test_the_editors_modules_name_files_alone() -> None:
    """No module asks for one that is not beside it."""
    found = modules(browser.NPM)
    for text in found.values():
        named = [line for line in text.splitlines() if line.startswith("import ")]
        for line in named:
            name = line.split("from ")[1].strip("';\" ")
            assert name.removeprefix("./") in found


unless_whole = pytest.mark.skipif(
    browser.CHROMIUM is None or not browser.EDITOR,
    reason=f"no browser: apt install chromium, or {browser.NO_EDITOR}",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with the playground."""
    place = tmp_path_factory.mktemp("host")
    built = build(
        pm.load(),
        [pm.api.day_of("2022-12-31")],
        browser.NPM / "pyodide",
        browser.NPM.parent,
    )
    for name, data in built.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return place


def typed(page: Page, old: str, new: str) -> None:
    """Put one text for another as somebody does who types, and wait for the answer."""
    done = page.get_attribute("#told", "data-done")
    page.evaluate(
        """(old) => {
            const from = playground.rules.state.doc.toString().indexOf(old);
            const selection = { anchor: from, head: from + old.length };
            playground.rules.dispatch({ selection, scrollIntoView: true });
            playground.rules.focus();
        }""",
        old,
    )
    page.keyboard.type(new)
    page.keyboard.press("Escape")
    browser.until(
        page, f"Number(document.querySelector('#told').dataset.done) > {done}"
    )


BEGUN = "document.querySelector('#told')?.dataset.done !== undefined"
TREE = "[...document.querySelectorAll('#answer .tree .mark')].map((m) => m.textContent)"


@pytest.mark.parametrize(
    ("lang", "view"),
    [("zh", browser.PHONE), ("en", browser.DESK)],
    ids=["phone", "desk"],
)
@pytest.mark.browser
@unless_whole
def test_a_fault_is_typed_seen_and_mended(
    site: Path, lang: str, view: dict[str, int]
) -> None:
    """Then the tree is there; a link carries both texts, and no server sees them."""
    scheme = "dark" if lang == "zh" else "light"
    with (
        browser.hosted(site) as (server, url),
        browser.opened(viewport=view, color_scheme=scheme) as page,
    ):
        page.goto(f"{url}playground.{lang}.html")
        browser.until(page, BEGUN)
        assert page.evaluate(TREE) == ["?", "✓", "✓", "✓", "?"]
        browser.sound(page)
        requests: list[str] = []
        page.context.on("request", lambda one: requests.append(one.url))
        typed(page, *SLIP)
        (line,) = page.inner_text("#faults").splitlines()
        assert line.startswith("64:16 R302")
        assert page.is_hidden("#answer")
        browser.sound(page)
        typed(page, SLIP[1], SLIP[0])
        assert page.inner_text("#faults") == ""
        typed(page, "employees <= $shop_employees", "employees > $shop_employees")
        assert page.evaluate(TREE)[2] == "✗"
        assert requests == []
        page.click("#share")
        browser.until(page, "location.hash.length > 1")
        text = page.evaluate("playground.rules.state.doc.toString()")
        assert "employees >" in text
        page.reload()
        browser.until(page, BEGUN)
        assert page.evaluate("playground.rules.state.doc.toString()") == text
        assert page.evaluate(TREE)[2] == "✗"
        browser.until(page, "navigator.serviceWorker.controller !== null")
        page.context.set_offline(True)
        server.shutdown()
        page.reload()
        browser.until(page, BEGUN)
        assert page.evaluate(TREE)[2] == "✗"


@pytest.mark.browser
@unless_whole
def test_a_rulebook_is_completed_by_its_schema(site: Path) -> None:
    """Keys where keys may stand, the values that a key may have; within `{…}` too."""
    with browser.hosted(site) as (_, url), browser.opened() as page:
        page.goto(f"{url}playground.en.html")
        browser.until(page, BEGUN)
        completed(
            page,
            "rules",
            ("  second:\n  summ", "summary", "kind"),
            ("ary: none\nkind: subs", "subsidy", "service"),
            ("idy\nin_force: {fr", "from", "kind"),
            ("om: 2024-01-01, t", "to", "title"),
            ("o: 2024-12-31}\nexamples: [{then: {outc", "outcome", "on"),
            ("ome: und", "undetermined", "eligible"),
            ("etermined}, given: {emp", "employees", "on"),
        )


@pytest.mark.browser
@unless_whole
def test_a_firm_is_completed_by_the_facts_of_the_rulebook(site: Path) -> None:
    """Of the one that could be read last, in whatever state the text is now."""
    with browser.hosted(site) as (_, url), browser.opened() as page:
        page.goto(f"{url}playground.en.html")
        browser.until(page, BEGUN)
        typed(page, "saltmarsh-shops", "{")
        completed(
            page,
            "firm",
            ("  rent_r", "rent_repayment_granted", "shop"),
            ("epayment_granted: tr", "true", "false"),
        )


LISTED = """(id) => [...document.getElementById(id).shadowRoot.querySelectorAll(
    '.cm-tooltip-autocomplete .cm-completionLabel')].map((one) => one.textContent)"""


def completed(page: Page, pane: str, *typings: tuple[str, str, str]) -> None:
    """Type at the end of a text: what is offered each time, and what is not."""
    page.evaluate(
        """(pane) => {
            const anchor = playground[pane].state.doc.length;
            playground[pane].dispatch({ selection: { anchor }, scrollIntoView: true });
            playground[pane].focus();
        }""",
        pane,
    )
    for text, offered, other in typings:
        page.keyboard.type(text)
        browser.until(page, f"({LISTED})({pane!r}).includes({offered!r})")
        assert other not in page.evaluate(LISTED, pane)
        page.keyboard.press("Escape")
