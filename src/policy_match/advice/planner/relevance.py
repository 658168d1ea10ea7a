"""Whether an answer can matter: no fact is asked in vain.

A fact matters to a policy if two completions that differ in it alone differ in
outcome, tier or amount. Where a fact is read in one place only, it does as soon as
it is on a path to what is open; where it is read in several, what one of them says
another may take back, and completions are looked for. A fact counts as mattering
until the opposite is certain.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policy_match.advice.planner.answers import cells, marks_of
from policy_match.domain.facts import FactType
from policy_match.domain.truth import FALSE
from policy_match.ir import terms as t
from policy_match.ir.analysis import dependences, narrowed_by, once
from policy_match.ir.traversal import children, facts_of, walk
from policy_match.semantics.one_firm import Evaluation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Policy, Program
    from policy_match.ir.traversal import Node
    from policy_match.semantics.outcome import Finding

_TRIES = 300
"""Sets of answers that are tried for one fact of one policy."""
_OPAQUE = frozenset((FactType.CODE, FactType.TEXT, FactType.LIST))


class _TooFarError(Exception):
    """More sets of answers than are tried."""


class Relevance:
    """Whether facts matter to policies, for one firm."""

    def __init__(self, verdicts: Evaluation) -> None:
        """Ask of the firm that these verdicts are about."""
        self.program, self.given = verdicts.program, verdicts.given

    def __call__(self, fact: str, findings: Sequence[Finding]) -> bool:
        """Return whether a fact that is open for some policies can change anything."""
        doubtful = []
        for finding in findings:
            if self._certain(finding):
                return True
            doubtful.append(finding.policy)
        return any(self._changes(fact, policy) for policy in doubtful)

    def _certain(self, finding: Finding) -> bool:
        """Return whether all that is open for a policy counts as mattering to it."""
        twice = repeated(self.program)[finding.policy.id]
        return twice.isdisjoint(finding.missing) or not weighed(
            self.program
        ).isdisjoint(finding.missing)

    def _changes(self, fact: str, policy: Policy) -> bool:
        try:
            return _Search(self.program, policy, fact).differs(self.given)
        except _TooFarError:
            return True


class _Search:
    """Looks for two completions of one policy that differ in one fact alone."""

    def __init__(self, program: Program, policy: Policy, fact: str) -> None:
        self.program, self.policy, self.fact = program, policy, fact
        self.left = _TRIES

    def differs(self, given: Mapping[str, Possible]) -> bool:
        """Return whether there are two; raises _TooFarError."""
        verdicts = Evaluation(self.program, given)
        open_ = self.open(verdicts)
        if self.fact not in open_:
            return False
        other = next((fact for fact in open_ if fact != self.fact), None)
        if other is None:
            effects = {self.effect(then) for then in self.each(verdicts, self.fact)}
            return len(effects) > 1
        return any(map(self.differs, self.each(verdicts, other)))

    def each(self, verdicts: Evaluation, fact: str) -> Iterator[Mapping[str, Possible]]:
        spec = self.program.facts[fact]
        for answer in cells(spec, verdicts.value(fact), marks_of(self.program)):
            self.left -= 1
            if self.left < 0:
                raise _TooFarError
            yield {**verdicts.given, fact: answer}

    def open(self, verdicts: Evaluation) -> tuple[str, ...]:
        """Return the facts that are open for the policy."""
        if verdicts.truth(self.policy.when) is FALSE:
            return ()
        found = dict(verdicts.missing.in_condition(self.policy.when))
        found |= self.narrowed(verdicts).missing.in_benefit(self.policy)
        return tuple(found)

    def narrowed(self, verdicts: Evaluation) -> Evaluation:
        return verdicts.narrowed(narrowed_by(self.program)[self.policy.id])

    def effect(self, given: Mapping[str, Possible]) -> object:
        """Return what the policy says of a firm: outcome, tier and amount."""
        verdicts = Evaluation(self.program, given)
        truth = verdicts.truth(self.policy.when)
        if truth is FALSE:
            return truth
        then = self.narrowed(verdicts)
        return truth, then.tiers(self.policy), then.amount(self.policy)


@once
def repeated(program: Program) -> Mapping[str, frozenset[str]]:
    """Return, by policy, the facts that it reads in more places than one."""
    return {p.id: frozenset(_repeated(program, p)) for p in program.policies}


def _repeated(program: Program, policy: Policy) -> Iterator[str]:
    parts = [part for tier in policy.tiers for part in (tier.guard, tier.amount)]
    count = Counter(fact for part in (policy.when, *parts) for fact in facts_of(part))
    beneath = frozenset(dependences(program).beneath(count))
    for fact in reversed([name for name in program.definitions if name in beneath]):
        if not program.facts[fact].asked:
            for below in facts_of(program.definitions[fact]):
                count[below] += count[fact]
    return (fact for fact, number in count.items() if number > 1)


@once
def weighed(program: Program) -> frozenset[str]:
    """Return the facts of which thresholds do not tell all: numbers, codes, texts."""
    found = {name for name, spec in program.facts.items() if spec.type in _OPAQUE}
    roots: list[Node | None] = []
    for policy in program.policies:
        roots.append(policy.when)
        roots += (x for tier in policy.tiers for x in (tier.guard, tier.amount))
    for definition in program.definitions.values():
        roots += (definition.body, definition.condition)
    for root in roots:
        for node in walk(root, _without_thresholds):
            if isinstance(node, t.FactRef | t.Mean):
                found |= {node.fact, *dependences(program).beneath((node.fact,))}
    return frozenset(found)


def _without_thresholds(node: Node) -> tuple[Node, ...]:
    match node:
        case t.Compare(left=t.FactRef(), right=t.Const()):
            return ()
        case t.Compare(left=t.Const(), right=t.FactRef()):
            return ()
        case t.Within(of=t.FactRef(), low=t.Const(), high=t.Const()):
            return ()
        case _:
            return children(node)
