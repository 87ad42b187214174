"""How far away a time is that somebody names: "in two hours", "tomorrow", "on friday".

A person's clock is not known, so everything is counted from now; "tomorrow
morning" is a day from now, and what was understood is said back to them.
"""

import datetime as dt
import re
from typing import Optional

HOUR, DAY, WEEK = 60, 24 * 60, 7 * 24 * 60
LATER = 4 * HOUR
SOONEST, FARTHEST = 5, 31 * DAY
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "a couple of": 2, "three": 3, "a few": 4, "few": 4,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10, "twelve": 12,
    "fifteen": 15, "twenty": 20, "thirty": 30, "half an": 0.5,
}  # fmt: skip
_UNITS = {"min": 1, "minute": 1, "hour": HOUR, "hr": HOUR, "day": DAY, "week": WEEK}
_SPAN = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})[- ]?"
    rf"({'|'.join(sorted(_UNITS, key=len, reverse=True))})s?\b"
)
_NAMED = (
    (2 * DAY, r"day after tomorrow"),
    (DAY, r"tomorrow"),
    (WEEK, r"next week"),
    (LATER, r"later|tonight|this evening|(?:in the|this) afternoon"),
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(rf"\b({'|'.join(_DAYS)}|weekend)\b")


def minutes_until(plain: str, today: Optional[dt.date] = None) -> Optional[int]:
    """Minutes from now to a named time, or None when none is named or it is out of bounds.

    Args:
        plain: normalised text.
        today: the present day, for the names of days.
    """
    found = _span(plain)
    if found is None:
        named = (minutes for minutes, words in _NAMED if re.search(rf"\b(?:{words})\b", plain))
        found = next(named, None) or _weekday(plain, today or dt.date.today())
    return found if found is not None and SOONEST <= found <= FARTHEST else None


def _span(plain: str) -> Optional[int]:
    match = _SPAN.search(plain)
    if match is None:
        return None
    count = float(match[1]) if match[1].isdigit() else _COUNTS[match[1]]
    return int(count * _UNITS[match[2]])


def _weekday(plain: str, today: dt.date) -> Optional[int]:
    match = _DAY.search(plain)
    if match is None:
        return None
    wanted = _DAYS.index("saturday" if match[1] == "weekend" else match[1])
    return ((wanted - today.weekday() - 1) % 7 + 1) * DAY


MOST_WORDS_OF_A_TIME = 8
_ANOTHER_TIME = re.compile(
    r"\b(?:make it|rather|instead|better|change it|actually|can it be|could it be|not (?:then|so))\b.*"
    r"\b(?:min\w*|hours?|days?|week\w*|tomorrow|tonight|later|morning|afternoon|evening|night|[ap]m|\w+day)\b"
    r"|\b(?:morning|afternoon|evening|night|[ap]m|\w+day)s?\b.*\b(?:better|instead|rather|please)\b"
)


def names_another_time(plain: str) -> bool:
    """Whether a short normalised text wishes for another time than the one just set."""
    return len(plain.split()) <= MOST_WORDS_OF_A_TIME and bool(_ANOTHER_TIME.search(plain))
