"""What callers say in words of their own choosing, checked."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from policy_match.errors import UsageError, did_you_mean
from policy_match.language.locales import day_of_any_locale
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Collection

    from policy_match.ir.program import OutOfForce, Policy, Program


class Looks(TypedDict, total=False):
    """What a text is fitted to: a terminal, or plain as it is without."""

    color: bool
    width: int
    """In columns; a Chinese character takes two."""
    encoding: str
    """Marks that it lacks are replaced."""


def one_of(name: str, value: str, known: Collection[str]) -> str:
    """Return `value` where it is one of `known`; raises UsageError."""
    if value in known:
        return value
    otherwise = said("known-values", known=tuple(known))
    hint = did_you_mean(value, known, otherwise)
    raise UsageError(said("one-of", text=value, name=name), hint)


def day_of(value: date | str) -> date:
    """Return a day, given as one or as people write it; raises UsageError."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    day = day_of_any_locale(value) if isinstance(value, str) else None
    if day is None:
        raise UsageError(said("day-wanted", text=value), said("write-a-day"))
    return day


def every_policy(program: Program) -> dict[str, Policy | OutOfForce]:
    """Return all policies by id, those in force first."""
    found: dict[str, Policy | OutOfForce] = {p.id: p for p in program.policies}
    return found | {p.id: p for p in program.out_of_force}


def policy_of(program: Program, name: str) -> Policy | OutOfForce:
    """Return a policy by id or by its title, in force or not; raises UsageError.

    Words of a title will do where they fit one title alone.
    """
    known = every_policy(program)
    if name in known:
        return known[name]
    from policy_match.advice.finding import titled  # noqa: PLC0415  (rarely needed)

    fitting = titled(program, name)
    if len(fitting) == 1:
        return known[fitting[0]]
    if fitting:
        message = said("several-policies", name=name)
        raise UsageError(message, said("known-values", known=fitting))
    hint = did_you_mean(name, known, said("see-policies"))
    raise UsageError(said("unknown-policy", name=name), hint)


def moment_of(value: datetime | str) -> str:
    """Return a moment in ISO 8601, given as one or so; raises UsageError.

    Without its offset from UTC a time is no moment, and is refused.
    """
    moment: datetime | str | None = value
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise UsageError(said("moment-wanted", text=value), said("write-a-moment"))
    return value if isinstance(value, str) else moment.isoformat()


def asked_on(day: date | str | None) -> date:
    """Return the day of asking: the one named, else the present one."""
    return today() if day is None else day_of(day)


def today() -> date:
    """Return the present day in the user's own calendar."""
    return date.today()  # noqa: DTZ011
