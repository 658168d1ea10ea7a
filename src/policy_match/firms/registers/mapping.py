"""A mapping: what a person says of a table that its headings do not say."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from policy_match.errors import Fault, Place, ProfileError, did_you_mean, reason
from policy_match.firms.registers.heading_text import SEVERAL, bare
from policy_match.firms.values.faults import ValueFault
from policy_match.language.messages import said
from policy_match.rulebook import yaml_reader
from policy_match.rulebook.yaml_reader import YamlFaults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from policy_match.domain.facts import FactSpec
    from policy_match.errors import Hint
    from policy_match.firms.values.grammar import Grammar
    from policy_match.language.messages import Message

KEEP, IGNORE = "keep", "ignore"
_KEYS = ("sheets", "headings", "columns", "constants", "complete", "segments")
EDITION = "edition"
_COLUMN_KEYS = ("fact", "unit", EDITION, "values")


@dataclass(frozen=True)
class MappedColumn:
    """What one column is: a fact, its unit, and what its own words mean."""

    fact: str
    unit: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    edition: str = ""
    """The edition of the classification that its codes are of."""


@dataclass(frozen=True)
class TableMapping:
    """A mapping file, read; nothing in it is nothing said."""

    sheets: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    """The rows of headings, as a person counts them."""
    columns: Mapping[str, MappedColumn] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    """Headings that are `keep` or `ignore`."""
    constants: Mapping[str, str] = field(default_factory=dict)
    complete: tuple[str, ...] = ()
    """Facts of which a blank says no, or none."""
    segments: tuple[str, ...] = ()
    """Headings by whose cells take-up is split."""
    path: Path | None = None
    """Where it was read."""

    def of(self, heading: str) -> MappedColumn | None:
        """Return what is said of a column; None where nothing is.

        Its heading may be the last of several rows, and may be laid out otherwise:
        in several lines, with blanks, with a star.
        """
        last = heading.strip().rpartition(SEVERAL)[2]
        for name in (heading, heading.strip(), last):
            if name in self.columns:
                return self.columns[name]
        return self._bare.get(bare(heading)) or self._bare.get(bare(last))

    @cached_property
    def _bare(self) -> Mapping[str, MappedColumn]:
        return {bare(name): one for name, one in self.columns.items() if bare(name)}

    @property
    def kept(self) -> tuple[str, ...]:
        """The headings of columns that are carried along, each once."""
        named = [name for name, what in self.left_out.items() if what == KEEP]
        return tuple(dict.fromkeys((*named, *self.segments)))


def read_mapping(path: Path, facts: Mapping[str, FactSpec]) -> TableMapping:
    """Return a mapping file; raises ProfileError with all that is wrong with it."""
    try:
        text = yaml_reader.decode(path.read_bytes(), str(path))
        root = yaml_reader.read(text, str(path))
    except OSError as error:
        message = said("unreadable", reason=reason(error))
        raise ProfileError([Fault(Place(str(path)), "F507", message)]) from None
    except YamlFaults as error:
        raise ProfileError(error.faults) from None
    data = yaml_reader.plain_data(root)
    faults = [
        Fault(root.keys.get(key, root.place), "F612", message, hint)
        for key, message, hint in _wrong(data, facts)
    ]
    if faults:
        raise ProfileError(faults)
    columns, ids = data.get("columns") or {}, _Ids(facts)
    constants = data.get("constants") or {}
    return TableMapping(
        _texts(data.get("sheets")) if data.get("sheets") != "all" else (),
        tuple(int(row) for row in _texts(data.get("headings"))),
        {name: _column(one, ids) for name, one in columns.items() if _is_fact(one)},
        {name: one for name, one in columns.items() if not _is_fact(one)},
        {ids.of(name): str(value) for name, value in constants.items()},
        tuple(map(ids.of, _texts(data.get("complete")))),
        _texts(data.get("segments")),
        path,
    )


def mapping_of(
    path: Path | None, facts: Mapping[str, FactSpec], sheet: str = ""
) -> TableMapping:
    """Return what is said of a table: by a file, if any, and by the sheet to read.

    Raises ProfileError with all that is wrong with the file.
    """
    found = TableMapping() if path is None else read_mapping(path, facts)
    return replace(found, sheets=(sheet,)) if sheet else found


class _Ids:
    """Finds facts by their ids, and by what they are called."""

    def __init__(self, facts: Mapping[str, FactSpec]) -> None:
        self._ids = {name: name for name in facts}
        for spec in facts.values():
            for name in (*spec.title.by_language.values(), *spec.aliases):
                self._ids.setdefault(bare(name), spec.id)

    def of(self, name: str) -> str:
        """Return the id of a fact; the name itself where nothing is called so."""
        return self._ids.get(name) or self._ids.get(bare(name), name)


def _wrong(
    data: dict[str, Any], facts: Mapping[str, FactSpec]
) -> Iterator[tuple[str, Message, Hint]]:
    for key in data:
        if key not in _KEYS:
            yield key, said("unknown-key", key=key), did_you_mean(key, _KEYS)
    columns, constants = data.get("columns") or {}, data.get("constants") or {}
    if not isinstance(columns, dict) or not isinstance(constants, dict):
        key = "constants" if isinstance(columns, dict) else "columns"
        yield key, said("map-keys", key=key), ""
        return
    if lists := [*_no_lists(data)]:
        for key in lists:
            yield key, said("map-texts", key=key), ""
        return
    for row in _texts(data.get("headings")):
        if not (row.isascii() and row.isdigit() and 1 <= int(row) <= _MOST_ROWS):
            yield "headings", said("map-row", text=row), ""
    ids = _Ids(facts)
    named = [_named(one) for one in columns.values() if _is_fact(one)]
    for one in columns.values():
        if isinstance(one, dict):
            yield from _wrong_in_column(one, facts.get(ids.of(_named(one))))
    wanted = {
        "columns": named, "constants": [*constants],
        "complete": [*_texts(data.get("complete"))],
    }  # fmt: skip
    for key, names in wanted.items():
        for name in names:
            if ids.of(name) not in facts:
                hint = did_you_mean(name, facts, said("see-profile"))
                yield key, said("unknown-fact", key=name), hint


def _wrong_in_column(
    one: dict[str, Any], spec: FactSpec | None
) -> Iterator[tuple[str, Message, Hint]]:
    for key in one.keys() - set(_COLUMN_KEYS):
        yield "columns", said("unknown-key", key=key), ""
    if not isinstance(one.get("values"), dict | None):
        yield "columns", said("map-keys", key="values"), ""
    edition = str(one.get(EDITION) or "")
    if spec and edition and edition not in spec.wording.editions:
        hint = said("editions-known", editions=tuple(spec.wording.editions))
        message = said("map-edition", text=edition, fact=spec.id)
        yield "columns", message, hint if spec.wording.editions else ""


def _no_lists(data: dict[str, Any]) -> Iterator[str]:
    """Yield the keys that take a text or several, and have something else."""
    for key in ("sheets", "headings", "complete", "segments"):
        parts = data.get(key)
        every = parts if isinstance(parts, list) else [parts]
        if any(isinstance(part, dict | list) for part in every):
            yield key


_MOST_ROWS = 20


def _texts(value: object) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _is_fact(value: object) -> bool:
    return value not in {KEEP, IGNORE} if isinstance(value, str) else True


def _named(value: object) -> str:
    return str(value.get("fact", "")) if isinstance(value, dict) else str(value)


def _column(value: object, ids: _Ids) -> MappedColumn:
    if not isinstance(value, dict):
        return MappedColumn(ids.of(str(value)))
    values = value.get("values")
    words = (
        {str(k): str(v) for k, v in values.items()} if isinstance(values, dict) else {}
    )
    unit, edition = (str(value.get(key) or "") for key in ("unit", EDITION))
    return MappedColumn(ids.of(_named(value)), unit, words, edition)


def refuse_unread(
    mapping: TableMapping, facts: Mapping[str, FactSpec], grammar: Grammar, path: Path
) -> None:
    """Raise ProfileError where a mapping gives a fact what cannot be read as it.

    `path` is the table, of which a mapping without a file is told.
    """
    given = [*mapping.constants.items()]
    given += [
        (one.fact, v) for one in mapping.columns.values() for v in one.values.values()
    ]
    faults = []
    for fact, text in dict.fromkeys(given):
        try:
            grammar.value(facts[fact], text)
        except ValueFault as error:
            place = Place(str(mapping.path or path))
            faults.append(Fault(place, "F612", error.message, error.hint))
    if faults:
        raise ProfileError(faults)
