"""Parameters that an officer sets or dates, without touching the rulebook."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, ValidationError

from policy_match.compiler.schedules import unsound
from policy_match.compiler.soundness import (
    bands_apart,
    disorder,
    keys_of,
    misshapen,
)
from policy_match.domain.texts import Citation  # noqa: TC001  (pydantic reads it)
from policy_match.errors import Fault, RulebookError, did_you_mean
from policy_match.language.locales import LOCALES
from policy_match.language.messages import said
from policy_match.rulebook import yaml_reader
from policy_match.rulebook.condition_models import Model
from policy_match.rulebook.model_problems import explained
from policy_match.rulebook.models import ParameterModel, ValueModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.errors import Hint
    from policy_match.language.messages import Message
    from policy_match.rulebook.loader import Book


class LocalFile(Model):
    """A parameters file: new values for parameters of the rulebook."""

    parameters: dict[str, Any]


class _Values(Model):
    parameters: dict[str, Annotated[tuple[ValueModel, ...], Field(min_length=1)]]


def local_parameters(data: bytes, file: str, book: Book) -> dict[str, ParameterModel]:
    """Return the parameters that a file sets, checked like the rulebook.

    A value alone holds on every day. A list of windows dates it; on all other
    days the rulebook's own values hold. Raises RulebookError with every fault.
    """
    try:
        text = yaml_reader.decode(data, file)
        root = yaml_reader.read(text, file)
        given = LocalFile.model_validate(yaml_reader.plain_data(root)).parameters
        windows = {name: _windows(value) for name, value in given.items()}
        values = _Values.model_validate({"parameters": windows}).parameters
    except yaml_reader.YamlFaults as error:
        raise RulebookError(error.faults) from None
    except ValidationError as error:
        raise RulebookError(explained(error, root, text)) from None
    faults = [*_faults(root, values, book, text)]
    if faults:
        raise RulebookError(faults)
    return {name: _overlaid(book.parameters[name], own) for name, own in values.items()}


def _windows(value: Any) -> Any:  # noqa: ANN401  (what YAML holds)
    return value if isinstance(value, list) else [{"is": value}]


def _overlaid(model: ParameterModel, own: tuple[ValueModel, ...]) -> ParameterModel:
    """Return the parameter with local windows laid over those of the rulebook."""
    values = [*model.values]
    for window in own:
        values = [left for value in values for left in _outside(value, window)]
    values += [value.model_copy(update={"status": "local"}) for value in own]
    values.sort(key=lambda value: value.start or date.min)
    return model.model_copy(update={"values": tuple(values)})


def _outside(value: ValueModel, window: ValueModel) -> Iterator[ValueModel]:
    """Yield what is left of a value's days before and after a window."""
    first, last = window.start or date.min, window.end or date.max
    if first > (value.start or date.min):
        end = min(value.end or date.max, first - timedelta(days=1))
        yield value.model_copy(update={"end": end})
    if last < (value.end or date.max):
        start = max(value.start or date.min, last + timedelta(days=1))
        yield value.model_copy(update={"start": start})


def _faults(
    root: yaml_reader.Mapping,
    values: dict[str, tuple[ValueModel, ...]],
    book: Book,
    text: str,
) -> list[Fault]:
    lines = text.splitlines()
    parameters = root.values["parameters"]
    faults: list[Fault] = []

    def fault(name: str, code: str, message: Message, hint: Hint = "") -> None:
        place = parameters.keys[name]  # type: ignore[union-attr]
        faults.append(Fault(place, code, message, hint, lines[place.line - 1]))

    locale = LOCALES.get(book.manifest.locale, LOCALES["en"])
    for name, windows in values.items():
        model = book.parameters.get(name)
        if model is None:
            hint = did_you_mean(name, book.parameters)
            fault(name, "R303", said("no-parameter", name=name), hint)
            continue
        for _, message, hint in disorder(name, windows, gaps=True):
            fault(name, "R307", message, hint)
        for value in windows:
            if misshapen(model, value):
                fault(name, "R203", *bands_apart(name, model))
                continue
            if isinstance(value.value, tuple):
                for _, message, hint in unsound(value.value, locale):
                    fault(name, "R314", message, hint)
            for number in _numbers(value.value):
                if number != "unset" and locale.number(number) is None:
                    message = said("number-of", text=number, name=name)
                    fault(name, "R203", message, said("write-numbers"))
            keys = set(value.value) if isinstance(value.value, dict) else set()
            if keys != set(model.by):
                message = said("not-these-keys", name=name)
                fault(name, "R303", message, keys_of(model))
            for citation in value.cite:
                _known(citation, book, name, fault)
    return faults


def _numbers(value: Any) -> list[str]:  # noqa: ANN401
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, tuple):
        return [n for band in value for n in (band.upto, band.rate) if n is not None]
    return [value]


def _known(citation: Citation, book: Book, name: str, fault: Any) -> None:  # noqa: ANN401
    if citation.source not in book.sources:
        hint = did_you_mean(citation.source, book.sources)
        fault(name, "R306", said("unknown-source", name=citation.source), hint)
