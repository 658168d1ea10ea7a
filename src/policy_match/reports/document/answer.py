"""The answer as data: the JSON of the contract, section 4."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.reports.document.evidence import EvidenceJson
from policy_match.reports.document.values import encoded, exact_amount, interval, scalar
from policy_match.reports.views.bundle import best_object
from policy_match.reports.views.provenance import Grounds
from policy_match.reports.views.summary import (
    counts,
    given_text,
    nearest_window,
    rounded,
    totals,
    warning_words,
)
from policy_match.reports.words.vocabulary import Vocabulary
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Interval, Number
    from policy_match.ir.program import Claim, OutOfForce
    from policy_match.reports.document.evidence import Object
    from policy_match.reports.document.values import Json
    from policy_match.semantics.outcome import (
        Assessment,
        Cliff,
        Finding,
        Loss,
        Proposal,
        Question,
        Step,
    )

SCHEMA = "policy-match/assessment/1"


def render_json(assessments: Sequence[Assessment], lang: str) -> str:
    """Return one object for one firm, a list for several."""
    found = [as_object(assessment, lang) for assessment in assessments]
    data = found[0] if len(found) == 1 else found
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_object(assessment: Assessment, lang: str) -> Object:
    """Return the whole answer as one object."""
    program, words = assessment.program, Vocabulary.of(assessment.program, lang)
    findings = _Findings(assessment, words)
    node: Object = {
        "schema": SCHEMA,
        "backend": assessment.backend,
        "rulebook": {"id": program.rulebook, "digest": program.digest},
        "on": program.day.isoformat(),
        "firm": {fact: given_text(assessment, fact) for fact in ("name", "uscc")},
        "derived": {
            fact: encoded(value, program.facts[fact])
            for fact, value in assessment.values.items()
        },
        "findings": [findings.one(found) for found in assessment.findings],
        "not_in_force": [_outside(p, assessment, words) for p in program.out_of_force],
        "questions": [_question(q, words) for q in assessment.questions],
        "warnings": [
            warning_words(w, assessment.facts.given, words) for w in assessment.warnings
        ],
        "bundle": best_object(assessment.best),
        "cliffs": [_cliff(cliff, words) for cliff in assessment.prospects.cliffs],
        "totals": _totals(assessment),
        "disclaimer": words.text(program.disclaimer),
    }
    if program.local:
        node["local"] = {
            "parameters": {name: _local(name, words) for name in program.local}
        }
    return node


class _Findings:
    """Writes findings; what derived facts rest on is shared between them."""

    def __init__(self, assessment: Assessment, words: Vocabulary) -> None:
        self.words, self.prospects = words, assessment.prospects
        self.grounds = Grounds(assessment.program, assessment.facts.given)
        self.evidence = EvidenceJson(self.grounds, words)

    def one(self, found: Finding) -> Object:
        """Return a policy's entry under `findings`: outcome, benefit, evidence."""
        policy, about, words = found.policy, found.policy.about, self.words
        tiers = [tier for tier in found.benefit.tiers if tier] if found.benefit else []
        return {
            "policy": policy.id,
            "title": words.text(about.title),
            "kind": about.kind,
            "outcome": found.outcome.value,
            "selected": found.selected,
            "excluded_by": found.excluded_by,
            "tier": tiers[0] if len(tiers) == 1 else None,
            "tiers": [*tiers],
            "benefit": self._benefit(found),
            "missing": [*found.missing],
            "awaiting": [settler.value for settler in found.awaiting],
            "evidence": self.evidence.tree(found.evidence),
            "sources": [words.number_of(x) for x in self.grounds.sources(found)],
            "departments": {
                "lead": words.department(about.lead),
                "granting": words.department(about.granting),
            },
            "claim": _claim(about.claim, words),
            "would_change": [
                _proposal(proposal, words)
                for proposal in self.prospects.proposals.get(policy.id, ())
            ],
        }

    def _benefit(self, found: Finding) -> Json:
        if found.outcome is Outcome.INELIGIBLE or found.benefit is None:
            return None
        amount = found.benefit.amount
        exact = exact_amount(amount) if amount else None
        set_by = None if exact else self.grounds.set_by(found)
        return {
            "form": found.policy.form,
            "amount": exact,
            "range": None if exact or amount is None else _range(amount),
            "set_by": self.words.text(set_by) or None,
            "unit": self.words.program.currency,
        }


def _range(amount: Interval) -> Json:
    if not amount.some:
        return {"none": True}
    found = interval(rounded(amount)._replace(absent=True), FactType.MONEY)
    assert isinstance(found, dict)  # noqa: S101  # INVARIANT: as it may be absent
    if not amount.absent:
        del found["none"]
    return found


def _claim(claim: Claim, words: Vocabulary) -> Object:
    return {
        "automatic": claim.automatic,
        "channel": words.text(claim.channel) or None,
        "deadline": words.text(claim.deadline) or None,
        "documents": _list(claim.documents, words),
        "keep": _list(claim.keep, words),
    }


def _list(texts: Mapping[str, Sequence[str]], words: Vocabulary) -> list[Json]:
    return [*texts.get(words.lang, next(iter(texts.values()), ()))]


def _outside(policy: OutOfForce, assessment: Assessment, words: Vocabulary) -> Object:
    window = nearest_window(policy.about.windows, assessment.day)
    start = window.start if window else None
    end = window.end if window else None
    return {
        "policy": policy.id,
        "title": words.text(policy.about.title),
        "from": start.isoformat() if start else None,
        "to": end.isoformat() if end else None,
    }


def _question(question: Question, words: Vocabulary) -> Object:
    spec = words.program.facts[question.fact]
    return {
        "fact": question.fact,
        "title": words.title(question.fact),
        "asks": words.question(question.fact),
        "settles": [*question.settles],
        "settled_by": spec.settled_by.value,
    }


def _proposal(proposal: Proposal, words: Vocabulary) -> Object:
    amount = proposal.benefit.amount
    exact = exact_amount(amount) if amount else None
    return {
        "changes": [_step(step, words) for step in proposal.steps],
        "day": proposal.day.isoformat() if proposal.day else None,
        "to_decide": [*proposal.to_decide],
        "loses": _losses(proposal.loses),
        "amount": exact,
        "range": None if exact or amount is None else _range(amount),
    }


def _step(step: Step, words: Vocabulary) -> Object:
    spec = words.program.facts[step.fact]
    distance = step.distance
    return {
        "fact": step.fact,
        "now": encoded(step.now, spec),
        "to": encoded(step.to, spec),
        "distance": None if distance is None else _length(distance, spec),
    }


def _length(distance: Number, spec: FactSpec) -> Json:
    """Return how far; between two days it is a number of days."""
    kind = FactType.INT if spec.type is FactType.DATE else spec.type
    return scalar(distance, kind)


def _cliff(cliff: Cliff, words: Vocabulary) -> Object:
    spec = words.program.facts[cliff.fact]
    return {
        "fact": cliff.fact,
        "now": scalar(cliff.now, spec.type),
        "last": scalar(cliff.last, spec.type),
        "room": _length(cliff.room, spec),
        "losses": _losses(cliff.losses),
    }


def _losses(losses: Iterable[Loss]) -> list[Json]:
    return [
        {"policy": x.policy, "amount": exact_amount(x.amount) if x.amount else None}
        for x in losses
    ]


def _totals(assessment: Assessment) -> Object:
    node: Object = {
        outcome.value: number for outcome, number in counts(assessment.findings).items()
    }
    node["amount"] = {
        form: _range(worth) for form, worth in totals(assessment.findings).items()
    }
    return node


def _local(name: str, words: Vocabulary) -> Json:
    """Return the value a parameters file sets, or its values by key."""
    found = {
        key.removeprefix(name).removeprefix("."): scalar(figure.value, figure.type)
        for key, figure in words.program.figures.items()
        if key.partition(".")[0] == name
    }
    return found.get("", {**found})
