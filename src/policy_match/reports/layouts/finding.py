"""What words are about: policies and facts, as text and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from policy_match.advice.finding import search
from policy_match.reports.layouts.terminal import columns
from policy_match.reports.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policy_match.ir.program import Program


def found(program: Program, asked: str, form: str, lang: str) -> str:
    """Return the policies and facts that words are about, the best first."""
    words = Vocabulary.of(program, lang)
    hits = search(program, asked)
    policies = {name: words.policy(name) for name in hits.policies}
    facts = {name: words.title(name) for name in hits.facts}
    if form == "json":
        told = {
            "policies": [{"policy": k, "title": v} for k, v in policies.items()],
            "facts": [{"fact": k, "title": v} for k, v in facts.items()],
        }
        return json.dumps(told, ensure_ascii=False, indent=2)
    lines = [
        *_listed("found-policies", policies, words),
        *_listed("found-facts", facts, words),
    ]
    return "\n".join(lines or [words.label("found-nothing", text=asked)]) + "\n"


def _listed(
    heading: str, titles: Mapping[str, str], words: Vocabulary
) -> Iterator[str]:
    if not titles:
        return
    yield words.label(heading, count=len(titles))
    width = max(map(columns, titles.values()))
    for name, title in titles.items():
        yield f"  {title}{' ' * (width - columns(title))}  {name}"
