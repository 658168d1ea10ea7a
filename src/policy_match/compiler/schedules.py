"""Schedules of brackets, and ranges: bounds rise, and nothing falls out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.language.locales import LOCALES
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.errors import Fault, Hint
    from policy_match.language.locales import Locale
    from policy_match.language.messages import Message
    from policy_match.rulebook.loader import Book
    from policy_match.rulebook.models import BandModel

Path = tuple[str | int, ...]


def schedules(book: Book) -> Iterator[Fault]:
    """Yield a fault for each schedule of a parameter that is none."""
    locale = LOCALES.get(book.manifest.locale, LOCALES["en"])
    for name, model in book.parameters.items():
        for index, value in enumerate(model.values):
            if isinstance(value.value, tuple):
                for inner, message, hint in unsound(value.value, locale):
                    path = ("parameters", name, "values", index, "is", *inner)
                    yield book.origin.fault(path, "R314", message, hint)


def unsound(
    bands: Sequence[BandModel], locale: Locale
) -> Iterator[tuple[Path, Message, Hint]]:
    """Yield what is wrong with a schedule: where within it, what, what to do.

    Sound are bounds that rise from above zero, rates not below zero, and no open
    band but the last. Above a last one that is closed nothing is added.
    """
    last = len(bands) - 1
    before = None
    for index, band in enumerate(bands):
        rate = locale.number(band.rate)
        if rate is not None and rate < 0:
            message = said("rate-below-zero", text=band.rate)
            yield (index, "rate"), message, said("write-rate")
        if band.upto is None:
            if index != last:
                yield (index,), said("open-too-early"), said("only-the-last")
            continue
        bound = locale.number(band.upto)
        if bound is None:
            continue
        if bound <= 0:
            message = said("bound-not-above-zero", text=band.upto)
            yield (index, "upto"), message, said("bounds-rise")
        elif before is not None and bound <= before:
            message = said("bound-does-not-rise", text=band.upto)
            yield (index, "upto"), message, said("bounds-rise")
        before = bound
