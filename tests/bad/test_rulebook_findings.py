"""Rulebooks that are sound and unwise: `lint` tells it, with values that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.bad.run import run
from tests.bad.test_rulebook_gate import FILES, condition, policy, written
from tests.chinese import chinese

if TYPE_CHECKING:
    from pathlib import Path

MARK = "¦"
GRANT = "benefit: {form: grant, amount: 1}"


class Told(NamedTuple):
    """A file more in the rulebook; `¦` marks where the finding stands."""

    text: str
    code: str
    words: str


def benefit(text: str, when: str = "n > 1") -> str:
    """Return a policy with a benefit."""
    return policy(f"when: {when}\n    {text}")


def parameter(text: str) -> str:
    """Return a file with a parameter by a list of values."""
    return f"parameters:\n  s:\n    title: s\n    type: int\n    values: [{text}]\n"


TOLD = {
    # conditions
    "above all shares": Told(
        policy(f"when: ¦r > 50\n    {GRANT}"), "R407", "never holds: `r` is 0..1"
    ),
    "below no head": Told(
        policy(f"when: ¦n >= 0\n    {GRANT}"), "R407", "always holds: `n` is 0.."
    ),
    "one or the other": Told(
        policy(f"when: ¦n > 5 or n <= 5\n    {GRANT}"), "R407", "always holds"
    ),
    "both at once": Told(
        policy(f"when: ¦r > 50% and r < 40%\n    {GRANT}"), "R407", "never holds"
    ),
    "whole numbers between two": Told(
        policy(f"when: ¦n > 5 and n < 6\n    {GRANT}"), "R407", "never holds"
    ),
    "every kind": Told(
        policy(f"when: ¦k in [a, b]\n    {GRANT}"), "R407", "`k` is a | b"
    ),
    "in a definition": Told(condition("¦r > 2"), "R407", "never holds"),
    # what claims share
    "a paper that no claim names": Told(
        "papers:\n  ¦old: {title: old, issued_by: me}\n", "R401", "no claim names `old`"
    ),
    # amounts
    "less than nothing": Told(
        benefit("¦benefit: {form: grant, amount: m - 100}"),
        "R408",
        "the amount of `q` is -100 where `m` is 0",
    ),
    "heads as money": Told(
        benefit("benefit: {form: grant, amount: ¦n}"), "R409", "taken for money"
    ),
    "shares as money": Told(
        benefit("benefit: {form: grant, amount: ¦n * r}"), "R409", "an amount for each"
    ),
    "money by money": Told(
        benefit("benefit: {form: grant, amount: ¦m * m}"), "R409", "money times money"
    ),
    "money by money, defined": Told(
        "definitions:\n  x: {type: money, title: x, is: ¦m * 2 * m}\n", "R409", "times"
    ),
    "no amount": Told(
        benefit("¦benefit: {form: tax-reduction}"), "R410", "`set_by: …`"
    ),
    # texts
    "cut short": Told(
        policy(f"when: n > 1\n    {GRANT}").replace(
            "title: Q", "title: Grant ¦#5 of law"
        ),
        "R411",
        "`#5 of law`",
    ),
    "a figure in a condition": Told(condition("n > ¦5"), "R412", "the figure `5`"),
    "a figure within": Told(condition("n within 1..¦7"), "R412", "the figure `7`"),
    "a figure in a text": Told(
        policy(f"when: n > 1\n    {GRANT}").replace(
            "summary: Q", "summary: ¦Get 5% of Q"
        ),
        "R412",
        "the figure `5%`",
    ),
    "an amount in a text": Told(
        policy(f"when: n > 1\n    {GRANT}").replace(
            "summary: Q", "summary: ¦EUR 500 of Q"
        ),
        "R412",
        "`EUR 500`",
    ),
    "a figure of no document": Told(parameter("¦{is: 5}"), "R414", "`cite: …`"),
    "a parameter of whose name another begins": Told(
        "parameters:\n  ¦li: {title: li, type: int, values: [{is: 5}]}\n"
        "  limit: {title: limit, type: int, values: [{is: 6}]}\n"
        + condition("n > $limit"),
        "R401",
        "the parameter `li`",
    ),
}


@pytest.mark.parametrize("kind", TOLD)
def test_it_is_told_and_stops_nothing(kind: str, tmp_path: Path) -> None:
    """At its place, in both languages."""
    told = TOLD[kind]
    before = told.text[: told.text.index(MARK)].split("\n")
    place = (len(before), len(before[-1]) + 1, told.code)
    rules = written(tmp_path, **{"x.yaml": told.text.replace(MARK, "")})
    ran = run("lint", rules, "--select", told.code)
    assert place in ran.faults
    assert told.words in ran.err
    read = run("lint", rules, "--select", told.code, lang="zh")
    assert read.faults == ran.faults
    assert all(map(chinese, read.told))
    assert run("policies", "list", "--rules", rules).code == 0


WISE = {
    "a condition that may be either": (policy(f"when: r > 50%\n    {GRANT}"), "R407"),
    "what a day decides": (policy(f"when: on >= 2020-01-01\n    {GRANT}"), "R407"),
    "a range with a hole": (policy(f"when: n > 6 or n < 6\n    {GRANT}"), "R407"),
    "absence": (policy(f"when: d <= on or d > on\n    {GRANT}"), "R407"),
    "at least nothing": (
        benefit("benefit: {form: grant, amount: 'max(m - 100, 0)'}"),
        "R408",
    ),
    "below zero where nobody is eligible": (
        benefit("benefit: {form: grant, amount: m - 100}", "m >= 100"),
        "R408",
    ),
    "heads by an amount for each": (
        benefit("benefit: {form: grant, amount: n * 500}"),
        "R409",
    ),
    "money by a share": (benefit("benefit: {form: grant, amount: m * r}"), "R409"),
    "money by money by money": (
        benefit("benefit: {form: grant, amount: m * m / m}"),
        "R409",
    ),
    "who sets it": (benefit("benefit: {form: grant, set_by: c}"), "R410"),
    "no money": (benefit("benefit: {form: service}"), "R410"),
    "a comment": (policy(f"when: n > 1    # one\n    {GRANT}"), "R411"),
    "in quotes": (
        policy(f"when: n > 1\n    {GRANT}").replace("title: Q", 'title: "Grant #5"'),
        "R411",
    ),
    "some, none": (condition("n > 1 and m > 0"), "R412"),
    "a span": (condition("d > on - 3 years"), "R412"),
    "a number of a document": (
        policy(f"when: n > 1\n    {GRANT}").replace("summary: Q", "summary: By-law 5"),
        "R412",
    ),
    "unset": (parameter("{is: unset, set_by: c}"), "R414"),
}


@pytest.mark.parametrize("kind", WISE)
def test_what_is_not_unwise_is_not_told(kind: str, tmp_path: Path) -> None:
    """No finding of that kind stands in the file."""
    text, code = WISE[kind]
    rules = written(tmp_path, **{"x.yaml": text})
    ran = run("lint", rules, "--select", code)
    assert "x.yaml" not in ran.err


def cases(within: str) -> str:
    """Return a definition of which one case is for some days only."""
    head = "definitions:\n  x:\n    type: int\n    title: x\n    cases:\n"
    return f"{head}      - {{in: {within}, is: $s}}\n      - {{is: 1}}\n"


HOLES = {
    "a case's window": (cases("{from: 2024-06-01}"), "2024-06-01"),
    "a case's year": (cases("2024"), "2024-01-01"),
}


@pytest.mark.parametrize("kind", HOLES)
def test_a_hole_is_found_on_the_day_on_which_it_opens(
    kind: str, tmp_path: Path
) -> None:
    """Though no policy and no figure begins or ends on it."""
    text, day = HOLES[kind]
    rules = written(
        tmp_path,
        **{
            "p.yaml": parameter("{from: 2020-01-01, to: 2023-12-31, is: 5}"),
            "x.yaml": text,
            "q.yaml": policy(
                f"in_force: {{from: 2020-01-01}}\n    when: n > x\n    {GRANT}"
            ),
        },
    )
    ran = run("lint", rules, "--select", "R308")
    assert [code for *_, code in ran.faults] == ["R308"]
    assert f"parameter `$s` has no value on {day}" in ran.err


def test_an_example_that_a_local_value_changes_is_told_as_that(tmp_path: Path) -> None:
    """It is right by the law; what is wrong by the law as well is told as wrong."""
    example = (
        "    examples:\n      - {on: 2022-01-01, given: {n: 3},"
        " then: {outcome: eligible, amount: 100}}\n"
    )
    policies = FILES["policies.yaml"].replace("amount: 100", "amount: $sum") + example
    figure = "parameters:\n  sum: {title: sum, type: money, values: [{is: 100}]}\n"
    rules = tmp_path / "rules"
    rules.mkdir()
    written(rules, **{"policies.yaml": policies, "sum.yaml": figure})
    local = tmp_path / "local.yaml"
    local.write_text("parameters: {sum: 200}\n", encoding="utf-8")
    asked = ("lint", rules, "--parameters", local, "--select", "R402,R413")
    ran = run(*asked)
    assert (ran.code, [code for *_, code in ran.faults]) == (0, ["R413"])
    assert "expected 100..100, found 200..200, by the local value of sum" in ran.err
    wrong = policies.replace("amount: 100}", "amount: 150}")
    (rules / "policies.yaml").write_text(wrong, encoding="utf-8")
    ran = run(*asked)
    assert (ran.code, [code for *_, code in ran.faults]) == (4, ["R402"])
