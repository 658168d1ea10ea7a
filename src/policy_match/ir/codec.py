"""Programs as data: rows of JSON and back, without running anything.

    {"format": "policy-match/program/2", "shape": "…", "sha256": "…", "classes": […]}
    [[0, …], …, [41, …]]

The first line is a header, the second one array of rows. A cell of a row is null,
true, false or a text, which stand for themselves, or a number: the place of an
earlier row. So the file is read in one loop, without recursion, and no row can refer
to itself. The last row is a program of one day, or a tuple of programs of spans of
days, which have what they have in common but once.

A row is the place of a class in the header's list and the fields of one of its
objects, in order; or one of

    ["t", …] tuple · ["s", …] set · ["m", key, value, …] mapping
    ["i", "12"] integer · ["f", "9/10"] fraction · ["o", "-"] infinity
    ["d", "2022-12-31"] day

Which nodes are one node is kept, for terms are told apart by identity: of a class
without equality each object of a program has a row of its own, of everything else
each value. Only classes
that a program is made of are ever made. `shape` stands for their fields: what another
version of the package wrote is refused before anything is made of it.
"""

from __future__ import annotations

import gc
import json
from collections import Counter
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from hashlib import sha256
from math import inf, isinf
from typing import TYPE_CHECKING, Any, Final, NoReturn

from policy_match.domain import (
    calendar,
    claims,
    codes,
    documents,
    facts,
    incentives,
    texts,
    wording,
)
from policy_match.errors import Place
from policy_match.ir import program, spans, terms
from policy_match.ir.program import Program
from policy_match.ir.spans import SpanProgram

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMAT: Final = "policy-match/program/2"
_MODULES = (
    texts,
    wording,
    codes,
    calendar,
    claims,
    documents,
    facts,
    incentives,
    terms,
    program,
    spans,
)
_NEVER = frozenset((facts.Facts,))
"""What is known of a firm is no part of any law."""


class DamagedError(ValueError):
    """A file that is no program of this version of the package, or was changed."""


@cache
def _classes() -> Mapping[str, type]:
    """Return the classes that a program may be made of, by name."""
    return {_name(Place): Place} | {
        _name(one): one
        for module in _MODULES
        for one in vars(module).values()
        if isinstance(one, type)
        and one.__module__ == module.__name__
        and (is_dataclass(one) or issubclass(one, Enum))
        and one not in _NEVER
    }


def _name(cls: type) -> str:
    return f"{cls.__module__.rpartition('.')[2]}.{cls.__name__}"


@cache
def _fields(cls: type) -> tuple[str, ...]:
    if is_dataclass(cls):
        return tuple(field.name for field in fields(cls))
    return Place._fields if cls is Place else ()


@cache
def _shape() -> str:
    """Return what stands for the fields of all classes."""
    shapes = sorted((name, _fields(cls)) for name, cls in _classes().items())
    return sha256(json.dumps(shapes).encode()).hexdigest()[:16]


# ---- to rows


def encode(law: Program | tuple[SpanProgram, ...]) -> bytes:
    """Return programs as bytes: the same for the same ones, on any machine."""
    rows = _Rows()
    if isinstance(law, tuple):
        rows.rows.append(["t", *[rows.add(one) for one in law]])
    else:
        rows.add(law)
    body = _compact(rows.rows)
    header = {
        "format": FORMAT,
        "shape": _shape(),
        "sha256": sha256(body).hexdigest(),
        "classes": [*rows.classes],
    }
    return _compact(header) + b"\n" + body


def _compact(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


class _Rows:
    """The rows so far, and the place of every object and value in them."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self.classes: dict[str, int] = {}
        self._of_object: dict[int, int] = {}
        self._of_value: dict[tuple[Any, ...], int] = {}
        self._alike: Counter[tuple[Any, ...]] = Counter()
        self._plain: set[int] = set()
        """Places of values in which no object is told apart by identity."""
        self._kept: list[object] = []  # so that no id is used twice

    def add(self, root: object) -> int:
        """Write what `root` consists of, parts first, and return its place.

        Of the rows of those before it, it may have any.
        """
        places = self._of_object.items()
        self._of_object = {one: place for one, place in places if place in self._plain}
        self._alike.clear()
        waiting = [root]
        while waiting:
            one = waiting[-1]
            parts = [part for part in _parts(one) if not self._written(part)]
            if parts:
                waiting += reversed(parts)
                continue
            waiting.pop()
            if not self._written(one):
                self._write(one)
        return self._of_object[id(root)]

    def _written(self, one: object) -> bool:
        return _stands_for_itself(one) or id(one) in self._of_object

    def _cell(self, one: object) -> Any:  # noqa: ANN401  (a cell of JSON)
        return one if _stands_for_itself(one) else self._of_object[id(one)]

    def _row(self, one: object) -> list[Any]:
        match one:
            case Enum():
                return [self._class(one), one.value]
            case int():
                return ["i", str(one)]
            case float() if isinf(one):
                return ["o", "-" if one < 0 else ""]
            case Fraction():
                return ["f", str(one)]
            case date():
                return ["d", one.isoformat()]
            case frozenset() | dict() | tuple() if type(one) in _PLURAL:
                return [_PLURAL[type(one)], *map(self._cell, _parts(one))]
            case _:
                return [self._class(one), *map(self._cell, _parts(one))]

    def _class(self, one: object) -> int:
        name = _name(type(one))
        if _classes().get(name) is not type(one):
            raise TypeError(name)
        return self.classes.setdefault(name, len(self.classes))

    def _write(self, one: Any) -> None:  # noqa: ANN401
        row = self._row(one)
        kind: type = type(one)
        alike: tuple[Any, ...] = tuple((type(cell), cell) for cell in row)
        apart = _by_identity(kind)
        if apart:  # the second one of a program is not the first
            self._alike[alike] += 1
            alike = (*alike, self._alike[alike])
        place = self._of_value.get(alike)
        if place is None:
            place = self._of_value[alike] = len(self.rows)
            self.rows.append(row)
            parts = (cell for cell in row[1:] if type(cell) is int)
            if not apart and all(part in self._plain for part in parts):
                self._plain.add(place)
        self._of_object[id(one)] = place
        self._kept.append(one)


_PLURAL = {frozenset: "s", dict: "m", tuple: "t"}


def _stands_for_itself(one: object) -> bool:
    return one is None or isinstance(one, bool) or type(one) is str


def _parts(one: Any) -> list[Any]:  # noqa: ANN401  (whatever a program holds)
    match one:
        case None | Enum() | str() | int() | float() | Fraction() | date():
            return []
        case frozenset():
            return sorted(one, key=lambda member: (str(type(member)), member))
        case dict():
            return [part for item in one.items() for part in item]
        case tuple():  # a place as well
            return [*one]
        case _:
            kind: type = type(one)
            return [getattr(one, name) for name in _fields(kind)]


@cache
def _by_identity(cls: type) -> bool:
    return is_dataclass(cls) and cls.__eq__ is object.__eq__


# ---- and back


def decode(data: bytes) -> Program:
    """Return the program that `encode` wrote; raises DamagedError for all else."""
    law = _read(data)
    if not isinstance(law, Program):
        msg = "no program"
        raise DamagedError(msg)
    return law


def decode_spans(data: bytes) -> tuple[SpanProgram, ...]:
    """Return the programs that `encode` wrote; raises DamagedError for all else."""
    spans_ = _read(data)
    if not isinstance(spans_, tuple):
        msg = "no programs of spans"
        raise DamagedError(msg)
    for one in spans_:
        if not isinstance(one, SpanProgram):
            msg = "no program of a span"
            raise DamagedError(msg)
    return spans_


def _read(data: bytes) -> object:
    paused = gc.isenabled()
    gc.disable()  # nothing that is made here is garbage, and there is much of it
    try:
        return _decoded(data)
    except DamagedError:
        raise
    except (
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
    ) as error:
        msg = f"no program: {type(error).__name__}"
        raise DamagedError(msg) from error
    finally:
        if paused:
            gc.enable()


def _decoded(data: bytes) -> object:
    head, body = data.split(b"\n", 1)
    header = json.loads(head)
    if header["format"] != FORMAT or header["shape"] != _shape():
        msg = "made by another version of policy-match"
        raise DamagedError(msg)
    if sha256(body).hexdigest() != header["sha256"]:
        msg = "the file was changed"
        raise DamagedError(msg)
    makers: list[Callable[..., Any]] = [_classes()[n] for n in header["classes"]]
    made: list[Any] = []
    for row in json.loads(body):
        kind, *cells = row
        if type(kind) is int:
            if kind < 0:
                raise DamagedError(kind)
            made.append(makers[kind](*_resolved(cells, made)))
        else:
            made.append(_PLAIN[kind](cells, made))
    return made[-1]


_ITSELF = frozenset((str, bool, type(None)))


def _resolved(cells: list[Any], made: list[Any]) -> list[Any]:
    return [
        made[cell]
        if type(cell) is int and cell >= 0
        else cell
        if type(cell) in _ITSELF
        else _refused(cell)
        for cell in cells
    ]


def _refused(cell: object) -> NoReturn:
    raise DamagedError(cell)


def _map(cells: list[Any], made: list[Any]) -> dict[Any, Any]:
    parts = _resolved(cells, made)
    return dict(zip(parts[::2], parts[1::2], strict=True))


_PLAIN: Mapping[str, Callable[[list[Any], list[Any]], Any]] = {
    "t": lambda cells, made: tuple(_resolved(cells, made)),
    "s": lambda cells, made: frozenset(_resolved(cells, made)),
    "m": _map,
    "i": lambda cells, _: int(*cells),
    "f": lambda cells, _: Fraction(*cells),
    "o": lambda cells, _: -inf if cells[0] else inf,
    "d": lambda cells, _: date.fromisoformat(*cells),
}
