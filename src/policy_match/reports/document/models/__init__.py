"""The answer for one firm as a typed document (contract, section 4).

JSON is its dump, the JSON Schema its models', a decision record its sealed part.
A field with a default is left out of JSON where it has it; every other field is
always there, but for what is only in memory: text, Markdown and HTML are written
from the document too, and need to know a little more.
"""

from __future__ import annotations

from typing import Final

from policy_match.reports.document.models.advice import (
    Action,
    Bundle,
    Cliff,
    Cut,
    Dropped,
    Later,
    RunnerUp,
    Tally,
)
from policy_match.reports.document.models.answer import (
    Answer,
    Determination,
    Firm,
    Local,
    Made,
    OutOfForce,
    Question,
    SealedAnswer,
    TaxDue,
    Totals,
)
from policy_match.reports.document.models.evidence import (
    Cite,
    Definition,
    Evidence,
    Parameter,
    Test,
    Threshold,
    Tree,
)
from policy_match.reports.document.models.finding import (
    Benefit,
    Change,
    Claim,
    Departments,
    Document,
    Finding,
    Loss,
    Proposal,
    SealedFinding,
    Step,
)

SCHEMA: Final = "policy-match/assessment/1"

__all__ = [
    "SCHEMA",
    "Action",
    "Answer",
    "Benefit",
    "Bundle",
    "Change",
    "Cite",
    "Claim",
    "Cliff",
    "Cut",
    "Definition",
    "Departments",
    "Determination",
    "Document",
    "Dropped",
    "Evidence",
    "Finding",
    "Firm",
    "Later",
    "Local",
    "Loss",
    "Made",
    "OutOfForce",
    "Parameter",
    "Proposal",
    "Question",
    "RunnerUp",
    "SealedAnswer",
    "SealedFinding",
    "Step",
    "Tally",
    "TaxDue",
    "Test",
    "Threshold",
    "Totals",
    "Tree",
]
