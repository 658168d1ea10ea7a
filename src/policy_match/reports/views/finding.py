"""One finding as one line of the answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policy_match.domain.facts import Settler
from policy_match.language.formats import day_words
from policy_match.reports.document.claims import claim_part
from policy_match.reports.readings.summary import SERVICE, group_of
from policy_match.reports.views.amounts import amount, savings, worth
from policy_match.reports.views.evidence import Trees
from policy_match.reports.views.view import ClaimStep, Computed, Line, Missing
from policy_match.reports.words import claims
from policy_match.reports.words.computations import step_in_words
from policy_match.reports.words.figures import period_words
from policy_match.semantics.claiming import OVER, State, life, unknown_facts
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from policy_match.domain.texts import Window
    from policy_match.ir.program import About, Policy
    from policy_match.reports.document.models import (
        Answer,
        Claim,
        Finding,
        OutOfForce,
        Step,
    )
    from policy_match.reports.words.vocabulary import Vocabulary

_NAMED = 3
_UNDER_WAY = frozenset((State.OPEN, State.NOT_YET, State.LATE))


class Lines:
    """Puts the findings of one document into words."""

    def __init__(self, document: Answer, words: Vocabulary) -> None:
        """Put nothing into words yet."""
        self.words = words
        self.trees = Trees(document.definitions, words)
        self.actions = {action.policy: action for action in document.actions}

    def line(self, found: Finding, *, unfolded: bool, evidence: bool) -> Line:
        """Return one finding in words, with its evidence or without."""
        words = self.words
        policy = words.program.by_id[found.policy]
        key = group_of(found.outcome, found.open_for_outcome)
        told = evidence or found.outcome is Outcome.ELIGIBLE
        steps = found.computation or () if told else ()
        reasons = self.trees.reasons(found.evidence) if key == "ineligible" else ()
        basis = document_words(found, words)
        return Line(
            id=found.policy,
            key=key,
            title=words.heading(policy.about.title),
            chip=self._chip(found, key),
            tier=self._tier(found, policy),
            form=words.label(f"form-{policy.form}"),
            amount=amount(found, words),
            worth=worth(found, words),
            saves=savings(found, words),
            computed=self._computed(steps),
            steps=tuple(map(self._step, steps)),
            cite=basis[0],
            basis=basis,
            missing=self._missing(found.open_for_outcome or found.missing),
            remarks=tuple(self._remarks(found)),
            reasons=reasons,
            reason=self._reason(found, reasons),
            summary=words.text(policy.about.summary),
            departments=departments(policy.about, words),
            period=windows_words((policy.window,), words),
            claim=self._claim(found),
            standing=self._standing(found),
            sources=found.sources,
            notes=words.text(policy.about.notes),
            evidence=self.trees.evidence(found.evidence) if evidence else (),
            unfolded=unfolded,
            service=policy.form == SERVICE,
        )

    def _step(self, step: Step) -> Computed:
        return Computed(self._says(step), self.trees.figures(step.parameters))

    def _computed(self, steps: Sequence[Step]) -> str:
        """Return the steps of the amount itself, in one line."""
        own = (self._says(step) for step in steps if step.fact is None)
        return self.words.label("semicolon").join(own)

    def _says(self, step: Step) -> str:
        value = step.value
        return step_in_words(step.says, value.number, value.kind, self.words)

    def _standing(self, found: Finding) -> str:
        """Return how the claim stands, where there is a day to tell or it is over."""
        action = self.actions.get(found.policy)
        if action and action.state in OVER:
            return action.what
        dated = action and (action.by or action.recover_until)
        return action.standing if action and dated else ""

    def _claim(self, found: Finding) -> tuple[ClaimStep, ...]:
        """Return how to claim, and how that stands on the day of asking."""
        words, claim = self.words, found.claim
        action = self.actions.get(found.policy)
        deadline = (claim.deadline,) if claim.deadline else ()
        return _listed(
            words,
            *_manner(claim, words),
            ("deadline", deadline),
            ("act-now", (action.standing,) if action and action.by else ()),
            *_papers(claim, words),
            ("act-recover", (action.recover,) if action else ()),
            ("claw-back", (claim.claw_back,)),
            ("claim-note", (claim.note,)),
        )

    def _chip(self, found: Finding, key: str) -> str:
        if key == "eligible" and found.selected is not True:
            name = "choice-open" if found.selected is None else "excluded"
            return self.words.label(name)
        return self.words.label(key)

    def _tier(self, found: Finding, policy: Policy) -> str:
        titles = {tier.name: tier.title for tier in policy.tiers}
        return self.words.text(titles[found.tier]) if found.tier else ""

    def _missing(self, facts: Iterable[str]) -> tuple[Missing, ...]:
        return tuple(missing(fact, self.words) for fact in facts)

    def _remarks(self, found: Finding) -> Iterable[str]:
        words = self.words
        if found.outcome is Outcome.ELIGIBLE and found.missing:
            yield words.label("amount-needs", facts=self._few(found.missing))
        if found.outcome is not Outcome.INELIGIBLE and found.excluded_by:
            other = words.policy(found.excluded_by)
            yield words.label("excluded-by", other=other)
        elif found.outcome is Outcome.ELIGIBLE and found.selected is None:
            yield words.label("undecided-choice")

    def _reason(self, found: Finding, reasons: Sequence[str]) -> str:
        if found.outcome is Outcome.INELIGIBLE:
            return self.words.label("semicolon").join(reasons)
        if found.outcome is Outcome.UNDETERMINED:
            return self._few(found.open_for_outcome)
        return ""

    def _few(self, facts: Sequence[str]) -> str:
        comma = self.words.label("comma")
        text = comma.join(map(self.words.title, facts[:_NAMED]))
        if len(facts) > _NAMED:
            return self.words.label("and-more", listed=text, count=len(facts))
        return text


def document_words(found: Finding, words: Vocabulary) -> tuple[str, ...]:
    """Return what grants it, or why nothing is named that does; maybe an empty text."""
    if found.basis_not_found:
        return (words.label("basis-not-found", why=found.basis_not_found),)
    quoted = (
        _quoted(f"{one.number} {one.article or ''}".strip(), one.source, words)
        for one in found.basis
    )
    return tuple(quoted) or ("",)


def granted_by(policy: Policy, words: Vocabulary) -> tuple[str, ...]:
    """Return what grants a policy on the day, to whatever firm."""
    if policy.no_basis:
        return (words.label("basis-not-found", why=words.text(policy.no_basis)),)
    cites = dict.fromkeys(part.cite for part in policy.basis)
    quoted = (_quoted(words.cite(cite), cite.source, words) for cite in cites)
    return tuple(text for text in quoted if text)


def _quoted(cited: str, document: str, words: Vocabulary) -> str:
    """Return a citation as a person quotes it; one issued after the day says so."""
    source = words.program.sources.get(document)
    if source and source.issued and source.issued > words.program.day:
        issued = day_words(source.issued, words.lang)
        return cited + words.bracketed(words.label("issued-later", day=issued))
    return cited


def missing(fact: str, words: Vocabulary) -> Missing:
    """Return an open fact in words."""
    spec = words.program.facts[fact]
    return Missing(
        title=words.title(fact),
        asks=words.question(fact),
        who=words.label(spec.settled_by.value),
        judged=spec.settled_by is Settler.OFFICER,
    )


def outside(found: OutOfForce, words: Vocabulary, today: date) -> Line:
    """Return a policy that is not in force, with its nearest period.

    Of one that is over, what can still be recovered comes first.
    """
    about = next(p.about for p in words.program.out_of_force if p.id == found.policy)
    nearest = (w for w in about.windows if (w.start, w.end) == (found.from_, found.to))
    period = windows_words(tuple(nearest)[:1], words)
    return Line(
        id=found.policy,
        key="not-in-force",
        title=words.heading(about.title),
        chip=words.label("not-in-force"),
        reason=_over(found, about, words, today) + period,
        summary=words.text(about.summary),
        departments=departments(about, words),
        period=period,
        notes=words.text(about.notes),
    )


def _over(found: OutOfForce, about: About, words: Vocabulary, today: date) -> str:
    """Return what can still be done about a policy whose days are over."""
    ended = found.to is not None and found.to < words.program.day
    if found.to is None or not ended or not about.claim.steps:
        return ""
    then = replace(words.program, day=found.to)
    stands = life(then, about, today, unknown_facts(words.program))
    how = claims.recovery(stands, words)
    if stands.state in _UNDER_WAY and claims.day_of(stands.by, words):
        told = claims.standing(stands, about, today, words)
    elif how:
        told = words.label("still-recoverable", how=how)
    elif stands.state in _UNDER_WAY:
        # Of what hangs on an event, no day tells that it is not over.
        return ""
    else:
        told = claims.what(stands, about, words)
    return told + words.label("semicolon") if told else ""


def windows_words(windows: Iterable[Window], words: Vocabulary) -> str:
    """Return periods in words, and why they are what they are."""
    found = []
    for window in windows:
        text = period_words(window.start, window.end, words.lang)
        if window.because == "plan-period":
            text += words.bracketed(words.label("because-plan-period"))
        found.append(text)
    return words.label("semicolon").join(found) or words.label("no-period")


def departments(about: About, words: Vocabulary) -> str:
    """Return the departments: the granting one, and the lead where it is another."""
    lead, granting = words.department(about.lead), words.department(about.granting)
    named = [(words.label("granting"), granting)]
    if lead != granting:
        named.append((words.label("lead"), lead))
    colon = words.label("colon")
    return words.label("semicolon").join(f"{role}{colon}{who}" for role, who in named)


def claim_steps(
    about: About, words: Vocabulary, today: date | None = None
) -> tuple[ClaimStep, ...]:
    """Return how to claim, step by step, for a firm of which nothing is known.

    Days are those of the period around the program's day; with `today` those to
    come, how the claim stands on it, and what of the past can be recovered.
    """
    known = unknown_facts(words.program)
    claim = claim_part(about.claim, words, known)
    days = claims.days_of(about.claim, words, known, today)
    stands = recovery = ""
    if today is not None:
        days = (words.label("semicolon").join(filter(None, days)),)
        found = life(words.program, about, today, known)
        stands = claims.standing(found, about, today, words)
        recovery = claims.recovery(found, words)
    return _listed(
        words,
        *_manner(claim, words),
        ("deadline", days),
        ("act-now", (stands,)),
        *_papers(claim, words),
        ("act-recover", (recovery,)),
        ("claw-back", (claim.claw_back,)),
        ("claim-note", (claim.note,)),
    )


_Part = tuple[str, tuple[str, ...]]


def _manner(claim: Claim, words: Vocabulary) -> tuple[_Part, ...]:
    """Return how and where to claim; without a public guide that, and whom to ask."""
    if claim.how == "unknown":
        return (("claim", (words.label("act-no-guide", who=claim.ask),)),)
    return (
        ("claim", (words.label("automatic"),) if claim.automatic else ()),
        ("channel", (claim.channel or "",)),
        ("claim-where", (claim.where,)),
        ("claim-ask", (claim.ask,)),
    )


def _papers(claim: Claim, words: Vocabulary) -> tuple[_Part, ...]:
    """Return what to hand in, to have and to keep, with who issues it."""
    parts = {"documents": claim.documents, "bring": claim.bring, "keep": claim.keep}
    by = claim.issued_by or {}
    return tuple(
        (key, claims.with_issuers(papers, by, words)) for key, papers in parts.items()
    )


def _listed(words: Vocabulary, *parts: _Part) -> tuple[ClaimStep, ...]:
    """Return what is said of each part, under its label."""
    told = ((key, tuple(filter(None, texts))) for key, texts in parts)
    return tuple(ClaimStep(words.label(key), texts) for key, texts in told if texts)
