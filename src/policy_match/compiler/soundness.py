"""Faults that can be found without choosing a day: texts, windows, citations."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from policy_match.compiler import dictionaries
from policy_match.compiler.names import names
from policy_match.compiler.references import references
from policy_match.compiler.schedules import schedules
from policy_match.domain.texts import Text
from policy_match.errors import did_you_mean
from policy_match.language.locales import LOCALES, LONGEST_NUMBER
from policy_match.language.messages import said
from policy_match.rulebook.models import WindowModel
from policy_match.rulebook.parts import parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.errors import Fault, Hint
    from policy_match.language.messages import Message
    from policy_match.rulebook.loader import Book
    from policy_match.rulebook.models import CaseModel, ParameterModel, ValueModel


Path = tuple[str | int, ...]
_BODIES = ("set_by", "issued_by")
"""What may be said by the id of a department."""
PLACEHOLDER = re.compile(r"\{\$([^{}]*)\}")


def soundness(book: Book) -> list[Fault]:
    """Return the faults of a book that do not depend on a day."""
    faults: list[Fault] = []
    for path, text in parts(book, Text):
        faults += _languages(book, path, text)
        faults += _placeholders(book, path, text)
    for name, model in book.parameters.items():
        faults += _windows(book, name, model)
        faults += _cited(book, name, model)
        faults += _shaped(book, name, model)
        faults += _numbers(book, name, model)
    faults += _backwards(book)
    faults += names(book)
    faults += schedules(book)
    faults += references(book)
    faults += dictionaries.faults(book)
    return faults


def _languages(book: Book, path: Path, text: Text) -> Iterator[Fault]:
    wanted = set(book.manifest.languages)
    found = set(text.by_language)
    if found == {""}:
        named = (
            path[-1] in {"set_by", "issued_by"}
            and text.by_language[""] in book.departments
        )
        if len(wanted) == 1 or named:
            return
        message = said("one-text", count=len(wanted))
        form = ", ".join(f"{lang}: …" for lang in sorted(wanted))
        hint = said("write-so", form=f"{{{form}}}")
        yield book.origin.fault(path, "R205", message, hint)
        return
    for language in sorted(wanted - found):
        message = said("text-missing", language=language)
        hint = said("add-key", key=language)
        yield book.origin.fault(path, "R205", message, hint)
    for language in sorted(found - wanted):
        message = said("not-a-language", language=language)
        hint = said("add-language")
        yield book.origin.fault(path, "R205", message, hint)


def _placeholders(book: Book, path: Path, text: Text) -> Iterator[Fault]:
    for words in text.by_language.values():
        for name in PLACEHOLDER.findall(words):
            base, _, key = name.partition(".")
            model = book.parameters.get(base)
            if model is None:
                hint = did_you_mean(base, book.parameters)
                message = said("unknown-placeholder", name=base)
                yield book.origin.fault(path, "R311", message, hint)
            elif bool(key) != bool(model.by) or (key and key not in model.by):
                message = said("placeholder-empty", name=name)
                yield book.origin.fault(path, "R311", message, keys_of(model))


def keys_of(model: ParameterModel) -> Message:
    """Return the hint that names the keys of a parameter."""
    return said("keys-are", keys=tuple(model.by) or said("none-of-these"))


def _windows(book: Book, name: str, model: ParameterModel) -> Iterator[Fault]:
    for index, message, hint in disorder(name, model.values):
        path = ("parameters", name, "values", index)
        yield book.origin.fault(path, "R307", message, hint)


def disorder(
    name: str, values: Sequence[ValueModel], *, gaps: bool = False
) -> Iterator[tuple[int, Message, Hint]]:
    """Yield each value that does not follow the one before it: what, what to do.

    With `gaps`, days may lie between one value and the next.
    """
    for index, value in enumerate(values):
        if ends_first(value):
            yield index, said("window-ends-first"), said("swap-ends")
        if index == 0:
            continue
        before = values[index - 1].end
        if before is None or value.start is None or value.start <= before:
            hint = said("end-the-day-before")
            yield index, said("values-overlap", name=name), hint
        elif not gaps and value.start > before + timedelta(days=1):
            after = before + timedelta(days=1)
            message = said("no-value-from", name=name, day=after)
            hint = said("close-the-gap", day=value.start)
            yield index, message, hint


def _backwards(book: Book) -> Iterator[Fault]:
    """Yield a fault for each window and range, elsewhere, that runs backwards."""
    plan = book.manifest.plan
    if plan is not None and plan.end < plan.start:
        hint = said("swap-ends")
        yield book.origin.fault(
            ("rulebook", "plan"), "R307", said("window-ends-first"), hint
        )
    locale = LOCALES.get(book.manifest.locale, LOCALES["en"])
    for path, cases in _cases(book):
        for index, case in enumerate(cases):
            span = case.within
            if isinstance(span, WindowModel) and ends_first(span):
                message, hint = said("window-ends-first"), said("swap-ends")
                here = (*path, index, "in")
                yield book.origin.fault(here, "R307", message, hint)
    for name, policy in book.policies.items():
        for index, example in enumerate(policy.examples):
            written = tuple(filter(None, example.then.range or ()))
            low, *rest = [locale.number(end) for end in written] or [None]
            high = rest[0] if rest else None
            if low is not None and high is not None and high < low:
                message = said("range-backwards", text="..".join(written))
                path = ("policies", name, "examples", index, "then", "range")
                hint = said("swap-the-ends")
                yield book.origin.fault(path, "R307", message, hint)


def ends_first(window: WindowModel | ValueModel) -> bool:
    """Return whether a window ends before it starts."""
    return bool(window.start and window.end and window.end < window.start)


def _cases(book: Book) -> Iterator[tuple[Path, Sequence[CaseModel]]]:
    for name, definition in book.definitions.items():
        yield ("definitions", name, "cases"), definition.cases
    for name, policy in book.policies.items():
        path = ("policies", name, "benefit")
        if isinstance(policy.benefit.amount, tuple):
            yield (*path, "amount"), policy.benefit.amount
        for index, tier in enumerate(policy.benefit.tiers):
            if isinstance(tier.amount, tuple):
                yield (*path, "tiers", index, "amount"), tier.amount


def _cited(book: Book, name: str, model: ParameterModel) -> Iterator[Fault]:
    for index, value in enumerate(model.values):
        path = ("parameters", name, "values", index)
        for citation in value.cite:
            if citation.source not in book.sources:
                hint = did_you_mean(citation.source, book.sources)
                message = said("unknown-source", name=citation.source)
                yield book.origin.fault((*path, "cite"), "R306", message, hint)
        unset = value.value == "unset"
        if unset and value.set_by is None:
            message, hint = said("set-by-nobody"), said("add-key", key="set_by")
            yield book.origin.fault((*path, "is"), "R201", message, hint)


def misshapen(model: ParameterModel, value: ValueModel) -> bool:
    """Return whether bands and the type `brackets` do not go together."""
    bands = isinstance(value.value, tuple)
    return value.value != "unset" and bands != (model.type == "brackets")


def _shaped(book: Book, name: str, model: ParameterModel) -> Iterator[Fault]:
    for index, value in enumerate(model.values):
        if misshapen(model, value):
            path = ("parameters", name, "values", index, "is")
            yield book.origin.fault(path, "R203", *bands_apart(name, model))


def bands_apart(name: str, model: ParameterModel) -> tuple[Message, Message]:
    """Return that bands are for the type `brackets`, and what is not of it."""
    message = said("of-type", name=name, type=model.type)
    return message, said("bands-for-brackets")


def _numbers(book: Book, name: str, model: ParameterModel) -> Iterator[Fault]:
    locale = LOCALES.get(book.manifest.locale, LOCALES["en"])
    for index, value in enumerate(model.values):
        path = ("parameters", name, "values", index, "is")
        for inner, text in _written(value):
            if text != "unset" and locale.number(text) is None:
                message = said("number-of", text=text, name=name)
                if len(text) > LONGEST_NUMBER:
                    size = LONGEST_NUMBER
                    message = said("number-too-long", text=text, size=size)
                hint = said("write-numbers")
                yield book.origin.fault((*path, *inner), "R203", message, hint)


def _written(value: ValueModel) -> Iterator[tuple[Path, str]]:
    """Yield every number of a value as it is written, and where."""
    match value.value:
        case str(text):
            yield (), text
        case dict(texts):
            yield from (((key,), text) for key, text in texts.items())
        case bands:
            for index, band in enumerate(bands):
                yield (index, "rate"), band.rate
                if band.upto is not None:
                    yield (index, "upto"), band.upto
