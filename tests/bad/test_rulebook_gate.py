"""Rulebooks that are none: each is refused in one clear line, at its place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.bad.run import Ran, run
from tests.chinese import chinese
from tests.rulebooks import KIOSK

if TYPE_CHECKING:
    from pathlib import Path

RULEBOOK = 4
MARK = "¦"
FILES = {path.name: path.read_text(encoding="utf-8") for path in KIOSK.glob("*.yaml")}


class Bad(NamedTuple):
    """A file more in the rulebook; `¦` marks where the fault stands."""

    text: str
    code: str
    words: str


def fact(rest: str, name: str = "x") -> str:
    """Return a file that declares a fact."""
    return (
        f"facts:\n  {name}: {{title: another, asks: What?, settled_by: firm, {rest}}}\n"
    )


def parameter(rest: str) -> str:
    """Return a file that declares a schedule of brackets."""
    head = "parameters:\n  s:\n    title: bands\n    type: brackets\n"
    return f"{head}    values: [{rest}]\n"


def condition(text: str) -> str:
    """Return a file that defines a bool by a condition."""
    return f"definitions:\n  x: {{type: bool, title: x, is: '{text}'}}\n"


def policy(rest: str, name: str = "q") -> str:
    """Return a file with another policy."""
    return (
        f"policies:\n  {name}:\n    title: Q\n    summary: Q.\n    kind: subsidy\n"
        f"    departments: {{lead: c, granting: c}}\n    {rest}\n"
    )


GRANT = "benefit: {form: grant, amount: 1}"
BAD = {
    # ids
    "an id that leads elsewhere": Bad(
        policy(f"when: n > 1\n    {GRANT}", "¦../q"), "R208", "`../q` is not an id"
    ),
    "an id with a mark": Bad(fact("type: int", "¦x①"), "R208", "is not an id"),
    "an id with a blank": Bad(fact("type: int", "¦x y"), "R208", "is not an id"),
    "an id that is an option": Bad(fact("type: int", "¦-x"), "R208", "is not an id"),
    "an id of full width": Bad(fact("type: int", "¦ｘ"), "R208", "is not an id"),
    "an id without end": Bad(fact("type: int", f"¦{'x' * 101}"), "R208", "at most 100"),
    "an empty id": Bad(fact("type: int", "¦''"), "R208", "`` is not an id"),
    "a source with a slash": Bad("sources:\n  ¦a/b: {number: A}\n", "R208", "`a/b`"),
    "a member with a mark": Bad(
        fact("type: enum, values: {¦a²: second}"), "R208", "`a²` is not an id"
    ),
    "a fact called by a day": Bad(
        fact("type: date", "¦on"), "R208", "means something else"
    ),
    "a fact called none": Bad(fact("type: int", "¦none"), "R208", "take another id"),
    "a member called unknown": Bad(
        fact("type: enum, values: {¦unknown: not known}"), "R208", "`unknown`"
    ),
    # names of two things
    "two facts of one title": Bad(
        "facts:\n  x: {title: ¦Staff, asks: What?, settled_by: firm, type: int}\n",
        "R204",
        "`Staff` is a name of `n` and of `x`",
    ),
    "an alias that is another's id": Bad(
        fact("type: int, aliases: [¦n]"), "R204", "`n` is a name of `n` and of `x`"
    ),
    "an alias that is another's title": Bad(
        fact("type: int, aliases: [y, ¦sales]"), "R204", "`m` and of `x`"
    ),
    "two members of one title": Bad(
        fact("type: enum, values: {a: stall, b: ¦stall}"), "R204", "`a` and of `b`"
    ),
    "a title that is another member": Bad(
        fact("type: enum, values: {a: ¦b, b: shop}"), "R204", "`b` and of `a`"
    ),
    # shapes
    "an enum without members": Bad(fact("type: enum", "¦x"), "R201", "`values`"),
    "a lasting member that is none": Bad(
        fact("type: enum, values: {a: A, b: B}, lasting: [a, ¦c]"), "R302", "`c`"
    ),
    "members of a number": Bad(
        fact("type: int, ¦values: {a: b}"), "R203", "no use for `values`"
    ),
    "a range of a bool": Bad(
        fact("type: bool, range: ¦0..1"), "R203", "no use for `range`"
    ),
    "a code of no system": Bad(fact("type: code", "¦x"), "R201", "`system` is missing"),
    # ranges
    "a range that runs backwards": Bad(
        fact("type: int, range: ¦5..1"), "R307", "`5..1` runs backwards"
    ),
    "days that run backwards": Bad(
        fact("type: date, range: ¦2022-01-01..2021-01-01"), "R307", "backwards"
    ),
    "a range of words": Bad(
        fact("type: int, range: ¦few..many"), "R203", "not a range"
    ),
    "a range of no days": Bad(fact("type: date, range: ¦1..2"), "R203", "not a range"),
    "within, backwards": Bad(
        condition("n within ¦5..1"), "R307", "`5..1` runs backwards"
    ),
    "days within, backwards": Bad(
        condition("d within ¦2022-06-30..2022-01-01"), "R307", "backwards"
    ),
    "a window that ends first": Bad(
        policy(
            "in_force: ¦{from: 2022-01-01, to: 2021-01-01}\n    when: n > 1\n    "
            + GRANT
        ),
        "R307",
        "ends before it starts",
    ),
    "a case's window that ends first": Bad(
        "definitions:\n  x:\n    type: int\n    title: x\n    cases:\n"
        "      - {¦in: {from: 2022-01-01, to: 2021-01-01}, is: 1}\n      - {is: 2}\n",
        "R307",
        "swap `from` and `to`",
    ),
    "an example's range, backwards": Bad(
        policy(
            "when: n > 1\n    benefit: {form: grant, amount: m}\n    examples:\n"
            "      - {on: 2022-01-01, given: {n: 2},\n"
            "         then: {outcome: eligible, ¦range: [9, 1]}}"
        ),
        "R307",
        "`9..1` runs backwards",
    ),
    # schedules
    "bounds that fall": Bad(
        parameter("{is: [{upto: 10, rate: 1%}, {upto: ¦5, rate: 2%}, {rate: 3%}]}"),
        "R314",
        "not above the one before it",
    ),
    "bounds that stand still": Bad(
        parameter("{is: [{upto: 10, rate: 1%}, {upto: ¦10, rate: 2%}, {rate: 3%}]}"),
        "R314",
        "let bounds rise",
    ),
    "a bound of zero": Bad(
        parameter("{is: [{upto: ¦0, rate: 1%}, {rate: 3%}]}"), "R314", "above zero"
    ),
    "a rate below zero": Bad(
        parameter("{is: [{upto: 9, rate: ¦-1%}, {rate: 3%}]}"), "R314", "below zero"
    ),
    "an open band too early": Bad(
        parameter("{is: [¦{rate: 1%}, {upto: 9, rate: 2%}]}"), "R314", "only the last"
    ),
    # the manifest
    "a language without words": Bad(
        FILES["rulebook.yaml"].replace("[en]", "[¦fr]"), "R306", "language `fr`"
    ),
    "a locale without words": Bad(
        FILES["rulebook.yaml"].replace("currency", "locale: ¦fr, currency"),
        "R306",
        "unknown locale `fr`",
    ),
    "a time zone of nowhere": Bad(
        FILES["rulebook.yaml"].replace("currency", "timezone: ¦Nowhere, currency"),
        "R306",
        "write it as `Europe/Paris`",
    ),
    "identity by no fact": Bad(
        FILES["rulebook.yaml"].replace("currency", "identity: {key: ¦usc}, currency"),
        "R302",
        "did you mean `uscc`?",
    ),
    "segments by no fact": Bad(
        FILES["rulebook.yaml"].replace("currency", "segments: [k, ¦town], currency"),
        "R302",
        "`town`",
    ),
    # code systems
    "a code system without codes": Bad(
        "code_systems:\n  ¦x: {title: X}\n", "R207", "`divisions`, `levels` or `codes`"
    ),
    "a level that is none": Bad(
        "code_systems:\n  x: {title: X, levels: {class: ¦four}}\n", "R203", "A99"
    ),
    "a list that is not there": Bad(
        "code_systems:\n  x: {title: X, codes: ¦x.csv}\n", "R306", "no file `x.csv`"
    ),
    "a list outside": Bad(
        "code_systems:\n  x: {title: X, codes: ¦../x.csv}\n", "R306", "`../x.csv`"
    ),
}
SLIPS = {
    "n > 1 ¦&& n < 5": "write `and`",
    "n > 1 ¦|| r > 1%": "write `or`",
    "¦!(n > 1)": "write `not`",
    "n ¦<> 1": "write `!=`",
    "n ¦== 1": "write `=`",
    "n ¦=> 1": "write `>=`",
    "n ¦≥ 1": "write `>=`",
    "¦1 < n < 5": "write `1 < n and n < 5`",
    "m > ¦10,000": "write `10000`",
    "m > min(¦10,000, 5)": "write `10000`",
    "r > 10 ¦%": "write `%` right behind the number",
    "d > on - ¦1 week": "write `7 days`",
    "d > on - ¦2 quarters": "write `6 months`",
    "n > 1 ¦if r > 1%": "choose by `cases: [{if: …, is: …}, {is: …}]`",
    "¦if(n > 1, r > 1%, n > 2)": "choose by `cases",
    "n > 1 ¦? 2 : 3": "choose by `cases",
    "¦known(n)": "what is not known leaves the answer open by itself",
    "n > 1 ¦AND r > 1%": "write `and`",
    "d ¦is none": "write `=`",
    "d ¦is not none": "write `!=`",
    "n ¦between 1 and 5": "write `x within low..high`",
    "n ¦= 1..5": "write `x within low..high`",
    "k ¦in (a, b)": "write `in [a, b]`",
    "k = ¦“a”": 'write `"`',
    "n > 1 ¦且 r > 1%": "write `and`",
    "m > n ¦** 2": "there are no powers: multiply",
    "m > ¦¥300": "write the number without `¥`",
    "m > ¦$300": "write the number without `$`",
    "d >= ¦2022/6/30": "write `2022-06-30`",
    "d >= ¦2022-6-30": "write `2022-06-30`",
    "d >= ¦2022年6月30日": "write `2022-06-30`",
    f"n > ¦{'9' * 41}": "longer than 40 characters",
    f"d > on - ¦{'9' * 5000} days": "longer than 40 characters",
    f"¦n > {'1 + ' * 5000}1": "a condition longer than 16384 characters",
    f"¦{'(' * 101}n{')' * 101} > 1 and {'not ' * 101}k = a": "deeper than 100 levels",
}
BAD |= {text: Bad(condition(text), "R301", words) for text, words in SLIPS.items()}


def written(into: Path, **files: str) -> Path:
    """Write the least rulebook with some files more, or others."""
    for name, text in (FILES | files).items():
        (into / name).write_text(text, encoding="utf-8")
    return into


@pytest.mark.parametrize("kind", BAD)
def test_it_is_refused_in_one_line_at_its_place(kind: str, tmp_path: Path) -> None:
    """In both languages; nothing is answered by it."""
    bad = BAD[kind]
    manifest = bad.text.startswith("# The least")
    name = "rulebook.yaml" if manifest else "x.yaml"
    before = bad.text[: bad.text.index(MARK)].split("\n")
    place = (len(before), len(before[-1]) + 1, bad.code)
    rules = written(tmp_path, **{name: bad.text.replace(MARK, "")})
    ran = run("lint", rules)
    assert (ran.code, ran.out, ran.faults) == (RULEBOOK, "", [place])
    assert bad.words in ran.err
    read = run("lint", rules, lang="zh")
    assert read.faults == ran.faults
    assert all(map(chinese, read.told))
    asked = run("policies", "list", "--rules", rules)
    assert (asked.code, asked.out, asked.faults) == (RULEBOOK, "", ran.faults)


# ---- files


def broken_link(rules: Path) -> Path:
    """Lay a link to a file that is gone."""
    (rules / "more.yaml").symlink_to(rules / "gone.yaml")
    return rules / "more.yaml"


def loop(rules: Path) -> Path:
    """Lay a link back to the directory that it stands in."""
    (rules / "more").symlink_to(rules)
    return rules / "more"


def circle(rules: Path) -> Path:
    """Lay a link to itself."""
    (rules / "more.yaml").symlink_to(rules / "more.yaml")
    return rules / "more.yaml"


def pipe(rules: Path) -> Path:
    """Make a pipe, at which a reader would wait for ever."""
    os.mkfifo(rules / "more.yaml")
    return rules / "more.yaml"


def suffix(name: str) -> object:
    """Return what writes a file of some name."""

    def write(rules: Path) -> Path:
        (rules / name).write_text("policies: {}\n", encoding="utf-8")
        return rules / name

    return write


UNREAD = {
    "a broken link": broken_link,
    "a loop of links": loop,
    "a link to itself": circle,
    "a pipe": pipe,
    **{
        name: suffix(name)
        for name in (
            "more.yaml.bak",
            "more.YAML",
            "more.yml~",
            "more.json",
            "more.txt",
            "codes.csv",
            ".more.yaml.swp",
            "more",
        )
    },
}


@pytest.mark.parametrize("kind", UNREAD)
def test_a_file_that_is_not_read_is_named(kind: str, tmp_path: Path) -> None:
    """A policy in it would be lost without a word."""
    path = UNREAD[kind](written(tmp_path))  # type: ignore[operator]
    ran = run("lint", tmp_path)
    assert (ran.code, ran.faults) == (RULEBOOK, [(1, 1, "R206")])
    assert f"{path}:1:1: R206 " in ran.err
    read = run("lint", tmp_path, lang="zh")
    assert read.faults == ran.faults
    assert all(map(chinese, read.told))


def test_what_is_no_rule_file_by_its_name_is_passed_over(tmp_path: Path) -> None:
    """A note to the reader, and what a version control keeps."""
    rules = written(tmp_path)
    (rules / "README.md").write_text("Rules.\n", encoding="utf-8")
    (rules / ".git").mkdir()
    (rules / ".git" / "HEAD").write_text("main\n", encoding="utf-8")
    assert run("policies", "list", "--rules", rules).code == 0


def test_a_linked_directory_is_read(tmp_path: Path) -> None:
    """Its policies are in the rulebook."""
    rules, other = tmp_path / "rules", tmp_path / "other"
    rules.mkdir()
    other.mkdir()
    written(rules)
    (other / "q.yaml").write_text(policy(f"when: n > 1\n    {GRANT}"), encoding="utf-8")
    (rules / "more").symlink_to(other)
    assert "Q" in run("policies", "list", "--rules", rules).out


def test_faults_of_shape_and_of_meaning_come_together(tmp_path: Path) -> None:
    """Of one policy, of two files, and where the manifest is wrong too."""
    rules = written(
        tmp_path,
        **{
            "rulebook.yaml": FILES["rulebook.yaml"].replace("currency", "curency"),
            "shape.yaml": policy(f"kinde: tax\n    when: s > 1\n    {GRANT}", "one"),
            "meaning.yaml": policy(f"when: t > 1 and y\n    {GRANT}", "two"),
            "broken.yaml": "definitions:\n  y: {type: bool, title: 'y\n",
        },
    )
    ran = run("lint", rules)
    found = {(code, told.split("`")[1]) for (*_, code), told in _told(ran)}
    assert found >= {
        ("R201", "currency"),
        ("R202", "curency"),
        ("R202", "kinde"),
        ("R302", "s"),
        ("R302", "t"),
    }
    assert ("R302", "y") not in found


def test_a_long_chain_of_definitions_is_no_defect(tmp_path: Path) -> None:
    """Each rests on the next, far beyond what may call itself."""
    links = [
        f"  d{i}: {{type: number, title: link, is: d{i + 1} + 1}}" for i in range(3000)
    ]
    last = "  d3000: {type: number, title: link, is: n}"
    text = "\n".join(["definitions:", *links, last])
    policies = FILES["policies.yaml"].replace("n <= 5", "d0 <= 5")
    rules = written(tmp_path, **{"policies.yaml": policies, "chain.yaml": text})
    ran = run("lint", rules, "--ignore", "R403,R406", "--select", "R3")
    assert (ran.code, ran.faults) == (0, [])
    (rules / "chain.yaml").write_text(text.replace("is: n", "is: d0"), encoding="utf-8")
    assert run("lint", rules).faults[0][2] == "R305"


def _told(ran: Ran) -> list[tuple[tuple[int, int, str], str]]:
    pairs = zip(ran.faults, ran.told, strict=True)
    return [(fault, told) for fault, told in pairs if "`" in told]


def test_a_rulebook_of_two_files_is_checked(tmp_path: Path) -> None:
    """Without sources, windows, papers and identity, on whatever day."""
    firm = tmp_path / "firm.yaml"
    firm.write_text("facts: {n: 3}\n", encoding="utf-8")
    for day in ("1999-12-31", "2022-12-31"):
        ran = run("check", firm, "--rules", KIOSK, "--on", day)
        assert ran.code == 0
        assert "Help for kiosks" in ran.out
