"""The playground: a rulebook and a firm as texts, what comes of them as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policy_match import api
from policy_match.language.messages import clean, in_language

if TYPE_CHECKING:
    from policy_match.errors import Fault


def draft(rules: str, firm: str, lang: str) -> dict[str, Any]:
    """Return what is wrong with a rulebook and a profile, and the answer.

    `faults` and `firm_faults` are those of `lint` and of `check`, each with its
    line and column; `answer` is the JSON of `check`, `profile` the schema of what may
    stand in a profile, both null where there is none.
    """
    found = api.try_rules(rules, firm)
    return {
        "faults": [_told(fault, lang) for fault in found.faults],
        "firm_faults": [_told(fault, lang) for fault in found.firm_faults],
        "profile": found.profile,
        "answer": None if found.answer is None else found.answer.to_dict(lang),
    }


def _told(fault: Fault, lang: str) -> dict[str, Any]:
    return {
        "code": fault.code,
        "severity": fault.severity,
        "line": fault.place.line,
        "column": fault.place.column,
        "message": clean(fault.message.to(lang)),
        "hint": clean(in_language(fault.hint, lang)),
    }
