"""What helped this person before: a ranking that is honest about few tries."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Optional

from bot.record.store import Store

ATTEMPT, OWN, HIDDEN, WIN, NOTE = (
    "attempt",
    "own_strategy",
    "hidden_strategy",
    "win",
    "note",
)


@dataclass(frozen=True)
class Ranked:
    """One strategy in a person's own ranking."""

    what: str
    tries: int
    change: float
    """Mean of rating after minus before; below zero the urge fell."""

    @property
    def standing(self) -> float:
        """Mean change drawn towards zero by two imagined tries without effect.

        One lucky try does not outrank a strategy that helped four times out of
        five (shrinkage; Efron & Morris 1977, with a prior weight of 2).
        """
        return self.change * self.tries / (self.tries + 2)


def save_attempt(
    store: Store,
    person: str,
    what: str,
    before: Optional[int] = None,
    after: Optional[int] = None,
    situation: str = "",
    strategy: str = "",
) -> dict[str, Any]:
    """Keep one attempt: what, before, after, helped, when; returns what was kept."""
    known = before is not None and after is not None
    attempt = {
        "what": what,
        "strategy": strategy,
        "before": before,
        "after": after,
        "helped": (after < before) if known else None,  # type: ignore[operator]
        "situation": situation,
        "when": now(),
    }
    store.add(person, ATTEMPT, attempt)
    return attempt


def rate_last(store: Store, person: str, after: int, minutes: int) -> Optional[dict[str, Any]]:
    """Put a new rating to the last attempt, if that is at most so many minutes old and the urge
    has fallen since; returns the attempt as it is kept now."""
    last = (store.entries(person, ATTEMPT) or [{}])[-1]
    if not within(last.get("when"), minutes) or last.get("before") is None:
        return None
    if not after < min(last["before"], 11 if last.get("after") is None else last["after"]):
        return None
    store.remove(person, int(last["id"]))
    kept = {key: last.get(key) or "" for key in ("what", "situation", "strategy")}
    return save_attempt(store, person, before=last["before"], after=after, **kept)


def now() -> str:
    """The present time (UTC, ISO 8601, to the minute), as kept inside a sealed entry."""
    return dt.datetime.now(dt.timezone.utc).isoformat(timespec="minutes")


def within(when: Any, minutes: int) -> bool:
    """Whether a time as `now` gives it is at most so many minutes ago."""
    try:
        age = dt.datetime.now(dt.timezone.utc) - dt.datetime.fromisoformat(str(when))
    except ValueError:
        return False
    return age <= dt.timedelta(minutes=minutes + 1)  # kept to the minute


def ranking(store: Store, person: str) -> list[Ranked]:
    """A person's strategies with both ratings known, the most helpful first."""
    tried: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for attempt in store.entries(person, ATTEMPT):
        if attempt.get("before") is None or attempt.get("after") is None or not attempt.get("what"):
            continue
        key = attempt.get("strategy") or attempt["what"].casefold().strip()
        names[key] = attempt["what"]
        tried.setdefault(key, []).append(attempt["after"] - attempt["before"])
    ranked = [Ranked(names[key], len(all_), sum(all_) / len(all_)) for key, all_ in tried.items()]
    return sorted(ranked, key=lambda one: one.standing)


def helped_most(store: Store, person: str) -> list[str]:
    """What brought this person's urge down, the most helpful first."""
    return [one.what for one in ranking(store, person) if one.change < 0]
