"""One answer in the words of one language: what text, markdown and HTML share.

They can differ in layout and in nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """A condition, a fact or a heading in a tree of evidence.

    `mark` is `met`, `failed`, `open`, or `fact` where there is nothing to hold.
    """

    mark: str
    words: str
    value: str = ""
    thresholds: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    why: str = ""
    decisive: bool = False
    heading: bool = False
    of: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Missing:
    """A fact that is still open: what it is called, its question, who settles it."""

    title: str
    asks: str
    who: str
    judged: bool


@dataclass(frozen=True)
class ClaimStep:
    """One part of how to claim: what it is, and its texts."""

    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Computed:
    """A step of how an amount came about, and the figures of the law it takes."""

    words: str
    figures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One policy in the answer.

    `saves` is the tax that a deduction saves; `computed` is how its amount came about
    in one line, `steps` every step of it.
    """

    id: str
    key: str
    title: str
    chip: str
    tier: str = ""
    form: str = ""
    amount: str = ""
    worth: str = ""
    saves: str = ""
    computed: str = ""
    steps: tuple[Computed, ...] = ()
    cite: str = ""
    basis: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    remarks: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    reason: str = ""
    change: str = ""
    summary: str = ""
    departments: str = ""
    period: str = ""
    claim: tuple[ClaimStep, ...] = ()
    standing: str = ""
    """How the claim stands on the day of asking, where there is a day to tell."""
    sources: tuple[str, ...] = ()
    notes: str = ""
    evidence: tuple[Node, ...] = ()
    unfolded: bool = False
    service: bool = False


@dataclass(frozen=True)
class Group:
    """Policies that stand alike; `column` says what `reason` tells of each.

    `services` is one line of those in `more`, which are told on request.
    """

    key: str
    title: str
    column: str
    lines: tuple[Line, ...]
    more: tuple[Line, ...] = ()
    services: str = ""

    @property
    def count(self) -> int:
        """How many policies stand in it, those on request included."""
        return len(self.lines) + len(self.more)


@dataclass(frozen=True)
class Total:
    """What a firm surely gets of one form: in words, and of how many policies."""

    form: str
    worth: str
    count: int


@dataclass(frozen=True)
class Front:
    """What a reader looks for first; `rows` are lines, each with its label."""

    about: str
    totals: tuple[Total, ...]
    open_amounts: str
    together: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ask:
    """A question worth answering next: who knows, what it is worth and settles."""

    title: str
    asks: str
    who: str
    worth: str
    aims: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """The whole answer for one firm.

    `every` where all of it was asked for, questions too; `full` where all policies
    are told.
    """

    lang: str
    title: str
    firm: str
    uscc: str
    as_of: str
    rulebook: str
    counts: tuple[tuple[str, str, int], ...]
    few: str
    warnings: tuple[str, ...]
    local: str
    groups: tuple[Group, ...]
    asks: tuple[Ask, ...]
    best: tuple[str, ...]
    determined: tuple[str, ...]
    cliffs: tuple[str, ...]
    disclaimer: str
    front: Front
    full: bool
    every: bool

    @property
    def first(self) -> tuple[Group, ...]:
        """What the firm gets, told before the questions; none where it gets none."""
        return tuple(group for group in self.groups if group.key == "eligible")

    @property
    def rest(self) -> tuple[Group, ...]:
        """The other groups, told after the questions."""
        return tuple(group for group in self.groups if group.key != "eligible")
