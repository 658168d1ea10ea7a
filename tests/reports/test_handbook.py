"""The handbook: whole in both languages, by itself, every link leads somewhere."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from policy_match.reports.handbook import Handbook
from policy_match.rulebook.files import shipped_rules
from tests.bad.run import run
from tests.docs.test_plan import MEASURES
from tests.rulebooks import HARBOUR

if TYPE_CHECKING:
    from pathlib import Path

    from policy_match.compiler.rulebook import Rulebook


@pytest.fixture(scope="module")
def pages(rulebook: Rulebook) -> dict[str, str]:
    """Return the handbook of the shipped rulebook."""
    return dict(Handbook(rulebook, date(2023, 12, 31)))


class _Read(HTMLParser):
    """What a page links to, loads and says outside of code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.said: list[str] = []
        self._open: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "a":
            self.links.append(known.get("href") or "")
        self.loads += [known[x] or "" for x in ("src", "srcset", "data") if x in known]
        if tag == "link":
            self.loads.append(known.get("href") or "")
        if tag not in {"meta", "input", "br", "link", "line", "rect"}:
            code = "uscc" in (known.get("class") or "") or known.get("lang") == "en"
            self._open.append(code or tag in {"script", "style"})

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"meta", "input", "br", "link", "line", "rect"}:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._open):
            self.said.append(data)


def test_every_policy_has_its_page_in_both_languages(
    pages: dict[str, str], rulebook: Rulebook
) -> None:
    """In force or not, direct or indirect."""
    for lang in ("zh", "en"):
        for name in rulebook.book.policies:
            assert f"{lang}/policies/{name}.html" in pages


def test_every_link_leads_to_a_page(pages: dict[str, str]) -> None:
    """Relative, so that the folder can stand anywhere."""
    for path, html in pages.items():
        for link in _Read(html).links:
            parts: list[str] = []
            for part in (PurePosixPath(path).parent / link).parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            assert "/".join(parts) in pages, (path, link)


def test_nothing_is_loaded_from_anywhere(pages: dict[str, str]) -> None:
    """No script, style, picture or font but what the page holds."""
    for path, html in pages.items():
        assert _Read(html).loads == [], path
        assert "url(" not in html
        assert "@import" not in html


def test_every_measure_of_the_plan_stands_in_the_table(pages: dict[str, str]) -> None:
    """With its words, and where it is coded."""
    table = pages["zh/plan.html"]
    for measure in MEASURES:
        for name in measure["policies"]:
            assert f'href="policies/{name}.html"' in table
    coded = re.findall(r">\w[\w/-]+\.yaml:\d+<", table)
    assert len(coded) == table.count("<tr data-row")


def test_no_page_knows_the_machine_it_was_written_on(pages: dict[str, str]) -> None:
    """A place in the rules is told below the rulebook's own directory."""
    for path, html in pages.items():
        places = re.findall(r"[\w./\\:-]+\.yaml(?=:\d)", html)
        assert [
            place for place in places if place.startswith(("/", ".", "rules"))
        ] == [], path
        assert str(shipped_rules()) not in html


_TERMS = {
    "AAA", "CNY", "BSI", "ISO", "LPR", "OHSAS", "MES", "ERP", "SaaS", "Wang",
}  # fmt: skip


def test_a_chinese_page_is_chinese(pages: dict[str, str]) -> None:
    """No key and no English word stands outside of ids and codes."""
    for path, html in pages.items():
        if path.startswith("zh/"):
            said = " ".join(_Read(html).said)
            words = set(re.findall(r"[A-Za-z]{3,}", said)) - _TERMS
            assert words == set(), path


def test_the_documents_of_an_english_page_are_the_only_chinese(
    pages: dict[str, str],
) -> None:
    """Headings and conditions are English; numbers of documents stay as they are."""
    for path, html in pages.items():
        if path.startswith("en/policies/"):
            headings = re.findall(r"<h[123][^>]*>(.*?)</h[123]>", html)
            assert not re.search("[一-鿿]", " ".join(headings)), path


def test_a_figure_has_its_whole_history(pages: dict[str, str]) -> None:
    """The super-deduction of manufacturers: 75 % until 2020, then 100 %."""
    page = pages["zh/policies/rd-super-deduction.html"]
    assert "2018年1月1日至2020年12月31日" in page
    assert "财政部 税务总局公告2021年第13号" in page
    drawn = re.findall(r'class="value">([^<]+)<', page)
    assert drawn[:6] == ["75%", "100%"] * 3


def test_the_text_of_a_rulebook_is_never_markup(tmp_path: Path) -> None:
    """Whatever an author writes is shown as written."""
    for file in HARBOUR.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        text = text.replace("title: Clean-port label", "title: <script>x</script>")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    out = tmp_path / "handbook"
    ran = run("policies", "handbook", "--rules", tmp_path, "--out", out)
    assert ran.code == 0
    page = (out / "en" / "sections.html").read_text(encoding="utf-8")
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    """An earlier handbook is replaced, anything else is not."""
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "letter.txt").write_text("mine", encoding="utf-8")
    ran = run("policies", "handbook", "--rules", HARBOUR, "--out", theirs)
    assert ran.code == 2
    assert [path.name for path in theirs.iterdir()] == ["letter.txt"]
    ours = tmp_path / "ours"
    for _ in range(2):
        ran = run("policies", "handbook", "--rules", HARBOUR, "--out", ours)
        assert ran.code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ours", "theirs"]
