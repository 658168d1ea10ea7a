"""Kleene logic on columns: a null is `unknown`, and constants fold.

A `Flag` is never null; a `Verdict` may be. Where every row agrees they are
plain Python values, so that what the data cannot show costs no column.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

import polars as pl

from policy_match.domain.truth import FALSE, TRUE, Truth

Flag = pl.Expr | bool
"""Yes or no in every row."""

Verdict = pl.Expr | bool | None
"""True, false or null a row; None is unknown in every row."""

NULL = pl.lit(None, pl.Boolean)


def of_truth(truth: Truth) -> bool | None:
    """Return the verdict that is `truth` in every row."""
    if truth is TRUE:
        return True
    return False if truth is FALSE else None


def _exprs(parts: tuple[Verdict, ...]) -> list[pl.Expr]:
    found = [part for part in parts if isinstance(part, pl.Expr)]
    return [*found, NULL] if found and any(part is None for part in parts) else found


def all_of(*parts: Verdict) -> Verdict:
    """Return the conjunction: false beats unknown beats true."""
    if any(part is False for part in parts):
        return False
    found = _exprs(parts)
    if not found:
        return None if any(part is None for part in parts) else True
    return reduce(and_, found)


def any_of(*parts: Verdict) -> Verdict:
    """Return the disjunction: true beats unknown beats false."""
    if any(part is True for part in parts):
        return True
    found = _exprs(parts)
    if not found:
        return None if any(part is None for part in parts) else False
    return reduce(or_, found)


def negated(part: Verdict) -> Verdict:
    """Return `not`; unknown stays unknown."""
    if part is None:
        return None
    return ~part if isinstance(part, pl.Expr) else not part


def both(*parts: Flag) -> Flag:
    """Return the conjunction of flags, which is a flag."""
    found = all_of(*parts)
    return False if found is None else found


def either(*parts: Flag) -> Flag:
    """Return the disjunction of flags, which is a flag."""
    found = any_of(*parts)
    return False if found is None else found


def no(part: Flag) -> Flag:
    """Return the negation of a flag, which is a flag."""
    return ~part if isinstance(part, pl.Expr) else not part


def surely(part: Verdict) -> Flag:
    """Return where a verdict is true."""
    return part.fill_null(value=False) if isinstance(part, pl.Expr) else part is True


def perhaps(part: Verdict) -> Flag:
    """Return where a verdict is true or unknown."""
    if isinstance(part, pl.Expr):
        return part.fill_null(value=True)
    return part is not False


def unsettled(part: Verdict) -> Flag:
    """Return where a verdict is unknown."""
    return part.is_null() if isinstance(part, pl.Expr) else part is None


def verdict(holds: Flag, fails: Flag) -> Verdict:
    """Return the verdict of two flags that are never both set."""
    if fails is True:
        return False
    if holds is True:
        return True
    if holds is False and fails is False:
        return None
    if fails is False:
        return pl.when(holds).then(True)  # noqa: FBT003
    if holds is False:
        return pl.when(fails).then(False)  # noqa: FBT003
    return pl.when(holds | fails).then(holds)


def chosen(flag: Flag, yes: Flag, otherwise: Flag) -> Flag:
    """Return `yes` where `flag` is set, else `otherwise`."""
    if isinstance(flag, bool):
        return yes if flag else otherwise
    return either(both(flag, yes), both(no(flag), otherwise))


def column(part: Verdict) -> pl.Expr:
    """Return a verdict as an expression."""
    return part if isinstance(part, pl.Expr) else pl.lit(part, pl.Boolean)
