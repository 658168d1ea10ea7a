"""What is evaluated: formulas, and conditions over them, in one grammar.

A formula denotes a value. A condition is a tree of `all`, `any` and `not` over
tests; a test compares formulas, and a formula may choose between cases by
conditions. A leaf is one test in one place; the same test in two policies is
one `Test` object, known by its canonical text.

All nodes are frozen, in closed unions, and compared by identity (`eq=False`):
the compiler makes one node of each distinct text, so that whoever evaluates
may remember results by node.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from policy_match.domain.days import moved
from policy_match.domain.frozen import dataclass

if TYPE_CHECKING:
    from policy_match.domain.codes import CodeSystem
    from policy_match.domain.days import Unit
    from policy_match.domain.facts import FactType
    from policy_match.domain.possible import Number
    from policy_match.domain.texts import Citation, Text
    from policy_match.errors import Place

Comparison = Literal["=", "<", "<=", ">", ">="]
DayName = Literal["on", "year.from", "year.to"]
Sign = Literal["+", "-", "*", "/"]
ExtremeKind = Literal["min", "max"]

# ---- formulas


@dataclass(frozen=True, slots=True)
class ParameterUse:
    """A parameter's value as of a day, and the window it comes from."""

    name: str
    """With its key: `grant_rate.exporter`."""
    title: Text
    start: date | None
    end: date | None
    cite: tuple[Citation, ...]
    status: str
    local: bool = False
    """Whether a parameters file, not the rulebook, set it."""
    value: Number | None = None
    """The number of that window; None for a schedule and where no document sets it."""
    type: FactType | None = None
    """Of the number."""


@dataclass(frozen=True, slots=True)
class DayTerm:
    """The day asked for, or an end of its year, moved by lengths of time in turn."""

    of: DayName
    moves: tuple[tuple[int, Unit], ...] = ()

    def on(self, day: date) -> int:
        """Return the day, as its ordinal, where `day` is asked for."""
        named: dict[DayName, date] = {
            "on": day,
            "year.from": date(day.year, 1, 1),
            "year.to": date(day.year, 12, 31),
        }
        found = named[self.of].toordinal()
        for count, unit in self.moves:
            found = moved(found, count, unit)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Const:
    """A number (a date as its ordinal), with the parameters it came from.

    Where `term` stands, the value is that of the term on the program's day.
    """

    value: Number
    type: FactType
    uses: tuple[ParameterUse, ...] = ()
    text: str = ""
    term: DayTerm | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """A member of an enum (or a bool), as the result of a case; None for none."""

    member: str | bool | None


@dataclass(frozen=True, slots=True, eq=False)
class Unset:
    """A parameter that no document fixes; whatever uses it has no amount."""

    use: ParameterUse
    set_by: Text


@dataclass(frozen=True, slots=True, eq=False)
class FactRef:
    """The value of a fact, given or derived."""

    fact: str


@dataclass(frozen=True, slots=True, eq=False)
class Arithmetic:
    """`left operator right`, for `+`, `-`, `*` and `/`."""

    operator: Sign
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Moved:
    """A day so many months or days later; earlier where `count` is below zero."""

    of: Expression
    count: int
    unit: Unit


@dataclass(frozen=True, slots=True, eq=False)
class Extreme:
    """The smallest or the largest of several values."""

    kind: ExtremeKind
    of: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Mean:
    """The mean of all numbers in a list fact."""

    fact: str


@dataclass(frozen=True, slots=True)
class Band:
    """A bracket: the marginal rate up to a bound; None for the open last one."""

    upto: Number | None
    rate: Number


@dataclass(frozen=True, slots=True, eq=False)
class Brackets:
    """A progressive schedule applied to a value; zero for what is not above zero."""

    of: Expression
    bands: tuple[Band, ...]
    uses: tuple[ParameterUse, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Between:
    """An amount that an authority fixes between two ends."""

    low: Expression
    high: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One branch; unguarded where `guard` is None."""

    guard: Condition | None
    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """The first branch whose guard holds; no value where none does."""

    branches: tuple[Case, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Switch:
    """One arm per member of an enum fact; no value for a member without an arm."""

    fact: str
    arms: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """The label of the longest code prefix that matches a code fact."""

    fact: str
    rows: tuple[tuple[str, str], ...]
    system: CodeSystem


Expression = (
    Const
    | Label
    | Unset
    | FactRef
    | Arithmetic
    | Moved
    | Extreme
    | Mean
    | Brackets
    | Between
    | Cases
    | Switch
    | Lookup
)


# ---- conditions


@dataclass(frozen=True, slots=True, eq=False)
class Compare:
    """A comparison of two numbers or two dates."""

    text: str
    operator: Comparison
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Holds:
    """An enum, text or bool fact is one of some members."""

    text: str
    fact: str
    members: frozenset[str | bool]


@dataclass(frozen=True, slots=True, eq=False)
class Under:
    """A code fact lies at or below one of some codes."""

    text: str
    fact: str
    codes: frozenset[str]
    system: CodeSystem


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """A number or date lies between two ends, both included."""

    text: str
    of: Expression
    low: Expression
    high: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Absent:
    """A fact is known to have no value: `fact = none`."""

    text: str
    fact: str


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """A test the day alone decides, such as `on >= 2022-01-01`.

    `of` is the comparison, where the day asked for is a term of it.
    """

    text: str
    holds: bool
    of: Compare | Within | None = None


Test = Compare | Holds | Under | Within | Absent | Fixed


@dataclass(frozen=True, slots=True)
class Note:
    """What the author says of a condition: citation, plain words, reason, place."""

    cite: tuple[Citation, ...] = ()
    says: Text | None = None
    why: Text | None = None
    place: Place | None = None


NO_NOTE = Note()


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One test in one place of a tree."""

    test: Test
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True, eq=False)
class All:
    """Every part must hold."""

    of: tuple[Condition, ...]
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True, eq=False)
class AnyOf:
    """One part is enough."""

    of: tuple[Condition, ...]
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True, eq=False)
class Not:
    """The part must not hold."""

    of: Condition
    note: Note = NO_NOTE


Condition = All | AnyOf | Not | Leaf


def name(condition: Condition) -> str:
    """Return the canonical text of a leaf, or the word of an inner node."""
    match condition:
        case Leaf(test=test):
            return test.text
        case All():
            return "all"
        case AnyOf():
            return "any"
        case Not():
            return "not"
