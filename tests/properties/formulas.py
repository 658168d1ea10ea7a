"""Random formulas over the vocabulary and over the facts derived so far."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeVar

from hypothesis import strategies as st

from policy_match.domain.facts import FactSpec, FactType
from policy_match.ir import terms as t
from tests.properties import rule_text
from tests.properties import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hypothesis.strategies import DrawFn

    from policy_match.ir.program import Definition

Node = TypeVar("Node")

_OPERATORS: tuple[Literal["+", "-", "*", "/"], ...] = ("+", "-", "*", "/")

_RATES = tuple(Fraction(n, 100) for n in (0, 5, 10, 25, 100, -5))
_UPTO = tuple(Fraction(n) for n in (1, 2, 3, 5))


class Formulas:
    """Draws formulas over a growing vocabulary, each node made once."""

    def __init__(self, draw: DrawFn) -> None:
        """Know the base facts, and no definition yet."""
        self.draw = draw
        self.nodes: dict[object, object] = {}
        self.tests: list[t.Test] = []
        self.facts = dict(v.BASE)
        self.definitions: dict[str, Definition] = {}
        self.parameters: dict[str, t.ParameterUse] = {}

    # ---- choices

    def one_of(self, options: Sequence[Node]) -> Node:
        """Draw one of some options."""
        return self.draw(st.sampled_from(options))

    def some_of(self, options: Sequence[Node], least: int = 1) -> list[Node]:
        """Draw several different options."""
        some = st.lists(st.sampled_from(options), min_size=least, unique=True)
        return self.draw(some)

    def chance(self, percent: int) -> bool:
        """Draw a yes with some likelihood; the simplest answer is no."""
        return self.draw(st.integers(0, 99)) >= 100 - percent

    def of_type(self, *types: FactType) -> list[FactSpec]:
        """Return the facts of some types, later definitions last."""
        return [spec for spec in self.facts.values() if spec.type in types]

    def once(self, key: object, make: Callable[[], Node]) -> Node:
        """Return the node made for `key`, which is made once."""
        if key not in self.nodes:
            self.nodes[key] = make()
        return self.nodes[key]  # type: ignore[return-value]

    # ---- formulas

    def const(self, value: Fraction, kind: FactType = FactType.MONEY) -> t.Const:
        """Return a number, or a day, written out."""
        if kind is FactType.DATE:
            text = rule_text.day(value)
            return self.once(text, lambda: t.Const(int(value), kind, text=text))
        text = rule_text.number(value)
        return self.once(text, lambda: t.Const(value, kind, text=text))

    def ref(self, spec: FactSpec) -> t.FactRef:
        """Return the value of a fact."""
        return self.once(("fact", spec.id), lambda: t.FactRef(spec.id))

    def numeric(self) -> FactSpec:
        """Draw a fact that is a number; definitions are drawn more often."""
        found = self.of_type(FactType.INT, FactType.MONEY, FactType.RATIO)
        derived = [spec for spec in found if spec.derived]
        return self.one_of(derived if derived and self.chance(40) else found)

    def formula(self, depth: int = 2) -> t.Expression:
        """Draw a formula that denotes a number."""
        pick = self.draw(st.integers(0, 9 if depth else 3))
        if pick <= 1:
            return self.const(self.one_of(v.CONSTS))
        if pick <= 3:
            return self.ref(self.numeric())
        if pick <= 6:
            operator = self.one_of(_OPERATORS)
            left, right = self.formula(depth - 1), self.formula(depth - 1)
            node: t.Expression = t.Arithmetic(operator, left, right)
        elif pick == 7:
            parts = (self.formula(depth - 1), self.formula(depth - 1))
            node = t.Extreme(self.one_of(("min", "max")), parts)
        elif pick == 8:
            node = t.Mean("quarters")
        else:
            node = self.brackets(self.formula(depth - 1))
        return self.once(rule_text.formula(node), lambda: node)

    def brackets(self, of: t.Expression) -> t.Brackets:
        """Draw a progressive schedule."""
        bounds = sorted(self.some_of(_UPTO, 0))
        bands = tuple(t.Band(b, self.one_of(_RATES)) for b in (*bounds, None))
        use = self.parameter("schedule")
        return t.Brackets(of, bands, (use,))

    def parameter(self, stem: str) -> t.ParameterUse:
        """Return the use of a new parameter."""
        name = f"{stem}_{len(self.parameters)}"
        use = t.ParameterUse(name, v.text(name), None, None, (), "known")
        self.parameters[name] = use
        return use
