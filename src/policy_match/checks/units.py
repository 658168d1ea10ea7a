"""Of what an amount of money is made: heads are no money, nor is money by money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.language.messages import said
from policy_match.rulebook.syntax import Binary, Call, Name, Param, Parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.errors import Fault
    from policy_match.rulebook.loader import Book
    from policy_match.rulebook.models import CaseModel
    from policy_match.rulebook.syntax import Surface
    from policy_match.rulebook.walking import Path

Powers = frozenset[int]
"""How many times money may stand in a formula as a factor; none: no number."""
_LITERAL: Powers = frozenset({0, 1})
_MOST = 8
"""Factors of money that are counted; there is no use for more than one."""
MONEY_FORMS = ("deduction", "deferral", "tax-reduction", "grant", "fee-reduction")


def units(book: Book) -> Iterator[Fault]:
    """Yield what is told of amounts that are not money, or more than once money."""
    for path, parsed in _amounts(book):
        found = powers(book, parsed.tree)
        if found and 1 not in found:
            key = "heads-as-money" if max(found) < 1 else "money-by-money"
            message = said(key, text=str(parsed))
            hint = said("times-an-amount" if max(found) < 1 else "times-a-rate")
            yield book.origin.fault(path, "R409", message, hint)


def silent(book: Book) -> Iterator[Fault]:
    """Yield what is told of benefits of money that name neither amount nor setter."""
    for name, policy in book.policies.items():
        benefit = policy.benefit
        amounts = [benefit.amount, *(tier.amount for tier in benefit.tiers)]
        told = any(amount is not None for amount in amounts) or benefit.set_by
        if benefit.form in MONEY_FORMS and not told:
            message = said("no-amount-named", form=benefit.form)
            hint = said("amount-or-setter")
            path = ("policies", name, "benefit")
            yield book.origin.fault(path, "R410", message, hint)


def _amounts(book: Book) -> Iterator[tuple[Path, Parsed]]:
    for name, policy in book.policies.items():
        benefit, path = policy.benefit, ("policies", name, "benefit")
        if benefit.form not in MONEY_FORMS:
            continue
        yield from _formulas(benefit.amount, (*path, "amount"))
        for index, tier in enumerate(benefit.tiers):
            yield from _formulas(tier.amount, (*path, "tiers", index, "amount"))
    for name, model in book.definitions.items():
        if model.type is FactType.MONEY:
            if isinstance(model.body, Parsed):
                yield ("definitions", name, "is"), model.body
            yield from _formulas(model.cases, ("definitions", name, "cases"))


def _formulas(
    amount: Parsed | tuple[CaseModel, ...] | None, path: Path
) -> Iterator[tuple[Path, Parsed]]:
    if isinstance(amount, Parsed):
        yield path, amount
    else:
        for index, case in enumerate(amount or ()):
            yield (*path, index, "is"), case.value


def powers(book: Book, node: Surface) -> Powers:
    """Return how many times a formula can be money; a bare number is what it needs."""
    match node:
        case Name(name=name):
            model = book.facts.get(name) or book.definitions.get(name)
            return _of_type(model.type) if model else _LITERAL
        case Param(name=name):
            parameter = book.parameters.get(name)
            return _of_type(parameter.type) if parameter else _LITERAL
        case Binary(operator=operator, left=left, right=right):
            return _combined(operator, powers(book, left), powers(book, right))
        case Call(function="brackets", arguments=(of, *_)):
            return powers(book, of)
        case Call(function="min" | "max" | "between", arguments=arguments):
            return _alike([powers(book, argument) for argument in arguments])
        case _:  # a bare number, an amount that is unset, a mean
            return _LITERAL


def _of_type(kind: str) -> Powers:
    """Return what a type says; a plain number may be so much money for each."""
    if kind in {FactType.INT, FactType.RATIO}:
        return frozenset({0})
    return frozenset({1}) if kind == FactType.MONEY else _LITERAL


def _combined(operator: str, left: Powers, right: Powers) -> Powers:
    if operator in "+-":
        return _alike([left, right])
    sign = 1 if operator == "*" else -1
    sums = {a + sign * b for a in left for b in right}
    return frozenset(s for s in sums if abs(s) <= _MOST)


def _alike(parts: list[Powers]) -> Powers:
    found = frozenset.intersection(*parts)
    # Unlike things added up: what that is nobody can tell, so nothing is told.
    return found or frozenset.union(*parts) | _LITERAL
