"""Takes updates: each once, written down first, each person's in order.

What is written down may be confirmed to Telegram, which then forgets it: from
there on the answer is ours to give, also after a crash. Different people are
answered side by side.
"""

import asyncio
import logging
from collections import OrderedDict, deque
from typing import Any, Optional

from telegram import Update
from telegram.ext import ExtBot

from bot.channels.telegram import CHANNEL
from bot.channels.telegram.clerk import Clerk
from bot.channels.telegram.inbound import Incoming, identity, read, salvage
from bot.conversation.turn import Turn
from bot.logs import where
from bot.record.errands import Errand, Errands
from bot.record.store import Store

logger = logging.getLogger(__name__)
REMEMBERED = 1000
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
"""The kinds of update that Telegram is asked for."""


class Intake:
    """The door through which every update comes."""

    def __init__(self, bot: ExtBot, clerk: Clerk, errands: Errands, store: Store) -> None:
        self._bot = bot
        self._clerk = clerk
        self._errands = errands
        self._store = store
        self._lines: dict[str, deque[Errand]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._groups: OrderedDict[str, None] = OrderedDict()
        self._resumed = asyncio.Event()
        self._writing = asyncio.Lock()

    async def take(self, raw: dict[str, Any]) -> None:
        """Take one update; returns when it may be confirmed. Never raises."""
        await self._resumed.wait()
        incoming = self._read(raw)
        key = self._store.vault.sign("update", *identity(raw))
        if incoming is None or not self._is_new(key):
            return
        if incoming.kind == "group":
            await self._tell_group(key, incoming)
            return
        if incoming.callback:
            self._start(self._clerk.acknowledge(incoming))
        async with self._writing:  # in the order of arrival, also when Telegram calls in parallel
            await self._write_down(key, incoming)

    async def promised(self, key: str, turn: Turn) -> None:
        """Take a promise that is due, as a message of its own in the person's line.

        Raises:
            StoreProblem: it could not be written down and stays promised.
        """
        await self._resumed.wait()
        incoming = Incoming("due", turn.address, signal=turn.signal)
        errand = await asyncio.to_thread(
            self._errands.take, key, self._person(incoming), {"incoming": incoming.as_dict()}
        )
        if errand is not None:
            self._line_up(errand)

    async def resume(self) -> None:
        """Go on with what a killed process has left; nothing new is taken before that."""
        try:
            waiting = await asyncio.to_thread(self._errands.waiting)
        except Exception as error:
            logger.error("what was left cannot be read%s", where(error))
            waiting = []
        for errand in waiting:
            self._line_up(errand)
        self._resumed.set()

    async def finish(self, seconds: float) -> None:
        """Finish what was begun; what takes longer is left for the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in set(self._tasks):
            task.cancel()

    # -- inside ------------------------------------------------------------------

    def _read(self, raw: dict[str, Any]) -> Optional[Incoming]:
        try:
            return read(Update.de_json(raw, self._bot))
        except Exception as error:
            logger.error("an update is not as the library knows it%s", where(error))
        try:
            return salvage(raw)
        except Exception as error:
            logger.error("it is passed over%s", where(error))
            return None

    async def _write_down(self, key: str, incoming: Incoming) -> None:
        person, value = self._person(incoming), {"incoming": incoming.as_dict()}
        errand: Optional[Errand]
        try:
            errand = await asyncio.to_thread(self._errands.take, key, person, value)
        except Exception as error:  # answered all the same: help does not wait for a disk
            logger.error("an update could not be written down%s", where(error))
            errand = Errand(0, person, value, key=key)
        if errand is not None:
            self._line_up(errand)

    def _is_new(self, key: str) -> bool:
        known = key in self._seen
        self._seen[key] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return not known

    async def _tell_group(self, key: str, incoming: Incoming) -> None:
        """Once; nothing about the group is written down but the update's key."""
        known = incoming.chat in self._groups
        self._groups[incoming.chat] = None
        if len(self._groups) > REMEMBERED:
            self._groups.popitem(last=False)
        try:
            told = known or not await asyncio.to_thread(self._store.first_time, CHANNEL, key)
        except Exception as error:
            logger.error("an update could not be written down%s", where(error))
            told = known
        if not told:
            self._start(self._clerk.tell_group(incoming.chat))

    def _line_up(self, errand: Errand) -> None:
        line = self._lines.get(errand.person)
        if line is not None:
            line.append(errand)
            return
        self._lines[errand.person] = deque([errand])
        self._start(self._work(errand.person))

    async def _work(self, person: str) -> None:
        line = self._lines[person]
        try:
            while line:
                await self._clerk.carry(line[0])
                line.popleft()
        finally:
            del self._lines[person]

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _person(self, incoming: Incoming) -> str:
        return self._store.vault.pseudonym(CHANNEL, incoming.chat)
