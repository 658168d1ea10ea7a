"""A blank profile: every fact to give, with its question, unit and values."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policy_match.domain.facts import Facts, FactType
from policy_match.reports.layouts.terminal import wrap
from policy_match.reports.words.vocabulary import Vocabulary
from policy_match.semantics.assessment import assess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.facts import FactSpec
    from policy_match.ir.program import Program

_WIDTH = 96


def blank_profile(program: Program, lang: str) -> str:
    """Return a profile in YAML in which nothing is answered; it is valid."""
    words = Vocabulary.of(program, lang)
    lines = [*_comment(words.label("profile-title"))]
    formats = words.label("profile-formats", currency=program.currency)
    lines += _comment(formats)
    day = words.label("profile-on")
    lines += ["", f"# on: {program.day.isoformat()}  # {day}", "facts:"]
    for spec in _in_order(program):
        lines += ["", *_fact(spec, words)]
    lines += ["", *_comment(words.label("profile-derived"), "  ")]
    for spec in program.facts.values():
        if spec.derived:
            lines.append(f"  # {spec.id}:  # {words.title(spec.id)}")
    return "\n".join(lines) + "\n"


def _in_order(program: Program) -> list[FactSpec]:
    """Return base facts: names first, then those that most policies rest on."""
    findings = assess(program, Facts({})).findings
    uses = Counter(fact for finding in findings for fact in finding.missing)
    base = [spec for spec in program.facts.values() if not spec.derived]

    def rank(spec: FactSpec) -> tuple[bool, int]:
        named = spec.type is FactType.TEXT and spec.id not in uses
        return not named, -uses.get(spec.id, 0)

    return sorted(base, key=rank)


def _fact(spec: FactSpec, words: Vocabulary) -> Iterator[str]:
    title = words.title(spec.id)
    asks = words.text(spec.asks)
    yield from _comment(words.label("colon").join(filter(None, (title, asks))), "  ")
    yield from _comment(words.text(spec.definition), "  ")
    hints = [hint for hint in _hints(spec, words) if hint]
    yield from _comment(words.label("semicolon").join(hints), "  ")
    yield f"  {spec.id}:"


def _hints(spec: FactSpec, words: Vocabulary) -> Iterator[str]:
    unit = words.text(spec.unit)
    if unit:
        yield words.label("profile-unit", unit=unit)
    if spec.members:
        listed = (f"{m}{words.bracketed(words.member(m, spec))}" for m in spec.members)
        yield words.label("profile-values", values=words.label("comma").join(listed))
    if spec.type is FactType.BOOL:
        yield words.label("profile-bool")
    if spec.type is FactType.LIST:
        yield words.label("profile-list")
    if spec.may_be_none:
        yield words.label("profile-none")
    yield words.label("profile-who", who=words.label(spec.settled_by.value))


def _comment(text: str, indent: str = "") -> Iterator[str]:
    for line in wrap(" ".join(text.split()), _WIDTH - len(indent)):
        yield f"{indent}# {line}"
