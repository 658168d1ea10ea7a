"""Days as people and spreadsheets write them, as exact as they are written."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from policy_match.domain.possible import Interval

_TIME = (
    r"(?:(?: {1,3}|t)(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]{1,9})?"
    r" ?(?P<zone>z|utc|gmt|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_D4, _D2 = "[0-9]{4}", "[0-9]{1,2}"
_DAYS = tuple(
    re.compile(pattern + _TIME)
    for pattern in (
        rf"(?P<y>{_D4})-(?P<m>{_D2})-(?P<d>{_D2})",
        rf"(?P<y>{_D4})/(?P<m>{_D2})/(?P<d>{_D2})",
        rf"(?P<y>{_D4})\.(?P<m>{_D2})\.(?P<d>{_D2})\.?",
        rf"(?P<y>{_D4}) ?年 ?(?P<m>{_D2}) ?月 ?(?P<d>{_D2}) ?[日号]",
        r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?:\.0)?",
    )
)
_MONTHS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<y>{_D4})[-/.](?P<m>{_D2})",
        rf"(?P<y>{_D4}) ?年 ?(?P<m>{_D2}) ?月(?:份)?",
        r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})",
    )
)
_YEAR = re.compile(r"(?P<y>(?:19|20)[0-9]{2}) ?年?")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]{1,15})?")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  (a spreadsheet's day zero)


def days(text: str, zone: str = "") -> Interval | None:
    """Return the days that `text` may mean, or None where it is no date.

    A month is any of its days, a year any of its. Five digits are a
    spreadsheet's serial day. A time with an offset from UTC is the day that it
    is in `zone`, by its IANA name. `text` is plain.

    >>> days("2022年6月").low == date(2022, 6, 1).toordinal()
    True
    >>> days("2022-06-30t20:00z", "Asia/Shanghai").low - date(2022, 6, 30).toordinal()
    1
    """
    for pattern in _DAYS:
        if found := pattern.fullmatch(text):
            return _day(found, zone)
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


def _day(found: re.Match[str], zone: str) -> Interval | None:
    y, m, d = (int(found[name]) for name in "ymd")
    exact = _between((y, m, d), (y, m, d))
    if exact is None or not found["time"]:
        return exact
    hour, minute, *_ = (int(part) for part in found["time"].split(":"))
    try:
        moment = datetime(y, m, d, hour, minute)  # noqa: DTZ001  (its offset follows)
    except ValueError:
        return None
    if found["zone"] and zone:
        offset = _offset(found["zone"])
        if offset is None:
            return None
        from zoneinfo import ZoneInfo  # noqa: PLC0415  (hardly any text has a zone)

        try:
            there = moment.replace(tzinfo=offset).astimezone(ZoneInfo(zone)).date()
        except OverflowError:
            return None
        return Interval(there.toordinal(), there.toordinal())
    return exact


def _offset(text: str) -> tzinfo | None:
    if text[0] not in "+-":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    span = timedelta(hours=hours, minutes=minutes)
    if span >= timedelta(days=1):
        return None
    return timezone(span if text[0] == "+" else -span)


def _between(low: tuple[int, int, int], high: tuple[int, int, int]) -> Interval | None:
    try:
        return Interval(date(*low).toordinal(), date(*high).toordinal())
    except ValueError:
        return None
