"""What differs between two laws as text, data, Markdown and a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from policy_match.comparison.firms import KINDS
from policy_match.domain.facts import FactType
from policy_match.reports.document.values import interval, scalar
from policy_match.reports.layouts.terminal import Screen, encodable
from policy_match.reports.views.comparison import comparison, in_yuan, state
from policy_match.reports.views.summary import given_text
from policy_match.reports.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.comparison import Effect, Effects, Example, LawChanges
    from policy_match.ir.program import Program
    from policy_match.ir.terms import Const
    from policy_match.reports.document.evidence import Object
    from policy_match.reports.document.values import Json
    from policy_match.reports.views.comparison import Comparison, Entry

SCHEMA = "policy-match/comparison/1"


def render_comparison(  # noqa: PLR0913
    changes: LawChanges,
    effects: Effects | None,
    format: str,  # noqa: A002
    lang: str,
    *,
    color: bool = False,
    width: int = 80,
    encoding: str = "utf-8",
) -> str:
    """Return a comparison in one of FORMATS."""
    if format == "json":
        data = as_object(changes, effects, lang)
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    found = comparison(changes, effects, lang)
    if format == "text":
        text = "\n".join(_Page(found, Screen(width, color)).lines()) + "\n"
        return encodable(text, encoding)
    from policy_match.reports.layouts.pages import page  # noqa: PLC0415

    return page("comparison", format, found.lang, found=found)


# ---- text


class _Page:
    """A comparison on a terminal."""

    def __init__(self, found: Comparison, screen: Screen) -> None:
        self.found, self.screen = found, screen

    def _word(self, key: str, **values: object) -> str:
        from policy_match.language.words import label  # noqa: PLC0415

        return label(key, self.found.lang, **values)

    def lines(self) -> Iterator[str]:
        """Yield every line, top to bottom."""
        found, screen = self.found, self.screen
        yield from screen.wrapped(found.title, kind="bold")
        yield screen.rule()
        for text in found.summary:
            yield from screen.wrapped(text)
        for entry in found.policies:
            yield ""
            yield from self._entry(entry)
        for key, texts in (
            ("figures-changed", found.figures),
            ("facts-changed", found.facts),
            ("change-reworded", found.reworded),
        ):
            if texts:
                yield ""
                yield screen.style(self._word(key), "heading")
                for text in texts:
                    yield from screen.wrapped(text, "· ")
        if found.effects is not None:
            yield ""
            yield screen.style(self._word("touched"), "heading")
            if not found.effects:
                yield from screen.wrapped(self._word("no-effect"), "· ")
            for entry in found.effects:
                yield from self._entry(entry)
        yield ""
        yield screen.rule()
        yield from screen.wrapped(found.disclaimer, kind="dim")

    def _entry(self, entry: Entry) -> Iterator[str]:
        screen = self.screen
        yield from screen.sides(entry.title, entry.chip, ("bold", "dim"))
        for line in entry.before:
            yield from screen.wrapped(line, "  − ", kind="failed")
        for line in entry.after:
            yield from screen.wrapped(line, "  + ", kind="met")
        for line in entry.notes:
            yield from screen.wrapped(line, "    ")


# ---- data


def as_object(changes: LawChanges, effects: Effects | None, lang: str) -> Object:
    """Return a comparison as data."""
    return {
        "schema": SCHEMA,
        "before": _side(changes.before),
        "after": _side(changes.after),
        "same": changes.same,
        "policies": [
            {
                "policy": change.policy,
                "change": change.kind,
                "parts": [*change.parts],
                "conditions_before": [leaf.test.text for leaf in change.before],
                "conditions_after": [leaf.test.text for leaf in change.after],
                "through": [*change.through],
            }
            for change in changes.policies
        ],
        "figures": [
            {
                "figure": change.name,
                "before": _figure(change.before),
                "after": _figure(change.after),
            }
            for change in changes.figures
        ],
        "facts": [{"fact": fact, "change": kind} for fact, kind in changes.facts],
        "effects": None if effects is None else _effects(effects, lang),
    }


def _side(program: Program) -> Object:
    return {
        "rulebook": program.rulebook,
        "digest": program.digest,
        "on": program.day.isoformat(),
    }


def _figure(figure: Const | None) -> Json:
    return None if figure is None else scalar(figure.value, figure.type)


def _effects(effects: Effects, lang: str) -> Object:
    return {
        "firms": effects.firms,
        "touched": effects.touched,
        "rejected": effects.rejected,
        "policies": [_effect(e, lang) for e in effects.policies.values() if e.counts],
    }


def _effect(effect: Effect, lang: str) -> Object:
    return {
        "policy": effect.policy,
        "counts": {kind: effect.counts[kind] for kind in KINDS if effect.counts[kind]},
        "amount_before": interval(in_yuan(effect.before), FactType.MONEY),
        "amount_after": interval(in_yuan(effect.after), FactType.MONEY),
        "example": _example(effect.policy, effect.example, lang),
    }


def _example(policy: str, example: Example | None, lang: str) -> Json:
    if example is None:
        return None
    before, after = example.before, example.after
    return {
        "change": example.kind,
        "name": given_text(after, "name"),
        "uscc": given_text(after, "uscc"),
        "before": state(before, policy, Vocabulary.of(before.program, lang)),
        "after": state(after, policy, Vocabulary.of(after.program, lang)),
    }
