"""Random rulebooks over few facts with few values: all firms can be tried."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from policy_match.domain.facts import Change, FactSpec, FactType
from policy_match.domain.possible import Choice, Interval
from policy_match.ir import terms as t
from tests.properties import vocabulary as v
from tests.properties.rulebooks import Author

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from policy_match.domain.possible import Member, Possible
    from policy_match.ir.program import Program

FOCUS = ("bound", "bound", "comparison", "member", "truth")


def _int(id_: str, low: int, high: int, change: Change) -> FactSpec:
    return FactSpec(
        id_, FactType.INT, v.text(id_), low=low, high=high, changeable=change
    )


FACTS = {
    spec.id: spec
    for spec in (
        _int("people", 0, 4, Change.UP),
        _int("debts", -1, 3, Change.DOWN),
        _int("staff", 0, 3, Change.EITHER),
        _int("age", 0, 3, Change.NO),
        FactSpec("export", FactType.BOOL, v.text("export"), changeable=Change.UP),
        FactSpec("barred", FactType.BOOL, v.text("barred"), changeable=Change.DOWN),
        FactSpec("urban", FactType.BOOL, v.text("urban")),
        FactSpec("quarters", FactType.LIST, v.text("quarters")),
        FactSpec(
            "kind",
            FactType.ENUM,
            v.text("kind"),
            members=v.enum_of(*v.KINDS),
            changeable=Change.EITHER,
        ),
    )
}


class SmallAuthor(Author):
    """Writes rulebooks over a few of the small facts."""

    focus: tuple[str, ...] = FOCUS

    def define(self) -> None:
        """Draw one more derived fact, of numbers and conditions alone."""
        makers = (self.by_condition, self.by_formula, self.by_cases, self.by_labels)
        self.one_of(makers)(f"d{len(self.definitions)}")


@st.composite
def small_programs(draw: DrawFn) -> Program:
    """Draw a rulebook over all the small facts."""
    author = SmallAuthor(draw)
    author.facts = dict(FACTS)
    program = author.program()
    parts = [t.Leaf(author.test()) for _ in range(draw(st.integers(0, 3)))]
    join = t.AnyOf if draw(st.integers(0, 3)) == 3 else t.All
    first, *rest = program.policies
    harder = replace(first, when=join((*parts, first.when)))
    return replace(program, policies=(harder, *rest))


@st.composite
def small_firms(draw: DrawFn) -> dict[str, Possible]:
    """Draw what is known of a firm: mostly values, now and then a range."""
    given: dict[str, Possible] = {}
    for fact, spec in FACTS.items():
        kind = draw(st.integers(0, 5))
        if kind == 0 or spec.type is FactType.LIST:
            continue
        if spec.type is not FactType.INT:
            bools = spec.type is FactType.BOOL
            members: tuple[Member, ...] = (True, False) if bools else v.KINDS
            given[fact] = Choice(frozenset((draw(st.sampled_from(members)),)))
            continue
        one, other = (draw(st.integers(int(spec.low), int(spec.high))) for _ in "ab")
        low, high = sorted((one, other if kind == 1 else one))
        given[fact] = Interval(low, high)
    return given
