"""The rulebook as data: its policies, facts and figures, for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from policy_match.domain.facts import FactType, Nature, Settler
from policy_match.domain.incentives import Kind
from policy_match.reports.document.values import Part, Value


class Days(Part):
    """Days from one to another, both included; an open end is null."""

    from_: date | None
    to: date | None


class ListedPolicy(Part):
    """A policy of the rulebook, in force on the day or not."""

    policy: str
    title: str
    kind: Kind
    in_force: bool
    section: str | None
    reaches: Literal["directly", "indirectly"]
    windows: tuple[Days, ...]


class Condition(Part):
    """A condition in words, with the documents it rests on and what it consists of."""

    says: str
    cites: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()
    why: str = ""
    of: tuple[Condition, ...] = ()


class BenefitLine(Part):
    """A tier of a benefit, and its amount in words."""

    title: str
    amount: str


class Departments(Part):
    """Who leads a policy, and who grants it."""

    lead: str
    granting: str


class DescribedPolicy(ListedPolicy):
    """All there is to say of one policy on one day, in words."""

    summary: str
    conditions: tuple[Condition, ...]
    benefit: tuple[BenefitLine, ...]
    relations: tuple[str, ...]
    figures: tuple[str, ...]
    claim: Mapping[str, tuple[str, ...]]
    departments: Departments
    basis: tuple[str, ...]
    sources: tuple[str, ...]
    notes: str | None


class FactEntry(Part):
    """A fact of the vocabulary: what it means, and what it may be."""

    fact: str
    type: FactType
    title: str
    asks: str
    definition: str | None
    unit: str | None
    range: Value | None
    """Of a number; null where it has no bounds."""
    may_be_none: bool
    values: Mapping[str, str] | None
    system: str | None
    format: str | None
    aliases: tuple[str, ...]
    settled_by: Settler
    nature: Nature | None
    theme: str | None
    derived: bool
    asked: bool
    elected: bool
    event: bool
    cite: tuple[str, ...]


class FigureEntry(Part):
    """A figure of the law on the day: its value, its window, its documents."""

    parameter: str
    title: str
    value: Value
    from_: date | None
    to: date | None
    status: str
    local: bool
    cite: tuple[str, ...]


class DocumentEntry(Part):
    """A document that the rulebook rests on."""

    source: str
    number: str
    title: str
    issuer: str
    issued: date | None
    replaced_by: str | None
    """The id of the document that took its place."""


class CodeEntry(Part):
    """A code that words may mean; `path` are the names of the codes above it."""

    code: str
    name: str
    path: tuple[str, ...]
