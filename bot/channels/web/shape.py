"""What the widget needs of an answer; how a message was read stays on the server."""

import asyncio
import contextlib
import datetime as dt
from typing import Any, Optional

from bot.conversation.resume import last_answer
from bot.conversation.turn import Answer
from bot.record.store import Store

TIMER = "urge_timer"


def shape(answer: Answer, due: Optional[float] = None) -> dict[str, Any]:
    """The replies, whether a number from 0 to 10 is asked for, and when a timer ends."""
    return {
        "replies": [reply.as_dict() for reply in answer.replies],
        "scale": answer.scale,
        "due": due,
    }


def resumed(store: Store, person: str) -> Optional[dict[str, Any]]:
    """Where a saved conversation stands, or None when there is none."""
    answer = last_answer(store, person)
    return shape(answer, _due(store, person)) if answer else None


def answered_before(store: Store, person: str, channel: str, mark: str) -> Optional[dict[str, Any]]:
    """The answer to a message that was answered before a restart, else None."""
    with contextlib.suppress(Exception):  # a broken store is the conversation's to tell
        if mark and store.was_handled(channel, mark):
            return resumed(store, person)
    return None


def note_answered(store: Store, channel: str, mark: str) -> None:
    """Remember that a message was answered, for whoever sends it again after a restart."""
    with contextlib.suppress(Exception):  # the answer itself matters more
        if mark:
            store.first_time(channel, mark)


async def due_of(store: Store, person: str, answer: Answer) -> Optional[float]:
    """When the timer under way ends (seconds since 1970); help comes without one beside it."""
    if answer.failed or answer.safety.at_least("crisis"):
        return None
    with contextlib.suppress(Exception):  # the timer runs all the same; only its picture is missing
        return await asyncio.to_thread(_due, store, person)
    return None


def _due(store: Store, person: str) -> Optional[float]:
    due = store.promised(person, TIMER)
    return due.replace(tzinfo=dt.timezone.utc).timestamp() if due else None
