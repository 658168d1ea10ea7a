"""Policies as of a day: the ones in force compiled, the others dated."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from policy_match.compiler.claims import claim
from policy_match.compiler.documents import basis
from policy_match.compiler.scope import MisuseError
from policy_match.compiler.soundness import ends_first
from policy_match.domain.texts import NO_TEXT, Window
from policy_match.ir.program import About, OutOfForce, Policy, Tier
from policy_match.language.messages import said

if TYPE_CHECKING:
    from datetime import date

    from policy_match.compiler.trees import Driver
    from policy_match.domain.texts import Text
    from policy_match.rulebook.models import PolicyModel, TierModel, WindowModel


def windows(model: PolicyModel) -> tuple[Window, ...]:
    """Return the days on which a policy is in force."""
    return tuple(Window(w.start, w.end, w.because) for w in model.in_force)


def policy(driver: Driver, name: str, model: PolicyModel) -> Policy | OutOfForce:
    """Return one policy, or its dates where it is not in force."""
    return driver.scope.once(("policies", name), lambda: _policy(driver, name, model))


def _policy(driver: Driver, name: str, model: PolicyModel) -> Policy | OutOfForce:
    scope = driver.scope
    about = _about(driver, name, model)
    indirect = model.reaches == "indirectly"
    spans = about.windows
    window = next((w for w in spans if scope.within(w.start, w.end)), None)
    if window is None and scope.lenient:
        window = spans[-1]
    if window is None:
        return OutOfForce(name, about, indirect)
    scope.window = window
    path = ("policies", name)
    when = driver.tree(model.when, (*path, "when"))
    tiers = _tiers(driver, name, model)
    grants = basis(driver, name, model)
    scope.window = None
    set_by = model.benefit.set_by
    return Policy(
        id=name,
        about=about,
        window=window,
        when=when,
        form=model.benefit.form,
        tiers=tiers,
        set_by=scope.department(set_by) if set_by else None,
        indirect=indirect,
        basis=grants,
        no_basis=_no_basis(scope.day, model),
    )


def _no_basis(day: date, model: PolicyModel) -> Text | None:
    for span in model.in_force:
        if span.basis and day in Window(span.start, span.end):
            return span.reason
    return None


def _tiers(driver: Driver, name: str, model: PolicyModel) -> tuple[Tier, ...]:
    benefit, path = model.benefit, ("policies", name, "benefit")
    if benefit.amount is not None and benefit.tiers:
        message, hint = said("amount-and-tiers"), said("one-or-other")
        driver.fault(path, MisuseError("R207", message, hint))
    if benefit.amount is not None:
        amount = driver.amount(benefit.amount, benefit.set_by, (*path, "amount"))
        return (Tier("", NO_TEXT, None, amount),)
    if benefit.tiers and benefit.tiers[-1].guard is not None:
        message, hint = said("last-tier-guarded"), said("leave-if-out")
        error = MisuseError("R312", message, hint)
        driver.fault((*path, "tiers", len(benefit.tiers) - 1), error)
    names = [tier.tier for tier in benefit.tiers]
    for index, tier in enumerate(names):
        if tier in names[:index]:
            message = said("two-tiers", name=tier)
            error = MisuseError("R204", message, said("rename-one"))
            driver.fault((*path, "tiers", index, "tier"), error)
    return tuple(
        _tier(driver, tier, model, (*path, "tiers", index))
        for index, tier in enumerate(benefit.tiers)
    )


def _tier(
    driver: Driver, tier: TierModel, model: PolicyModel, path: tuple[str | int, ...]
) -> Tier:
    guard = None if tier.guard is None else driver.tree(tier.guard, (*path, "if"))
    amount = driver.amount(tier.amount, model.benefit.set_by, (*path, "amount"))
    return Tier(tier.tier, tier.title or NO_TEXT, guard, amount)


def _about(driver: Driver, name: str, model: PolicyModel) -> About:
    path = ("policies", name)
    departments = model.departments
    for role, id_ in (("lead", departments.lead), ("granting", departments.granting)):
        driver.known("departments", id_, (*path, "departments", role))
    _in_order(driver, model.in_force, path)
    return About(
        title=model.title,
        summary=model.summary,
        kind=model.kind,
        section=model.plan.section if model.plan else "",
        phrases=model.plan.phrase if model.plan else (),
        lead=departments.lead,
        granting=departments.granting,
        claim=claim(driver, model.claim, (*path, "claim")),
        cite=driver.cites(model.cite, (*path, "cite")),
        notes=model.notes,
        benefit_note=model.benefit.note,
        windows=windows(model),
    )


def _in_order(
    driver: Driver, spans: tuple[WindowModel, ...], path: tuple[str, str]
) -> None:
    for index, (before, after) in enumerate(pairwise(spans)):
        if before.end is None or after.start is None or after.start <= before.end:
            message, hint = said("windows-disorder"), said("end-before-next")
            error = MisuseError("R307", message, hint)
            driver.fault((*path, "in_force", index + 1), error)
    for index, span in enumerate(spans):
        if ends_first(span):
            message, hint = said("a-window-ends-first"), said("swap-ends")
            error = MisuseError("R307", message, hint)
            driver.fault((*path, "in_force", index), error)
