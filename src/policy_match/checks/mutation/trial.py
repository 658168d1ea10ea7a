"""Every mutant put to the cases that rest on it: which one notices, if any."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policy_match.checks.mutation.laws import Laws, RefusedError
from policy_match.rulebook.readings import Part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from policy_match.checks.mutation.cases import Case
    from policy_match.checks.mutation.laws import Slipped
    from policy_match.checks.mutation.mutants import Mutant


class Verdict(NamedTuple):
    """What came of a mutant: who noticed it; `refused` is none at all."""

    noticed_by: str = ""
    refused: bool = False


class Trial:
    """A rulebook's cases, ready to be put to mutants."""

    def __init__(self, laws: Laws, cases: Iterable[Case]) -> None:
        """Sort the cases by what they rest on."""
        self.laws = laws
        self._on: dict[Part, list[Case]] = {}
        for case in cases:
            beneath = frozenset[Part]().union(*map(laws.readings.beneath, case.about))
            for part in beneath:
                self._on.setdefault(part, []).append(case)

    def of(self, mutant: Mutant, before: str = "") -> Verdict:
        """Return which case notices a mutant; `before` is the one that last did."""
        made: dict[date, Slipped] = {}
        for case in self._ordered(mutant, before):
            try:
                if case.day not in made:
                    made[case.day] = self.laws.slipped(mutant, case.day)
            except RefusedError as error:
                # A day without its figure is what the case of that day notices.
                if error.only_on_the_day:
                    return Verdict(case.key)
                return Verdict(refused=True)
            program = self.laws.about(case.day, case.about)
            if not case.holds(made[case.day](program)):
                return Verdict(case.key)
        return Verdict()

    def _ordered(self, mutant: Mutant, before: str) -> list[Case]:
        """Return the cases that may notice a mutant, the likeliest first."""
        return sorted(
            self._on.get(mutant.part, ()),
            key=lambda case: (
                case.key != before,
                mutant.part not in case.about,
                case.day not in mutant.days,
                case.about[0][0] != "definitions",
            ),
        )
