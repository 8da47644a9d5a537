"""Dates at the precision that is known: `2018`, `2018-04` or `2018-04-10`, never guessed."""

from __future__ import annotations

import calendar
import re
from datetime import date

_MONTHS = {
    name: number
    for number, full in enumerate(calendar.month_name)
    if full
    for name in (full.lower(), full[:3].lower())
} | {"sept": 9}
_WEEKDAYS = {name[:3].lower(): number for number, name in enumerate(calendar.day_name)}

_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?:[T ]\d\d:\d\d.*)?")
# Year first, which nobody follows with the day: 20180410, 20180410T092500Z, 2018/04/10 09:25.
_COMPACT = re.compile(
    r"(?P<year>(?:1[6-9]|20)\d\d)(?P<mark>/?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)"
    r"(?:T\d{4}(?:\d\d)?Z?|[T ]\d\d:\d\d.*)?"
)
# A written date may be followed by a clock time, which is not kept.
_CLOCK = r"(?:[\s,–—-]+(?:at\s+)?\d{1,2}[:.]\d\d.*)?"
_WRITTEN = tuple(
    re.compile(pattern + _CLOCK, re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}{_DAY}(?:\s+(?:of\s+)?|-){_MONTH}(?:,?\s+|-){_YEAR}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_MONTH},?\s+{_YEAR}",
    )
)
_NUMERIC = re.compile(
    rf"{_WEEKDAY}(?P<first>\d{{1,2}})[/.](?P<second>\d{{1,2}})[/.]{_YEAR}{_CLOCK}", re.IGNORECASE
)


# Of a date that cannot be read so much is shown.
_LONGEST_ECHO = 100


def parse_date(written: str) -> str | None:
    """The ISO 8601 date that `written` states, or None where it states none or leaves it open.

    A weekday beside the date must agree with it, and decides between day/month and month/day:
    "Wed, 07/12/2017" is 2017-07-12, since 7 December 2017 was a Thursday. "07/12/2017" alone
    is None.
    """
    written = " ".join(written.split())
    if found := _ISO.fullmatch(written) or _COMPACT.fullmatch(written):
        return _iso(int(found["year"]), found["month"], found["day"], weekday=None)
    for pattern in _WRITTEN:
        if found := pattern.fullmatch(written):
            parts = found.groupdict()
            month = _MONTHS[parts["month"].lower()]
            return _iso(int(parts["year"]), month, parts.get("day"), parts.get("weekday"))
    if found := _NUMERIC.fullmatch(written):
        return _numeric_date(found)
    return None


def _numeric_date(found: re.Match[str]) -> str | None:
    year, first, second = int(found["year"]), found["first"], found["second"]
    readings = {
        _iso(year, second, first, found["weekday"]),
        _iso(year, first, second, found["weekday"]),
    } - {None}
    return readings.pop() if len(readings) == 1 else None


def _iso(
    year: int, month: str | int | None, day: str | int | None, weekday: str | None
) -> str | None:
    """The ISO form at the precision given; None for an impossible day or weekday."""
    try:
        known = date(year, int(month or 1), int(day or 1))
    except ValueError:
        return None
    if month is None:
        return f"{year:04}"
    if day is None:
        return f"{year:04}-{known.month:02}"
    if weekday is not None and known.weekday() != _WEEKDAYS[weekday[:3].lower()]:
        return None
    return known.isoformat()


def not_told(written: str) -> str:
    """Evidence for why a date that is stated so was not used."""
    return f'stated as "{written[:_LONGEST_ECHO]}", which tells no one date'


def interval(iso: str) -> tuple[str, str]:
    """First and last day (`YYYY-MM-DD`, inclusive) that an ISO date of any precision can mean.

    Raises ValueError where `iso` is not such a date.
    """
    if _ISO.fullmatch(iso) is None or parse_date(iso) != iso:
        raise ValueError(f"{iso!r} is not a date such as 2018, 2018-04 or 2018-04-10")
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        return iso, iso
    first_month, last_month = (1, 12) if len(parts) == 1 else (parts[1], parts[1])
    last_day = calendar.monthrange(parts[0], last_month)[1]
    return (
        f"{parts[0]:04}-{first_month:02}-01",
        f"{parts[0]:04}-{last_month:02}-{last_day:02}",
    )
