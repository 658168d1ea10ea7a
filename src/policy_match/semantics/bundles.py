"""The best bundle: what a firm should take of all it is eligible for.

Over policies that exclude each other, limits that several share, and choices
that the law leaves to the firm. Forms of benefit are compared by what one unit
of each is worth (`worth` in the rulebook); what has no common value takes no
part, and where such policies exclude each other the choice stays the firm's.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING

from policy_match.domain.possible import Choice
from policy_match.semantics.outcome import Best, Option, Outcome, RunnerUp
from policy_match.semantics.selection import amount_of, ends
from policy_match.semantics.stacking import Way, less

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_match.semantics.one_firm import Evaluation
    from policy_match.semantics.outcome import Finding
    from policy_match.semantics.stacking import Taken

_OPTIONS = 64
"""Ways to make the firm's choices that are tried; more leave them open."""


def best_bundle(verdicts: Evaluation, findings: Sequence[Finding]) -> Best | None:
    """Return the best bundle, or None where there is nothing to choose.

    Only what the firm is surely eligible for is taken; `certain` says that no
    answer still open can make another bundle better.
    """
    elections = _elections(verdicts, findings)
    ways = [
        Way(verdicts, dict(zip(elections, chosen, strict=True)), findings)
        for chosen in islice(product(*elections.values()), _OPTIONS)
    ]
    disputed = any(contest.disputed for contest in ways[0].contests)
    if not (elections or verdicts.program.caps or disputed):
        return None
    taken = [found for way in ways for found in way.taken()]
    order = sorted(range(len(taken)), key=lambda i: (-ends(taken[i].value)[0], i))
    best = taken[order[0]]
    way = next(w for w in ways if w.options == best.options)
    dropped = tuple(way.dropped(best.policies))
    if not (dropped or elections or best.cuts):
        return None
    others = [taken[i] for i in order[1:] if taken[i].policies or taken[i].options]
    return Best(
        policies=best.policies,
        value=best.value,
        options=tuple(Option(fact, value) for fact, value in best.options.items()),
        certain=way.certain and all(_at_least(best, o, ways) for o in others),
        runner_up=_runner_up(best, others[0]) if others else None,
        dropped=dropped,
        cuts=best.cuts,
        taken=tuple(f for f in way.findings if f.policy.id in best.policies),
    )


def _elections(
    verdicts: Evaluation, findings: Sequence[Finding]
) -> dict[str, tuple[str | bool, ...]]:
    """Return the choices that are the firm's, still open, and matter to it."""
    open_ = {
        fact
        for finding in findings
        if finding.outcome is Outcome.ELIGIBLE
        for fact in finding.missing
    }
    found: dict[str, tuple[str | bool, ...]] = {}
    for fact in verdicts.program.elections:
        spec = verdicts.program.facts[fact]
        value = verdicts.given.get(fact, spec.unknown)
        if fact in open_ and isinstance(value, Choice):
            found[fact] = tuple(m for m in spec.options if m in (value.members or ()))
    return found


def _runner_up(best: Taken, other: Taken) -> RunnerUp:
    options = tuple(Option(fact, value) for fact, value in other.options.items())
    behind = less(best.value, other.value)
    return RunnerUp(other.policies, other.value, options, behind)


def _at_least(best: Taken, other: Taken, ways: Sequence[Way]) -> bool:
    """Return whether no other way to make the choices can turn out better.

    Policies whose amounts the choice does not touch are the same on both sides.
    """
    if best.options == other.options:
        return True
    mine, its = (
        {f.policy.id: amount_of(f) for f in w.findings}
        for w in (
            next(w for w in ways if w.options == best.options),
            next(w for w in ways if w.options == other.options),
        )
    )
    if best.policies != other.policies:
        return ends(best.value)[0] >= ends(other.value)[1]
    touched = [name for name in best.policies if mine[name] != its[name]]
    return all(ends(mine[n])[0] >= ends(its[n])[1] for n in touched)
