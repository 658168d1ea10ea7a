"""What kinds of incentive there are, and in what form a firm has one."""

from __future__ import annotations

from typing import Literal

Kind = Literal[
    "tax",
    "subsidy",
    "finance",
    "procurement",
    "service",
    "recognition",
    "space",
    "talent",
]
Form = Literal[
    "deduction",
    "tax-reduction",
    "grant",
    "fee-reduction",
    "preference",
    "deferral",
    "service",
    "recognition",
    "credit",
]

IN_MONEY = frozenset(
    ("deduction", "tax-reduction", "grant", "fee-reduction", "preference", "deferral")
)
"""The forms that are counted in money."""

IN_HAND = IN_MONEY - {"preference"}
"""Money that a firm is paid or keeps; a preference counts in a bid alone."""
