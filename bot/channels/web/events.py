"""The recent answers of each open conversation, numbered, so that none is lost or doubled.

They are kept in memory only, until nobody has looked for a while. An event's id
names the process that made it: after a restart a browser's last id is foreign,
and it gets everything that happened since.
"""

import asyncio
import json
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Optional

KEPT_EVENTS = 64
KEPT_MESSAGES = 32
IDLE_SECONDS = 2 * 3600
"""Longer than any timer, so that its end waits for a laptop that slept."""
MOST_TALKS = 10_000

Event = dict[str, Any]


@dataclass
class Talk:
    """What one conversation has said lately."""

    events: deque[Event] = field(default_factory=lambda: deque(maxlen=KEPT_EVENTS))
    taken: "OrderedDict[str, asyncio.Task[Event]]" = field(default_factory=OrderedDict)
    """The answers to the last messages, by the id that the browser gave each message."""
    followers: "set[asyncio.Event]" = field(default_factory=set)
    looked_at: float = field(default_factory=time.monotonic)


class Talks:
    """Every open conversation of this process."""

    def __init__(self) -> None:
        self.epoch = secrets.token_hex(4)
        self._talks: OrderedDict[str, Talk] = OrderedDict()
        self._number = 0  # one count for all, so that it also grows for a talk that was dropped
        self._closed = False

    def close(self) -> None:
        """End every open stream: the server stops."""
        self._closed = True
        for talk in self._talks.values():
            for follower in talk.followers:
                follower.set()

    def of(self, address: str) -> Talk:
        """The conversation of an address; those that nobody follows any more are dropped."""
        talk = self._talks.pop(address, None) or Talk()
        talk.looked_at = time.monotonic()
        self._talks[address] = talk
        for oldest in list(self._talks)[:2]:
            idle = time.monotonic() - self._talks[oldest].looked_at > IDLE_SECONDS
            if oldest != address and (idle or len(self._talks) > MOST_TALKS):
                if not self._talks[oldest].followers:
                    del self._talks[oldest]
        return talk

    def add(self, address: str, event: Event) -> Event:
        """Number an event and wake whoever follows the conversation."""
        talk = self.of(address)
        self._number += 1
        numbered = {"id": f"{self.epoch}-{self._number}", **event}
        talk.events.append(numbered)
        for follower in talk.followers:
            follower.set()
        return numbered

    def forget(self, address: str) -> None:
        """Drop what a conversation has said so far."""
        talk = self.of(address)
        talk.events.clear()
        talk.taken.clear()

    async def once(
        self, address: str, message: str, answer: Callable[[], Awaitable[Event]]
    ) -> Event:
        """The answer to a message, made only once however often the message is sent.

        It is made to the end although the sender goes away: the answer then waits
        in the conversation.
        """
        talk = self.of(address)
        task = talk.taken.get(message)
        if task is None:
            task = asyncio.ensure_future(answer())
            talk.taken[message] = task
            task.add_done_callback(lambda done: _drop_broken(talk, message, done))
            if len(talk.taken) > KEPT_MESSAGES:
                talk.taken.popitem(last=False)
        return await asyncio.shield(task)

    def knows(self, address: str, message: str) -> bool:
        """Whether a message is being answered, or was a moment ago."""
        return message in self.of(address).taken

    async def follow(self, address: str, last_id: str, heartbeat: float) -> AsyncGenerator[str, None]:
        """Server-sent events after `last_id`; all kept ones when that is not of this process."""
        talk, waiting = self.of(address), asyncio.Event()
        talk.followers.add(waiting)
        seen = self._seen(last_id)
        try:
            yield "retry: 1000\n: open\n\n"
            while not self._closed:
                waiting.clear()
                for event in [e for e in talk.events if _number_of(e) > seen]:
                    seen = _number_of(event)
                    yield f"id: {event['id']}\ndata: {as_json(event)}\n\n"
                try:
                    await asyncio.wait_for(waiting.wait(), heartbeat)
                except asyncio.TimeoutError:
                    self.of(address)
                    yield ": still here\n\n"
        finally:
            talk.followers.discard(waiting)

    def followers(self, address: Optional[str] = None) -> int:
        """Open streams of one conversation, or of all."""
        talks = self._talks.values() if address is None else [self.of(address)]
        return sum(len(talk.followers) for talk in talks)

    def _seen(self, event_id: str) -> int:
        epoch, _, number = event_id.partition("-")
        return int(number) if epoch == self.epoch and number.isdigit() else 0


def _drop_broken(talk: Talk, message: str, done: "asyncio.Task[Event]") -> None:
    """An answer that could not be made is no answer: the next try makes it anew."""
    if done.cancelled() or done.exception() is not None:
        talk.taken.pop(message, None)


def as_json(event: Event) -> str:
    """An event as it is sent: a timer's end as seconds from now."""
    due = event.get("due")
    left = None if due is None else max(0, round(due - time.time()))
    shape = {key: value for key, value in event.items() if key != "due"}
    return json.dumps({**shape, "timer": left}, ensure_ascii=False)


def _number_of(event: Event) -> int:
    return int(str(event["id"]).partition("-")[2])
