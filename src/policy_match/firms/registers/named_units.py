"""Units that a line above a table names column by column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.facts import FactType
from policy_match.firms.registers.table_units import StrangeUnitError, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from policy_match.firms.registers.one_heading import Column

    Reader = Callable[[str, int], Column | None]
    """Reads a heading, where money stands in a unit."""

_LINE = re.compile(
    r"(?<![报表管属编制送计])(?:计量|金额|货币|数据)?(?:单位|units?)\s*[:为]\s*(?P<rest>.+)$"
)
_BETWEEN = re.compile(r"[;,、。]+|\s{2,}")
_BRACKET = re.compile(r"(.*?)\(([^()]*)\)")
_OTHERS = re.compile(r"(?:其他|其它|其余)(?:指标|金额|各项|项目)?(?:均?为|[: ])?")


class NamedUnits(NamedTuple):
    """The units that a line names: of single facts, and of all other money."""

    line: str
    powers: Mapping[str, int]
    """By fact, as powers of ten of its own unit."""
    others: int | None
    """The unit of money that is not named; None where none is."""

    def of(self, column: Column, read: Callable[[int], Column | None]) -> int:
        """Return the unit of money of a column, which `read` reads in any.

        Raises StrangeUnitError where neither the line nor its heading tells it.
        """
        known = self.powers.get(column.spec.id, self.others)
        if known is not None:
            return known
        if column.spec.type is FactType.MONEY and not _explicit(column, read(1)):
            line = f"{self.line} ({column.heading}: ?)"
            raise StrangeUnitError(line)
        return 0


def named_units(
    above: Sequence[str], read: Reader, unit: Callable[[str], int | None]
) -> NamedUnits | None:
    """Return the units that a line names by column; None where no line does so.

    Such as `计量单位：营业收入、资产总额 万元；从业人员 人`. `unit` tells which power
    of ten a unit of money, or a count, is. Raises StrangeUnitError where a part of such
    a line is not understood.
    """
    for text in texts_of(above):
        found = _LINE.search(text)
        parts = [*_parts(found["rest"], read)] if found else []
        meant = {part: read(part, 0) for part in parts}
        if any(one and _told(part, one, read) for part, one in meant.items()):
            return _named(text, meant, read, unit)
    return None


def _named(
    line: str,
    meant: Mapping[str, Column | None],
    read: Reader,
    unit: Callable[[str], int | None],
) -> NamedUnits:
    powers: dict[str, int] = {}
    others = last = None
    for part, one in reversed([*meant.items()]):
        if one is None:
            others = unit(_OTHERS.sub("", part))
            if others is None:
                raise StrangeUnitError(part)
        elif _told(part, one, read):
            last = one.shift
            if one.spec.type is not FactType.MONEY and (last or one.size != 1):
                raise StrangeUnitError(part)
            powers[one.spec.id] = last
        elif last is None:
            raise StrangeUnitError(part)
        else:  # its unit stands behind the next name
            powers[one.spec.id] = last
    return NamedUnits(line, powers, others)


def _told(part: str, one: Column, read: Reader) -> bool:
    """Return whether a part is a figure's name and its unit."""
    return one.spec.type.numeric and _explicit(one, read(part, 1))


def _explicit(one: Column, other: Column | None) -> bool:
    """Return whether a column is read alike, whatever the unit of all money is."""
    return other is not None and other.shift == one.shift


def _parts(text: str, read: Reader) -> Iterator[str]:
    for part in filter(None, map(str.strip, _BETWEEN.split(text))):
        found = _BRACKET.fullmatch(part)
        if found is None or read(part, 0) is not None:
            yield part
        else:
            yield from filter(None, map(str.strip, found.groups()))
