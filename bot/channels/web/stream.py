"""A stream of server-sent events that a reader cannot hold open by not reading."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator

from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send


class Stream(StreamingResponse):
    """Server-sent events; a reader that does not take one in time is let go and may come back."""

    def __init__(
        self, events: AsyncGenerator[str, None], seconds: float, headers: dict[str, str]
    ) -> None:
        more = {**headers, "X-Accel-Buffering": "no"}
        super().__init__(events, media_type="text/event-stream", headers=more)
        self._events = events
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the reader goes away or stops reading."""

        async def timed(message: Message) -> None:
            await asyncio.wait_for(send(message), self._seconds)

        with contextlib.suppress(asyncio.TimeoutError):
            try:
                await super().__call__(scope, receive, timed)
            finally:
                await self._events.aclose()
