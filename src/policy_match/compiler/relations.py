"""What ties policies together: who excludes whom, shared limits, common worth."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policy_match.compiler.definitions import define
from policy_match.compiler.scope import MisuseError
from policy_match.domain.facts import FactType
from policy_match.domain.texts import NO_TEXT
from policy_match.ir.program import Cap, Due, Group, Rate
from policy_match.ir.traversal import facts_of
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from policy_match.compiler.trees import Driver, Path
    from policy_match.ir.terms import Expression
    from policy_match.rulebook.book_models import RateModel, RelationModel
    from policy_match.rulebook.syntax import Parsed

MOST_BUNDLES = 1024
"""Ways to take the policies of one component, which are all weighed."""


def groups(driver: Driver) -> tuple[Group, ...]:
    """Return the groups of policies of which a firm gets one; they may overlap."""
    found = []
    for path, relation in _relations(driver):
        limited = bool(relation.together or relation.at_most)
        whole = bool(relation.together and relation.at_most)
        if bool(relation.at_most_one_of) == limited or limited != whole:
            message, hint = said("one-thing"), said("write-relation")
            driver.fault(path, MisuseError("R310", message, hint))
        cites = driver.cites(relation.cite, (*path, "cite"))
        if relation.at_most_one_of:
            _named_once(driver, relation.at_most_one_of, (*path, "at_most_one_of"))
            found.append(Group(relation.at_most_one_of, cites, relation.why))
    _few_enough(driver)
    return tuple(found)


def caps(driver: Driver, in_force: Collection[str]) -> tuple[Cap, ...]:
    """Return the limits that policies of one form share, each in one at most.

    A limit on policies none of which is `in_force` needs no figure.
    """
    found = []
    seen: set[str] = set()
    for path, relation in _relations(driver):
        names = relation.together
        if not (names and relation.at_most):
            continue
        _named_once(driver, names, (*path, "together"))
        for place, name in enumerate(names):
            if name in seen:
                message, hint = said("two-limits", name=name), said("one-limit")
                driver.fault(
                    (*path, "together", place), MisuseError("R310", message, hint)
                )
            seen.add(name)
        policies = driver.scope.book.policies
        forms = {policies[name].benefit.form for name in names if name in policies}
        if len(forms) > 1:
            message = said("forms-under-limit", count=len(forms))
            hint = said("one-form")
            driver.fault((*path, "together"), MisuseError("R310", message, hint))
        if not driver.scope.lenient and not set(names) & set(in_force):
            continue
        limit = _formula(driver, relation.at_most, (*path, "at_most"))
        if limit is not None:
            cites = driver.scope.in_force(relation.cite)
            found.append(Cap(names, limit, cites, relation.why))
    return tuple(found)


def worth(driver: Driver, form: str, model: RateModel) -> Rate | Due | None:
    """Return what a form is worth; None where that has a fault."""
    path = ("worth", form)
    cites = driver.cites(model.cite, (*path, "cite"))
    if (model.value is None) == (model.due is None) or bool(model.off) != bool(
        model.due
    ):
        message, hint = said("not-one-worth"), said("one-worth")
        driver.fault(path, MisuseError("R310", message, hint))
        return None
    if model.due is not None:
        driver.known("facts", model.off, (*path, "off"))
        due = _formula(driver, model.due, (*path, "due"))
        title = model.title or NO_TEXT
        return None if due is None else Due(model.off, due, title, cites, model.says)
    assert model.value is not None  # noqa: S101  # INVARIANT: one of the two
    rate = _formula(driver, model.value, (*path, "is"))
    return None if rate is None else Rate(rate, cites, model.says)


def elections(driver: Driver) -> None:
    """Add a fault for every fact that a firm is to choose and has no options."""
    for name, model in driver.scope.book.facts.items():
        if model.elected and model.type not in {FactType.BOOL, FactType.ENUM}:
            message, hint = said("no-options", name=name), said("bool-or-enum")
            driver.fault(("facts", name, "elected"), MisuseError("R203", message, hint))


def _relations(driver: Driver) -> Iterable[tuple[Path, RelationModel]]:
    for index, relation in enumerate(driver.scope.book.relations):
        yield ("relations", str(index)), relation


def _named_once(driver: Driver, names: tuple[str, ...], path: Path) -> None:
    counts = Counter(names)
    for place, name in enumerate(names):
        driver.known("policies", name, (*path, place))
        if counts[name] > 1 and place != names.index(name):
            message, hint = said("here-twice", name=name), said("keep-just-one")
            driver.fault((*path, place), MisuseError("R310", message, hint))


def _formula(driver: Driver, parsed: Parsed, path: Path) -> Expression | None:
    found = driver.formula(parsed, path)
    for fact in facts_of(found):
        if fact in driver.scope.book.definitions:
            define(driver, fact)
    return found


def _few_enough(driver: Driver) -> None:
    """Add a fault where policies can be combined in too many ways to weigh all."""
    relations = driver.scope.book.relations
    groups_ = [frozenset(r.at_most_one_of) for r in relations if r.at_most_one_of]
    limits = [frozenset(r.together) for r in relations if r.together]
    for index, relation in enumerate(relations):
        mine = frozenset(relation.at_most_one_of)
        if mine and _too_many(groups_, _tied(mine, [*groups_, *limits])):
            message = said("too-many-ways", count=MOST_BUNDLES)
            hint = said("tie-fewer")
            path = ("relations", str(index), "at_most_one_of")
            driver.fault(path, MisuseError("R313", message, hint))
            return


def _tied(some: frozenset[str], relations: list[frozenset[str]]) -> frozenset[str]:
    """Return all policies that relations tie to some, directly or by others."""
    while True:
        grown = some.union(*(found for found in relations if found & some))
        if grown == some:
            return some
        some = grown


def _too_many(groups_: list[frozenset[str]], tied: frozenset[str]) -> bool:
    """Return whether too many sets of the tied have no two policies of one group."""
    rivals: dict[str, set[str]] = {}
    for group in groups_:
        for name in sorted(group & tied):
            rivals.setdefault(name, set()).update(group - {name})
    ways: list[frozenset[str]] = [frozenset()]
    for name, others in rivals.items():
        ways += [way | {name} for way in ways if way.isdisjoint(others)]
        if len(ways) > MOST_BUNDLES:
            return True
    return False
