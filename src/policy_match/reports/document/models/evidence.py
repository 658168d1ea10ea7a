"""How conditions stand, and how facts came by their values."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Literal

from policy_match.domain.truth import TruthWord
from policy_match.reports.document.values import IN_MEMORY, Part, Rule, Value


class Cite(Part):
    """An article of a document."""

    source: str
    article: str | None


class Parameter(Part):
    """A figure of the law: its window, and the documents that set it."""

    parameter: str
    title: str
    from_: date | None
    to: date | None
    cite: Cite | None
    status: str
    cites: tuple[Cite, ...] = ()
    local: bool = False
    own: Value | None = field(default=None, compare=False, metadata=IN_MEMORY)
    """The figure itself, of its own window; None for a schedule."""


class Threshold(Parameter):
    """What a value is held against, and the parameters it is made of."""

    value: Value | None
    also: tuple[Parameter, ...] = ()


class Test(Part):
    """How a single condition stands.

    `decisive` tests settle the outcome by themselves, whatever the others become;
    `because` names the `definitions` that the test rests on.
    """

    rule: Rule = field(compare=False, metadata=IN_MEMORY)
    condition: str
    truth: TruthWord
    decisive: bool
    value: Value | None
    threshold: Threshold | tuple[Threshold, ...] | None = None
    because: tuple[str, ...] = ()
    says: str
    cite: Cite | None = None
    cites: tuple[Cite, ...] = ()
    why: str | None = None


class Tree(Part):
    """How `all`, `any` or `not` of conditions stands."""

    rule: Rule = field(compare=False, metadata=IN_MEMORY)
    condition: Literal["all", "any", "not"]
    truth: TruthWord
    of: tuple[Evidence, ...]
    says: str | None = None
    cite: Cite | None = None
    cites: tuple[Cite, ...] = ()
    why: str | None = None


Evidence = Test | Tree


class Definition(Part):
    """How a fact came by its value.

    `of` are the conditions it is defined by, or that were tried until one held;
    `because` names the facts its formula reads, `parameters` the figures.
    """

    fact: str
    says: str
    value: Value | None
    given: bool = False
    parameters: tuple[Parameter, ...] = ()
    of: tuple[Evidence, ...] = ()
    because: tuple[str, ...] = ()
    cite: Cite | None = None
    cites: tuple[Cite, ...] = ()
