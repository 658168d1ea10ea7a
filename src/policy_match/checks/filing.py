"""What `lint` finds of what claims share: what nobody uses, and what has aged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.language.messages import said
from policy_match.rulebook.claim_models import (
    ClaimModel,
    DeadlineModel,
    ExtendedModel,
    RecoveryModel,
    RemedyModel,
    ReturnModel,
    StepModel,
)
from policy_match.rulebook.parts import parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pydantic import BaseModel

    from policy_match.errors import Fault
    from policy_match.rulebook.loader import Book

_SECTIONS = ("deadlines", "returns", "recoveries", "counters", "papers")
_NAMING = (
    ClaimModel,
    StepModel,
    DeadlineModel,
    ExtendedModel,
    ReturnModel,
    RecoveryModel,
    RemedyModel,
)
_NEXT_YEAR_FROM = 12
"""The month by which the days off of the next year have been published."""


def idle_names(book: Book) -> Iterator[Fault]:
    """Yield what claims share, and no claim names."""
    used: set[str] = set()
    for kind in _NAMING:
        for _, model in parts(book, kind):
            used |= set(_texts(model))
    for section in _SECTIONS:
        for name in getattr(book, section):
            if name not in used:
                message, path = said("idle-in-claims", name=name), (section, name)
                yield book.origin.fault(path, "R401", message, said("remove-it"))


def _texts(model: BaseModel) -> Iterator[str]:
    """Yield every text that a model holds: names of whatever it names."""
    for name in type(model).model_fields:
        held = getattr(model, name)
        lists = held.values() if isinstance(held, dict) else [held]
        for texts in lists:
            found = texts if isinstance(texts, tuple) else (texts,)
            yield from (text for text in found if isinstance(text, str))


def aged(book: Book, day: date) -> Iterator[Fault]:
    """Yield what of claims is to be read again, and a year without days off."""
    due = [(path, one.review_by) for path, one in parts(book, ClaimModel)]
    due += [(path, one.review_by) for path, one in parts(book, DeadlineModel)]
    due += [(path, one.review_by) for path, one in parts(book, RecoveryModel)]
    due += [(path, one.review_by) for path, one in parts(book, ExtendedModel)]
    for path, review_by in due:
        if review_by and review_by < day:
            message = said("review-due", name=str(path[1]), day=review_by)
            yield book.origin.fault(path, "R405", message, said("review-again"))
    if not book.calendars:
        return
    wanted = [day.year, *([day.year + 1] if day.month >= _NEXT_YEAR_FROM else [])]
    for year in map(str, wanted):
        if year not in book.calendars:
            last = max(book.calendars)
            message = said("no-days-off", year=year)
            path = ("calendars", last)
            yield book.origin.fault(path, "R405", message, said("add-calendar"))
