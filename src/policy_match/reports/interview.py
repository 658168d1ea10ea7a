"""The questions of an interview in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.reports.labels import CATALOGUE
from policy_match.reports.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.domain.facts import FactSpec
    from policy_match.ir.program import Program
    from policy_match.planner import Next


def questions_json(program: Program, questions: Sequence[Next], lang: str) -> str:
    """Return the questions worth asking as data, the best first."""
    words = Vocabulary.of(program, lang)
    return json.dumps(
        {
            "schema": "policy-match/questions/1",
            "questions": [_question(question, words) for question in questions],
        },
        ensure_ascii=False,
        indent=2,
    )


def _question(question: Next, words: Vocabulary) -> dict[str, object]:
    spec = words.program.facts[question.fact]
    return {
        "fact": spec.id,
        "type": spec.type.value,
        "title": words.title(spec.id),
        "asks": words.question(spec.id),
        "definition": words.text(spec.definition) or None,
        "unit": words.text(spec.unit) or None,
        "values": {m: words.member(m, spec) for m in spec.members} or None,
        "may_be_none": spec.may_be_none,
        "settled_by": spec.settled_by.value,
        "settles": [*question.settles],
    }


def choices(spec: FactSpec, words: Vocabulary) -> tuple[tuple[str, str], ...]:
    """Return the answers to choose from, each with its words; none for numbers."""
    if spec.type is FactType.BOOL:
        found = [("yes", words.label("yes")), ("no", words.label("no"))]
    else:
        found = [(member, words.member(member, spec)) for member in spec.members]
    if found and spec.may_be_none:
        found.append(("none", words.label("none")))
    return tuple(found)


def explained(spec: FactSpec, words: Vocabulary) -> Iterator[str]:
    """Yield what helps to answer: the definition, where it comes from, how to write."""
    definition = words.text(spec.definition)
    if definition:
        yield definition
    cited = words.label("comma").join(words.cites(spec.cite))
    if cited:
        yield words.label("basis", cites=cited)
    key = f"write-{spec.type.value}"
    if key in CATALOGUE:
        yield words.label(key, unit=words.text(spec.unit))
    if spec.may_be_none:
        yield words.label("profile-none")
    yield words.label("profile-who", who=words.label(spec.settled_by.value))
