"""An assessment as a document: findings, questions, bundle, totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.advice.planner import ranked as asked
from policy_match.domain.documents import acts_back
from policy_match.domain.facts import FactType
from policy_match.domain.possible import exactly
from policy_match.domain.texts import Window
from policy_match.reports.document import models as m
from policy_match.reports.document.actions import actions
from policy_match.reports.document.bundle import bundle
from policy_match.reports.document.claims import claim_part
from policy_match.reports.document.evidence import EvidenceWriter
from policy_match.reports.document.values import Range, Value, exact_amount
from policy_match.reports.readings.provenance import Grounds
from policy_match.reports.readings.summary import (
    counts,
    given_text,
    nearest_window,
    ranked,
    rounded,
    totals,
)
from policy_match.reports.words.articles import article_words
from policy_match.reports.words.computations import computation
from policy_match.reports.words.vocabulary import Vocabulary
from policy_match.reports.words.warnings import warning_words
from policy_match.semantics.outcome import Outcome
from policy_match.semantics.relief import reliefs
from policy_match.semantics.worth import Worths

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from policy_match.advice.planner import Question
    from policy_match.domain.facts import Determination, FactSpec
    from policy_match.domain.possible import Interval, Number, Possible
    from policy_match.domain.texts import Citation
    from policy_match.ir import program as ir
    from policy_match.reports.words.computations import Step
    from policy_match.semantics import outcome as found


def document(
    assessment: found.Assessment, lang: str, *, told: Collection[str] | None = None
) -> m.Answer:
    """Return the whole answer as a document, its texts in one language.

    Where only the grounds of some policies are `told`, by id, the others have no
    sources, and no evidence below its root unless that is what rules them out: most
    of the work would be for what nobody sees.
    """
    program, words = assessment.program, Vocabulary.of(assessment.program, lang)
    writer = _Findings(assessment, words, told)
    findings = tuple(map(writer.one, ranked(assessment.findings)))
    return m.Answer(
        schema=m.SCHEMA,
        backend=assessment.backend,
        rulebook=m.Made(id=program.rulebook, digest=program.digest),
        on=program.day,
        today=assessment.asked_on,
        firm=m.Firm(
            name=given_text(assessment, "name"), uscc=given_text(assessment, "uscc")
        ),
        derived={
            fact: _of_fact(value, program.facts[fact])
            for fact, value in assessment.values.items()
        },
        findings=findings,
        definitions=writer.evidence.definitions(),
        not_in_force=tuple(_outside(p, words) for p in program.out_of_force),
        questions=tuple(_question(q, words) for q in asked(assessment)),
        warnings=tuple(
            warning_words(w, assessment.facts, words) for w in assessment.warnings
        ),
        bundle=bundle(assessment, words),
        cliffs=tuple(_cliff(cliff, words) for cliff in assessment.prospects.cliffs),
        actions=tuple(actions(assessment, words)),
        totals=_totals(assessment, words),
        disclaimer=words.text(program.disclaimer),
        local=_local(words) if program.local else None,
        determinations=tuple(
            _determination(one, program) for one in assessment.facts.determinations
        ),
    )


class _Findings:
    """Writes findings; what derived facts rest on is shared between them."""

    def __init__(
        self,
        assessment: found.Assessment,
        words: Vocabulary,
        told: Collection[str] | None,
    ) -> None:
        self.told = told
        self.words, self.prospects = words, assessment.prospects
        self.given, self.known = assessment.facts.given, assessment.verdicts.value
        self.grounds = Grounds(assessment.verdicts)
        self.worths = Worths(assessment.verdicts)
        self.evidence = EvidenceWriter(self.grounds, words)

    def one(self, finding: found.Finding) -> m.Finding:
        """Return a policy's entry under `findings`: outcome, benefit, evidence."""
        policy, about, words = finding.policy, finding.policy.about, self.words
        benefit = finding.benefit
        told = self.told is None or policy.id in self.told
        tiers = tuple(tier for tier in benefit.tiers if tier) if benefit else ()
        return m.Finding(
            policy=policy.id,
            title=words.text(about.title),
            kind=about.kind,
            outcome=finding.outcome,
            selected=finding.selected,
            excluded_by=finding.excluded_by,
            tier=tiers[0] if len(tiers) == 1 else None,
            tiers=tiers,
            benefit=self._benefit(finding),
            computation=self._computation(finding, told=told),
            basis=tuple(_document(cite, words) for cite in self.grounds.basis(finding)),
            basis_not_found=words.text(policy.no_basis),
            missing=finding.missing,
            awaiting=finding.awaiting,
            evidence=self._evidence(finding, told=told),
            sources=tuple(map(words.number_of, self.grounds.sources(finding)))
            if told
            else (),
            departments=m.Departments(
                lead=words.department(about.lead),
                granting=words.department(about.granting),
            ),
            claim=claim_part(about.claim, self.words, self.known),
            would_change=tuple(
                self._proposal(proposal, finding)
                for proposal in self.prospects.proposals.get(policy.id, ())
            ),
            open_for_outcome=finding.open_for_outcome,
        )

    def _evidence(self, finding: found.Finding, *, told: bool) -> m.Evidence:
        if told or finding.outcome is Outcome.INELIGIBLE:
            return self.evidence.tree(finding.evidence)
        return self.evidence.tree(finding.evidence._replace(of=()))

    def _computation(
        self, finding: found.Finding, *, told: bool
    ) -> tuple[m.Step, ...] | None:
        if finding.outcome is Outcome.INELIGIBLE:
            return None
        if not told and finding.outcome is Outcome.UNDETERMINED:
            return None
        amount = finding.benefit.amount if finding.benefit else None
        behind = self.grounds.behind(finding)
        steps = computation(finding.policy, amount, behind, self.words)
        return tuple(map(self._step, steps)) or None

    def _step(self, step: Step) -> m.Step:
        low, high = (
            Value(exactly(end), step.kind) if step.value.some else None
            for end in (step.value.low, step.value.high)
        )
        uses = tuple(map(self.evidence.use, step.uses))
        return m.Step(
            says=step.says,
            value=Value(step.value, step.kind),
            low=low,
            high=high,
            fact=step.fact,
            parameters=uses,
        )

    def _benefit(self, finding: found.Finding) -> m.Benefit | None:
        if finding.outcome is Outcome.INELIGIBLE or finding.benefit is None:
            return None
        amount = finding.benefit.amount
        exact = exact_amount(amount)
        set_by = None if exact else self.grounds.set_by(finding)
        return m.Benefit(
            form=finding.policy.form,
            amount=exact,
            range=None if exact else _range(amount),
            set_by=self.words.text(set_by) or None,
            unit=self.words.program.currency,
            saves=_range(self.worths.saves(finding)),
        )

    def _proposal(self, proposal: found.Proposal, finding: found.Finding) -> m.Proposal:
        amount = proposal.benefit.amount
        exact = exact_amount(amount)
        return m.Proposal(
            changes=tuple(map(self._change, proposal.steps)),
            day=proposal.day,
            to_decide=proposal.to_decide,
            loses=_losses(proposal.loses),
            amount=exact,
            range=None if exact else _range(amount),
            set_by=self.words.text(self.grounds.set_by(finding)),
        )

    def _change(self, step: found.Step) -> m.Change:
        spec = self.words.program.facts[step.fact]
        distance = step.distance
        return m.Change(
            fact=step.fact,
            given=step.fact in self.given,
            now=_of_fact(step.now, spec),
            to=_of_fact(step.to, spec),
            distance=None if distance is None else _length(distance, spec),
        )


def _determination(one: Determination, program: ir.Program) -> m.Determination:
    return m.Determination(
        fact=one.fact,
        value=_of_fact(one.value, program.facts[one.fact]),
        by=one.by,
        on=one.on,
        ground=one.ground,
        until=one.until,
        withdrawn_on=one.withdrawn_on,
        counts=one.counts_on(program.day),
    )


def _document(cite: Citation, words: Vocabulary) -> m.Document:
    source = words.program.sources.get(cite.source)
    window = cite.window or Window()
    return m.Document(
        source=cite.source,
        number=words.number_of(cite.source),
        title=words.text(source.title) if source else "",
        article=article_words(cite.article, words.lang) or None,
        from_=window.start,
        to=window.end,
        acts_back=acts_back(cite, source),
    )


def _of_fact(value: Possible, spec: FactSpec) -> Value:
    return Value(value, spec.type, spec)


def _range(amount: Interval | None) -> Range | None:
    return None if amount is None else Range(amount)


def _outside(policy: ir.OutOfForce, words: Vocabulary) -> m.OutOfForce:
    window = nearest_window(policy.about.windows, words.program.day)
    return m.OutOfForce(
        policy=policy.id,
        title=words.text(policy.about.title),
        from_=window.start if window else None,
        to=window.end if window else None,
    )


def _question(question: Question, words: Vocabulary) -> m.Question:
    return m.Question(
        fact=question.fact,
        title=words.title(question.fact),
        asks=words.question(question.fact),
        settles=question.settles,
        may_settle=question.may_settle,
        narrows=question.narrows,
        worth={form: Range(gain) for form, gain in question.worth.items()},
        settled_by=words.program.facts[question.fact].settled_by,
    )


# ---- what would change it


def _length(distance: Number, spec: FactSpec) -> Value:
    """Return how far; between two days it is a number of days."""
    kind = FactType.INT if spec.type is FactType.DATE else spec.type
    return Value(exactly(distance), kind)


def _cliff(cliff: found.Cliff, words: Vocabulary) -> m.Cliff:
    spec = words.program.facts[cliff.fact]
    return m.Cliff(
        fact=cliff.fact,
        now=Value(exactly(cliff.now), spec.type),
        last=Value(exactly(cliff.last), spec.type),
        room=_length(cliff.room, spec),
        losses=_losses(cliff.losses),
    )


def _losses(losses: Iterable[found.Loss]) -> tuple[m.Loss, ...]:
    return tuple(m.Loss(policy=x.policy, amount=exact_amount(x.amount)) for x in losses)


# ---- the whole


def _totals(assessment: found.Assessment, words: Vocabulary) -> m.Totals:
    number, worths = counts(assessment.findings), totals(assessment.findings)
    taken = [
        finding
        for finding in assessment.findings
        if finding.outcome is Outcome.ELIGIBLE and finding.selected is True
    ]
    return m.Totals(
        eligible=number[Outcome.ELIGIBLE],
        ineligible=number[Outcome.INELIGIBLE],
        undetermined=number[Outcome.UNDETERMINED],
        amount={form: Range(worth) for form, worth in worths.items()},
        due=tuple(
            m.TaxDue(
                title=words.text(one.title),
                before=Range(rounded(one.before)),
                after=Range(rounded(one.after)),
            )
            for one in reliefs(assessment.verdicts, taken)
        ),
    )


def _local(words: Vocabulary) -> m.Local:
    """Return the values that a parameters file sets, by key where they have keys."""
    program = words.program
    told: dict[str, Value | Mapping[str, Value]] = {}
    for name in program.local:
        values = {
            key.removeprefix(name).removeprefix("."): Value(
                exactly(figure.value), figure.type
            )
            for key, figure in program.figures.items()
            if key.partition(".")[0] == name
        }
        told[name] = values.get("", values)
    return m.Local(parameters=told)
