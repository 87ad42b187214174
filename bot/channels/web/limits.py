"""What one browser, one address and all of them together may ask of the server."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Optional

from starlette.requests import Request

from bot.conversation.guard import Pace


@dataclass(frozen=True)
class Limits:
    """Every bound of the web channel; whoever passes one gets the static help."""

    body_bytes: int = 64 * 1024
    body_seconds: float = 10.0
    """Longest time in which a message must have arrived."""
    sessions_per_minute: int = 30
    """New conversations of one address."""
    codes_per_minute: int = 5
    """Recovery codes that one address may try."""
    address_messages_per_minute: int = 300
    """A school or a ward may share one address."""
    session_messages_per_minute: int = 120
    """Far above the pace at which the conversation itself asks to slow down."""
    turns_at_once: int = 32
    streams_at_once: int = 2000
    streams_per_address: int = 200
    streams_per_session: int = 4
    heartbeat_seconds: float = 15.0
    write_seconds: float = 20.0
    """Longest time that a reader may leave an answer unread in the connection."""


class Doors:
    """The counters of one server."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.turns = 0
        self._streams: Counter[str] = Counter()
        self._sessions = Pace(limits.sessions_per_minute)
        self._codes = Pace(limits.codes_per_minute)
        self._addresses = Pace(limits.address_messages_per_minute)
        self._talks = Pace(limits.session_messages_per_minute)

    def may_begin(self, request: Request) -> bool:
        """Whether one more conversation may begin from here."""
        return self._sessions.allows(_from(request))

    def may_try_code(self, request: Request) -> bool:
        """Whether one more recovery code may be tried from here."""
        return self._codes.allows(_from(request))

    def may_speak(self, request: Request, address: str) -> bool:
        """Whether one more message may come from here and in this conversation."""
        return self._talks.allows(address) and self._addresses.allows(_from(request))

    def may_listen(self, request: Request) -> bool:
        """Whether one more stream may be opened from here."""
        return self._streams[_from(request)] < self.limits.streams_per_address

    async def listening(
        self, request: Request, events: AsyncGenerator[str, None]
    ) -> AsyncGenerator[str, None]:
        """A stream's events, counted while it is open."""
        address = _from(request)
        self._streams[address] += 1
        try:
            async for event in events:
                yield event
        finally:
            self._streams[address] -= 1
            if not self._streams[address]:
                del self._streams[address]
            await events.aclose()

    @property
    def crowded(self) -> bool:
        """Whether as many turns are under way as the server takes at once."""
        return self.turns >= self.limits.turns_at_once


class TooLong(Exception):
    """A body is longer than a message may be."""


class TooSlow(Exception):
    """A body did not arrive in time."""


async def read_body(request: Request, limits: Limits) -> bytes:
    """The request's body.

    Raises:
        TooLong, TooSlow: it passes a bound; what had come is dropped.
    """
    try:
        return await asyncio.wait_for(_taken(request, limits.body_bytes), limits.body_seconds)
    except asyncio.TimeoutError:
        raise TooSlow from None


async def _taken(request: Request, most: int) -> bytes:
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most:
        raise TooLong
    taken = bytearray()
    async for chunk in request.stream():
        taken += chunk
        if len(taken) > most:
            raise TooLong
    return bytes(taken)


def _from(request: Request) -> str:
    client: Optional[str] = request.client.host if request.client else None
    return client or ""
