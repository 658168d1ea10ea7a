"""Conditions and formulas as written: the surface tree, before names mean anything."""

from __future__ import annotations

from dataclasses import field
from datetime import date  # noqa: TC003  (pydantic reads the types of Parsed)
from fractions import Fraction

from policy_match.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Num:
    """A number as written, with its suffix: `300万`, `2.5%`."""

    text: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Day:
    """A date, ISO."""

    day: date
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time to add to or take from a day: `2 years`."""

    count: int
    unit: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text in quotes."""

    text: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, a member of an enum, a code, or a day such as `on`."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter, perhaps one key of it, perhaps as of another day."""

    name: str
    key: str = ""
    day: date | None = None
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """`left operator right`."""

    operator: str
    left: Surface
    right: Surface
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the language applied to arguments."""

    function: str
    arguments: tuple[Surface, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Relation:
    """A comparison, with `=`, `!=`, `<`, `<=`, `>` or `>=`."""

    operator: str
    left: Surface
    right: Surface
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Membership:
    """`of in [items]`."""

    of: Surface
    items: tuple[Surface, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Inside:
    """`of within low..high`, or within a named window."""

    of: Surface
    low: Surface
    high: Surface | None
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negation:
    """`not of`."""

    of: Surface
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Junction:
    """Parts joined by `and` or by `or`."""

    word: str
    of: tuple[Surface, ...]
    at: int = field(default=0, compare=False)


Surface = (
    Num
    | Day
    | Span
    | Quoted
    | Name
    | Param
    | Binary
    | Call
    | Relation
    | Membership
    | Inside
    | Negation
    | Junction
)

_STRENGTH = {"or": 1, "and": 2, "not": 3, "=": 4, "+": 5, "-": 5, "*": 6, "/": 6}


def written(node: Surface, around: int = 0) -> str:  # noqa: PLR0911
    """Return the canonical text of a surface tree: one spelling per meaning."""
    match node:
        case Num(text=text):
            return text
        case Day(day=day):
            return day.isoformat()
        case Span(count=count, unit=unit):
            return f"{count} {unit}" + ("s" if count != 1 else "")
        case Quoted(text=text):
            return '"' + text.replace('"', '\\"') + '"'
        case Name(name=name):
            return name
        case Param(name=name, key=key, day=day):
            return f"${name}" + (f".{key}" if key else "") + (f"@{day}" if day else "")
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(map(written, arguments))})"
        case Binary(operator=operator, left=left, right=right):
            own = _STRENGTH[operator]
            text = f"{written(left, own)} {operator} {written(right, own + 1)}"
            return _closed(text, own, around)
        case Relation(operator=operator, left=left, right=right):
            text = f"{written(left, 5)} {operator} {written(right, 5)}"
            return _closed(text, 4, around)
        case Membership(of=of, items=items):
            text = f"{written(of, 5)} in [{', '.join(map(written, items))}]"
            return _closed(text, 4, around)
        case Inside(of=of, low=low, high=high):
            window = written(low) + (f"..{written(high)}" if high else "")
            return _closed(f"{written(of, 5)} within {window}", 4, around)
        case Negation(of=of):
            return _closed(f"not {written(of, 3)}", 3, around)
        case Junction(word=word, of=parts):
            own = _STRENGTH[word]
            text = f" {word} ".join(written(part, own + 1) for part in parts)
            return _closed(text, own, around)


def _closed(text: str, own: int, around: int) -> str:
    return f"({text})" if own < around else text


@dataclass(frozen=True, slots=True)
class Parsed:
    """A condition or formula: the text its author wrote, and its tree."""

    text: str
    tree: Surface

    def __str__(self) -> str:
        """Return the canonical text."""
        return written(self.tree)


Exact = int | Fraction
