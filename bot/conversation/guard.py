"""What a message must pass before anything reads it: size, characters, rate."""

import re
import time
import unicodedata
from collections import deque
from dataclasses import dataclass

LONGEST = 4000
"""Characters that are read; a longer message is cut and the person is told."""
PEOPLE_WATCHED = 10_000


@dataclass(frozen=True)
class Cleaned:
    """A message fit to be read, and what to tell the person about it."""

    text: str
    note: str = ""
    """A response to say first: empty, unreadable or shortened message."""


def clean(text: str) -> Cleaned:
    """Remove what cannot be read; never raises.

    Control and invisible direction characters go, so that a message can neither
    hide words nor upset a terminal; letters of every script and emoji stay.
    """
    text = text[: LONGEST * 4]
    kept = "".join(ch for ch in text if ch in "\n\t" or unicodedata.category(ch) not in _REMOVED)
    kept = re.sub(r"[ \t]{3,}", "  ", kept).strip()
    if not kept:
        return Cleaned("", "utter_unreadable" if text.strip() else "utter_empty")
    if len(kept) > LONGEST:
        return Cleaned(_ends(kept), "utter_long")
    return Cleaned(kept)


_REMOVED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def _ends(text: str) -> str:
    """The beginning and the end of a long text, where people say what matters."""
    half = LONGEST // 2
    return f"{text[:half]}\n{text[-half:]}"


class Pace:
    """Counts a person's turns in the last minute; forgets people it has not seen lately."""

    def __init__(self, turns_per_minute: int) -> None:
        self._most = turns_per_minute
        self._turns: dict[str, deque[float]] = {}

    def allows(self, person: str) -> bool:
        """Whether one more turn is within bounds; counts it."""
        now = time.monotonic()
        turns = self._turns.pop(person, deque())
        while turns and now - turns[0] > 60:
            turns.popleft()
        allowed = len(turns) < self._most
        if allowed:
            turns.append(now)
        self._turns[person] = turns  # last in the dict: the longest unseen goes first
        if len(self._turns) > PEOPLE_WATCHED:
            self._turns.pop(next(iter(self._turns)))
        return allowed
