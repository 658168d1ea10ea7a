"""One finding as one line of the answer."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from policy_match.domain.facts import Settler
from policy_match.language.formats import day_words
from policy_match.reports.readings.summary import (
    SERVICE,
    group_of,
    has_money,
    is_exact,
    nearest_window,
    rounded,
)
from policy_match.reports.views.evidence import Trees
from policy_match.reports.views.view import ClaimStep, Computed, Line, Missing
from policy_match.reports.words.computations import computation, steps_in_words
from policy_match.reports.words.figures import period_words
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policy_match.domain.possible import Interval
    from policy_match.domain.texts import Citation, Window
    from policy_match.ir.program import About, OutOfForce, Policy
    from policy_match.reports.readings.provenance import Grounds
    from policy_match.reports.words.computations import Step
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.semantics.outcome import Finding

_NAMED = 3


class Lines:
    """Puts the findings of one assessment into words."""

    def __init__(self, grounds: Grounds, words: Vocabulary) -> None:
        """Put nothing into words yet."""
        self.grounds, self.words = grounds, words
        self.trees = Trees(grounds, words)

    def line(self, found: Finding, *, unfolded: bool, evidence: bool) -> Line:
        """Return one finding in words, with its evidence or without."""
        about, words = found.policy.about, self.words
        key = group_of(found)
        told = evidence or found.outcome is Outcome.ELIGIBLE
        steps = self._steps(found) if told else []
        reasons = self.trees.reasons(found.evidence) if key == "ineligible" else ()
        return Line(
            id=found.policy.id,
            key=key,
            title=words.heading(about.title),
            chip=self._chip(found, key),
            tier=self._tier(found),
            form=words.label(f"form-{found.policy.form}"),
            amount=self.amount(found),
            worth=self.worth(found),
            computed=self._computed(steps),
            steps=tuple(self._told(steps)),
            cite=self._basis(found)[0],
            basis=self._basis(found),
            missing=self._missing(found.open_for_outcome or found.missing),
            remarks=tuple(self._remarks(found)),
            reasons=reasons,
            reason=self._reason(found, reasons),
            summary=words.text(about.summary),
            departments=departments(about, words),
            period=windows_words((found.policy.window,), words),
            claim=claim_steps(about, words),
            sources=tuple(map(words.number_of, self.grounds.sources(found))),
            notes=words.text(about.notes),
            evidence=self.trees.evidence(found.evidence) if evidence else (),
            unfolded=unfolded,
            service=found.policy.form == SERVICE,
        )

    def _steps(self, found: Finding) -> list[Step]:
        """Return how an amount came about; of what is out of reach there is none."""
        if found.outcome is Outcome.INELIGIBLE:
            return []
        return computation(found, self.grounds.behind(found), self.words)

    def _told(self, steps: Sequence[Step]) -> Iterable[Computed]:
        told = steps_in_words(steps, self.words)
        for step, text in zip(steps, told, strict=True):
            yield Computed(text, self.trees.figures(step.uses))

    def _computed(self, steps: Sequence[Step]) -> str:
        """Return the steps of the amount itself, in one line."""
        own = [step for step in steps if step.fact is None]
        return self.words.label("semicolon").join(steps_in_words(own, self.words))

    def _chip(self, found: Finding, key: str) -> str:
        if key == "eligible" and found.selected is not True:
            name = "choice-open" if found.selected is None else "excluded"
            return self.words.label(name)
        return self.words.label(key)

    def _tier(self, found: Finding) -> str:
        names = found.benefit.tiers if found.benefit else ()
        if len(names) != 1 or not names[0]:
            return ""
        titles = {tier.name: tier.title for tier in found.policy.tiers}
        return self.words.text(titles[names[0]])

    def _basis(self, found: Finding) -> tuple[str, ...]:
        """Return what grants it, or why nothing is named that does."""
        return basis_words(self.grounds.basis(found), found.policy, self.words)

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

    # ---- amounts

    def worth(self, found: Finding) -> str:
        """Return the form of the benefit and its amount."""
        form = self.words.label(f"form-{found.policy.form}")
        amount = self.amount(found)
        if not amount:
            return form
        known = found.benefit and found.benefit.amount
        told = known and not (known.high == inf and known.low <= 0)
        key = "amount-form" if told else "form-without"
        return self.words.label(key, form=form, amount=amount)

    def amount(self, found: Finding) -> str:
        """Return what the firm gets if it is eligible, in words."""
        if found.outcome is Outcome.INELIGIBLE or found.benefit is None:
            return ""
        amount, words = found.benefit.amount, self.words
        who = words.text(self.grounds.set_by(found))
        if amount is None:
            if not has_money(found.policy.form):
                return ""
            who = who or words.department(found.policy.about.granting)
            return words.label("set-amount", who=who)
        text = self._money(amount)
        if who and not is_exact(amount):
            return words.label("set-amount-in", amount=text, who=who)
        return text

    def _money(self, amount: Interval) -> str:
        words = self.words
        if not amount.some:
            return words.label("no-amount")
        worth = rounded(amount)
        if worth.low <= 0 or worth.low == -inf or amount.absent:
            if worth.high == inf:
                return words.label("amount-open")
            if worth.high > 0:
                high = words.money(worth._replace(low=worth.high))
                return words.label("up-to", high=high)
        if worth.high == inf:
            low = words.money(worth._replace(high=worth.low))
            return words.label("from-amount", low=low)
        return words.money(worth)


def money_total(worth: Interval, words: Vocabulary) -> str:
    """Return a total in words."""
    if worth.high == inf:
        if worth.low <= 0:
            return words.label("amount-open")
        low = words.money(worth._replace(high=worth.low))
        return words.label("from-amount", low=low)
    if worth.low <= 0 < worth.high:
        return words.label("up-to", high=words.money(worth._replace(low=worth.high)))
    return words.money(worth)


def basis_words(
    cites: Sequence[Citation], policy: Policy, words: Vocabulary
) -> tuple[str, ...]:
    """Return documents as a person quotes them; at least one text, maybe empty."""
    if policy.no_basis:
        return (words.label("basis-not-found", why=words.text(policy.no_basis)),)
    sources = words.program.sources
    found = []
    for cite in cites:
        text, source = words.cite(cite), sources.get(cite.source)
        if source and source.issued and source.issued > words.program.day:
            issued = day_words(source.issued, words.lang)
            text += words.bracketed(words.label("issued-later", day=issued))
        found.append(text)
    return tuple(found) or ("",)


def granted_by(policy: Policy, words: Vocabulary) -> tuple[str, ...]:
    """Return what grants a policy on the day, to whatever firm."""
    cites = tuple(dict.fromkeys(part.cite for part in policy.basis))
    return tuple(text for text in basis_words(cites, policy, words) if text)


def missing(fact: str, words: Vocabulary) -> Missing:
    """Return an open fact in words."""
    spec = words.program.facts[fact]
    return Missing(
        title=words.title(fact),
        asks=words.question(fact),
        who=words.label(spec.settled_by.value),
        judged=spec.settled_by is Settler.OFFICER,
    )


def outside(policy: OutOfForce, words: Vocabulary) -> Line:
    """Return a policy that is not in force."""
    nearest = nearest_window(policy.about.windows, words.program.day)
    period = windows_words((nearest,) if nearest else (), words)
    return Line(
        id=policy.id,
        key="not-in-force",
        title=words.heading(policy.about.title),
        chip=words.label("not-in-force"),
        reason=period,
        summary=words.text(policy.about.summary),
        departments=departments(policy.about, words),
        period=period,
        notes=words.text(policy.about.notes),
    )


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
        named.insert(0, (words.label("lead"), lead))
    colon = words.label("colon")
    return words.label("semicolon").join(f"{role}{colon}{who}" for role, who in named)


def claim_steps(about: About, words: Vocabulary) -> tuple[ClaimStep, ...]:
    """Return how to claim, step by step."""
    claim = about.claim
    steps = []
    if claim.automatic:
        steps.append(ClaimStep(words.label("claim"), (words.label("automatic"),)))
    for key, text in (("channel", claim.channel), ("deadline", claim.deadline)):
        if text:
            steps.append(ClaimStep(words.label(key), (words.text(text),)))
    for key, texts in (("documents", claim.documents), ("keep", claim.keep)):
        listed = _of_language(texts, words)
        if listed:
            steps.append(ClaimStep(words.label(key), tuple(listed)))
    return tuple(steps)


def _of_language(
    texts: Mapping[str, Sequence[str]], words: Vocabulary
) -> Sequence[str]:
    return texts.get(words.lang, next(iter(texts.values()), ()))
