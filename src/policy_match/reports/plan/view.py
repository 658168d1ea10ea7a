"""A plan in the words of one language: what text, Markdown and HTML share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_match.reports.views.view import Total


@dataclass(frozen=True)
class Step:
    """One thing to do; `rows` are what there is to know of it, each with its label."""

    number: int
    day: str
    left: str
    title: str
    worth: str
    certain: bool
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Paper:
    """A paper, and the steps that it is for."""

    paper: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Past:
    """What of earlier years can still be had: which policy, each year until when."""

    title: str
    until: str


@dataclass(frozen=True)
class Plan:
    """The whole plan of one firm."""

    lang: str
    firm: str
    uscc: str
    about: str
    days: str
    totals: tuple[Total, ...]
    open_amounts: str
    together: tuple[str, ...]
    count: str
    nearest: str
    steps: tuple[Step, ...]
    services: str
    closed: str
    papers: tuple[Paper, ...]
    keep: tuple[Paper, ...]
    past_how: str
    past: tuple[Past, ...]
    awaited: tuple[tuple[str, str], ...]
    further: tuple[str, ...]
    warnings: tuple[str, ...]
    rulebook: str
    disclaimer: str
