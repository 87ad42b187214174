"""Keeps what was promised for later: a timer's end, a check-in; also after a restart."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Optional

from bot.conversation.service import Conversation
from bot.conversation.turn import Answer, Turn
from bot.logs import where

logger = logging.getLogger(__name__)

Take = Callable[[str, Turn], Awaitable[None]]
"""Takes over a promise, by a name of its own, so that it is kept also when we are killed."""

Push = Callable[[str, Answer], Awaitable[None]]
"""Delivers an answer to an address of one channel."""

LATEST = dt.timedelta(hours=6)
"""A promise that is older is dropped: hours late it would only startle."""


class Promises:
    """Looks every second for promises that are due."""

    def __init__(
        self,
        conversation: Conversation,
        channels: dict[str, Push],
        takers: Optional[Mapping[str, Take]] = None,
    ) -> None:
        self._conversation = conversation
        self._channels = channels
        self._takers = takers or {}

    async def run(self, every: float = 1.0) -> None:
        """Keep promises until cancelled; a failing store is waited out."""
        while True:
            try:
                await self.keep_due()
            except Exception as error:
                logger.error("promises wait: the store fails%s", where(error))
                await asyncio.sleep(10 * every)
            await asyncio.sleep(every)

    async def keep_due(self) -> int:
        """Keep what is due now; returns how many were kept."""
        store, now = self._conversation.store, dt.datetime.utcnow()
        kept = 0
        for nudge in await asyncio.to_thread(store.due, now):
            kept += await self._hand_over(nudge, now - nudge["due_at"])
            if await asyncio.to_thread(store.keep_promise, nudge["id"]):
                kept += await self._keep(nudge["value"], now - nudge["due_at"])
        return kept

    async def _hand_over(self, nudge: dict[str, Any], late: dt.timedelta) -> int:
        """Give a promise to a channel that writes it down, before it is crossed off here."""
        promise = nudge["value"]
        take = self._takers.get(str(promise.get("channel")))
        if take is None or late > LATEST:
            return 0
        name = self._conversation.store.vault.sign(
            "promise", str(nudge["id"]), nudge["due_at"].isoformat()
        )
        channel, address = str(promise["channel"]), str(promise["address"])
        await take(name, Turn(channel, address, signal=str(promise["signal"])))
        return 1

    async def _keep(self, promise: dict[str, Any], late: dt.timedelta) -> int:
        push = self._channels.get(str(promise.get("channel")))
        if push is None or late > LATEST:
            return 0
        address = str(promise["address"])
        turn = Turn(str(promise["channel"]), address, signal=str(promise["signal"]))
        try:
            await push(address, await self._conversation.answer(turn))
        except Exception as error:
            logger.error("a promised message could not be delivered%s", where(error))
            return 0
        return 1
