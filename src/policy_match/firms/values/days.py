"""Days as people and spreadsheets write them, as exact as they are written."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta

from policy_match.domain.possible import Interval

_TIME = r"(?:[ t]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?)?"
_DAYS = tuple(
    re.compile(pattern + _TIME)
    for pattern in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
        r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})",
        r"(?P<y>\d{4})\.(?P<m>\d{1,2})\.(?P<d>\d{1,2})\.?",
        r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]",
        r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:\.0)?",
    )
)
_MONTHS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})",
        r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月(?:份)?",
        r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})",
    )
)
_YEAR = re.compile(r"(?P<y>(?:19|20)\d{2})\s*年?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  (a spreadsheet's day zero)


def days(text: str) -> Interval | None:
    """Return the days that `text` may mean, or None where it is no date.

    A month is any of its days, a year any of its. Five digits are a
    spreadsheet's serial day. `text` is NFKC, trimmed and lower case.

    >>> days("2022年6月").low == date(2022, 6, 1).toordinal()
    True
    """
    for pattern in _DAYS:
        if found := pattern.fullmatch(text):
            y, m, d = (int(found[name]) for name in "ymd")
            return _between((y, m, d), (y, m, d))
    for pattern in _MONTHS:
        if found := pattern.fullmatch(text):
            y, m = int(found["y"]), int(found["m"])
            last = calendar.monthrange(y, m)[1] if 1 <= m <= 12 and y else 0  # noqa: PLR2004
            return _between((y, m, 1), (y, m, last))
    if found := _YEAR.fullmatch(text):
        y = int(found["y"])
        return _between((y, 1, 1), (y, 12, 31))
    if found := _SERIAL.fullmatch(text):
        day = (_EPOCH + timedelta(days=int(found[1]))).date()
        return Interval(day.toordinal(), day.toordinal())
    return None


def _between(low: tuple[int, int, int], high: tuple[int, int, int]) -> Interval | None:
    try:
        return Interval(date(*low).toordinal(), date(*high).toordinal())
    except ValueError:
        return None
