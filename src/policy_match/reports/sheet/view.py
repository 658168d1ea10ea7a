"""A decision sheet in the words of one language, as its page lays it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from policy_match.reports.views.view import Computed, Total


class Sealed(NamedTuple):
    """The decision record that a sheet is of: when it was made, and its seal."""

    at: str
    seal: str


@dataclass(frozen=True)
class Decided:
    """One policy: what was decided, and what it is worth.

    By its `number` the documents name it; one that is not in force has none.
    """

    number: str
    mark: str
    title: str
    decision: str
    worth: str
    department: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """One condition: the firm's value, who states it, and where the law says so."""

    mark: str
    says: str
    value: str
    who: str
    cites: str


@dataclass(frozen=True)
class Conditions:
    """What one policy asks for; `change` is how a firm that fails would meet it."""

    title: str
    rows: tuple[Condition, ...]
    change: str = ""


@dataclass(frozen=True)
class Amount:
    """How one amount came about."""

    title: str
    steps: tuple[Computed, ...]
    worth: str
    saves: str


@dataclass(frozen=True)
class Awaited:
    """What an authority still has to decide."""

    title: str
    asks: tuple[str, ...]
    worth: str
    department: str


@dataclass(frozen=True)
class Document:
    """A document in force: its articles, and its days."""

    number: str
    articles: str
    period: str


@dataclass(frozen=True)
class Documents:
    """The documents that the same policies, told by their numbers, rest on."""

    governs: str
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class Wanted:
    """A fact that is still missing, what it settles, and who knows it."""

    asks: str
    settles: str
    who: str


@dataclass(frozen=True)
class Sheet:
    """The whole sheet of one firm."""

    lang: str
    firm: str
    uscc: str
    about: str
    days: str
    rulebook: str
    digest: str
    sealed: Sealed | None
    totals: tuple[Total, ...]
    open_amounts: str
    together: tuple[str, ...]
    decided: tuple[Decided, ...]
    conditions: tuple[Conditions, ...]
    described: str
    amounts: tuple[Amount, ...]
    determined: tuple[str, ...]
    awaited: tuple[Awaited, ...]
    best: tuple[str, ...]
    computed: tuple[tuple[str, str], ...]
    cliffs: tuple[str, ...]
    documents: tuple[Documents, ...]
    wanted: tuple[Wanted, ...]
    warnings: tuple[str, ...]
    disclaimer: str
