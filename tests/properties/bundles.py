"""A second opinion on bundles: one complete firm, every set of policies tried.

Written from the definition in the rule language's page and from nothing else.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from tests.properties.concrete import Concrete, NotFixedError, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policy_match.ir.program import Cap

Bundle = frozenset[str]
NOTHING = Fraction(-(10**30))
"""What no value at all is worth: less than any."""


class Weighing:
    """The bundles of what is tied to one policy, for one complete firm."""

    def __init__(
        self, concrete: Concrete, verdicts: Mapping[str, Verdict], policy: str
    ) -> None:
        """Take the policies that the firm is eligible for, as relations name them."""
        self.concrete, self.verdicts, self.policy = concrete, verdicts, policy
        program = concrete.program
        related = [group.policies for group in program.groups]
        related += [cap.policies for cap in program.caps]
        tied = {policy}
        for _ in program.policies:
            tied |= {name for names in related if tied & {*names} for name in names}
        self.groups = [set(g.policies) for g in program.groups if tied & {*g.policies}]
        self.caps = [cap for cap in program.caps if tied & {*cap.policies}]
        order = dict.fromkeys(name for names in related for name in names)
        named = [name for name in order if name in tied]
        self.names = [p for p in named if p in verdicts and verdicts[p].eligible]

    def bundles(self) -> list[Bundle]:
        """Return all sets without two of one group."""
        return [
            frozenset(some)
            for size in range(len(self.names) + 1)
            for some in combinations(self.names, size)
            if all(len(group & set(some)) < 2 for group in self.groups)
        ]

    def rate(self, form: str) -> Fraction | None:
        """Return what one unit of a form is worth; raises KeyError if undeclared."""
        value = self.concrete.number(self.concrete.program.worth[form].value)
        return None if value is None else max(value, Fraction(0))

    def beats(self, a: Bundle, b: Bundle) -> bool:
        """Return whether `a` is the better one; no where that cannot be said."""
        differing = [p for p in self.names if p in a ^ b]
        if not a - b:
            return False
        forms = {self.concrete.program.by_id[p].form for p in differing}
        try:
            mine, its = (self.value(x, x & a & b, len(forms) > 1) for x in (a, b))
        except (KeyError, NotFixedError):
            return False
        return mine > its or (mine == its and differing[0] in a)

    def value(self, bundle: Bundle, common: Bundle, mixed: bool) -> Fraction:
        """Return what a bundle is worth, what it has in common left out.

        Under a limit what is in common counts, for it uses some of it up.
        """
        worths: list[Fraction] = []
        free = set(bundle)
        for cap in self.caps:
            inside = [p for p in bundle if p in cap.policies]
            if any(p not in common for p in inside) or self._differs(cap, common):
                worths.append(self._under(cap, inside, mixed=mixed))
            free -= set(cap.policies)
        alone = [(policy, self._amount(policy)) for policy in free - common]
        worths += [self._worth(*one, mixed=mixed) for one in alone]
        return NOTHING if NOTHING in worths else sum(worths, Fraction(0))

    def _differs(self, cap: Cap, common: Bundle) -> bool:
        return any(p in cap.policies and p not in common for p in self.names)

    def _under(self, cap: Cap, inside: Iterable[str], *, mixed: bool) -> Fraction:
        names = list(inside)
        amounts = [max(self._amount(p) or Fraction(0), Fraction(0)) for p in names]
        total = sum(amounts, Fraction(0))
        limit = max(self.concrete.number(cap.limit) or Fraction(0), Fraction(0))
        return self._worth(cap.policies[0], min(limit, total), mixed=mixed)

    def _worth(self, policy: str, amount: Fraction | None, *, mixed: bool) -> Fraction:
        rate = Fraction(1)
        if mixed:
            known = self.rate(self.concrete.program.by_id[policy].form)
            if known is None:
                return NOTHING if self.one_group else Fraction(0)
            rate = known
        if self.one_group:
            return NOTHING if amount is None else amount * rate
        return max(amount or Fraction(0), Fraction(0)) * rate

    @property
    def one_group(self) -> bool:
        """Whether all policies are of one group, and no more is said of them."""
        return len(self.groups) == 1 and not self.caps

    def _amount(self, policy: str) -> Fraction | None:
        if not self.verdicts[policy].fixed:
            raise NotFixedError
        return self.verdicts[policy].amount

    # ---- what a choice promises

    def broken(self, *, selected: bool) -> Iterator[str]:
        """Yield the bundles that a choice for or against the policy leaves unbeaten."""
        bundles, policy = self.bundles(), self.policy
        rivals = {p for g in self.groups if policy in g for p in g} - {policy}
        better = [b for b in bundles if b & ({policy} if selected else rivals)]
        for bundle in bundles:
            full = not any(bundle < other for other in bundles)
            if not full or (policy in bundle) is selected:
                continue
            if not any(self.beats(b, bundle) for b in better):
                names = sorted(bundle)
                yield f"{policy}: selected {selected}, yet {names} unbeaten"
