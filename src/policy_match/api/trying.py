"""A rulebook of one text tried on one firm: what an author sees while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from policy_match.api.law import Law
from policy_match.api.origin import Origin
from policy_match.api.usage import asked_on, today
from policy_match.errors import ProfileError, RulebookError
from policy_match.firms.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.api.answer import Answer
    from policy_match.errors import Fault

RULES, FIRM = "rules.yaml", "firm.yaml"
"""What the places of faults call the two texts."""


class Tried(NamedTuple):
    """What is wrong with a rulebook, as `lint` has it, with a profile, and the answer.

    `answer` is None where one of the two cannot be used; `profile` is the JSON Schema
    of profiles with the facts of the rulebook, None where it cannot.
    """

    faults: tuple[Fault, ...]
    firm_faults: tuple[Fault, ...] = ()
    answer: Answer | None = None
    profile: Mapping[str, Any] | None = None


def try_rules(rules: str, firm: str) -> Tried:
    """Return what comes of a rulebook and a profile, both given as YAML."""
    from policy_match.checks.linting import lint  # noqa: PLC0415
    from policy_match.compiler.rulebook import load_texts  # noqa: PLC0415
    from policy_match.compiler.schema import profile_schema  # noqa: PLC0415

    try:
        book = load_texts({RULES: rules})
    except RulebookError as error:
        return Tried(tuple(error.faults))
    faults = tuple(lint(book))
    try:
        schema = profile_schema(book.on(today()))
        try:
            profile = Profile(firm.encode(), FIRM)
            law = Law(book.on(asked_on(profile.day)), Origin(book.on, {}, None))
            return Tried(faults, (), law.assess(profile), schema)
        except ProfileError as error:
            return Tried(faults, tuple(error.faults), None, schema)
    except RulebookError as error:
        return Tried(tuple(dict.fromkeys((*faults, *error.faults))))
