"""Somebody in a private chat: what they send, and what they see."""

import asyncio
import itertools
import time
from typing import Any, Optional

from tests.channels.telegram.fake_api import FakeApi, Shown

_numbers = itertools.count(7_000_001)


class Someone:
    """A person with an account of their own."""

    def __init__(self, api: FakeApi, language: str = "en") -> None:
        self.api = api
        self.id = next(_numbers)
        api.chats[self.id] = []
        self._name = {"first_name": "Marigold", "last_name": "Quill", "username": f"mq{self.id}"}
        self.user = {"id": self.id, "is_bot": False, "language_code": language, **self._name}
        self.chat = {"id": self.id, "type": "private", **self._name}

    def message(self, text: Optional[str] = None, **more: Any) -> dict[str, Any]:
        """A message as Telegram describes it."""
        words = {} if text is None else {"text": text}
        head = {"message_id": next(_numbers), "date": int(time.time()), "chat": self.chat}
        return {**head, "from": self.user, **words, **more}

    def says(self, text: Optional[str] = None, **more: Any) -> int:
        return self.api.add(message=self.message(text, **more))

    def presses(self, shown: Shown, title: str) -> int:
        """Press a button of a message, also one that has gone by now."""
        data = next(
            button["callback_data"]
            for row in shown.sent["reply_markup"]["inline_keyboard"]
            for button in row
            if button["text"] == title
        )
        query = {"id": self.api.open_callback(), "from": self.user, "chat_instance": "1"}
        message = {"message_id": shown.id, "date": int(time.time()), "chat": self.chat}
        return self.api.add(callback_query={**query, "message": message, "data": data})

    def blocks(self, blocked: bool = True) -> int:
        """Block the bot; from then on Telegram refuses its messages."""
        (self.api.blocked.add if blocked else self.api.blocked.discard)(self.id)
        bot = {"id": 123456, "is_bot": True, "first_name": "Quiet"}
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        change = {"chat": self.chat, "from": self.user, "date": int(time.time())}
        states = {
            "old_chat_member": {"user": bot, "status": old, "until_date": 0},
            "new_chat_member": {"user": bot, "status": new, "until_date": 0},
        }
        return self.api.add(my_chat_member={**change, **states})

    @property
    def sees(self) -> list[Shown]:
        return self.api.chats[self.id]

    @property
    def last(self) -> Shown:
        return self.sees[-1]

    @property
    def words(self) -> str:
        return "\n".join(shown.text for shown in self.sees)

    async def waits(self, count: int = 1, seconds: float = 15.0) -> list[Shown]:
        """Wait until this many messages have come in all, then for a calm moment."""
        until = time.monotonic() + seconds
        while len(self.sees) < count and time.monotonic() < until:
            await asyncio.sleep(0.02)
        assert len(self.sees) >= count, f"{len(self.sees)} messages instead of {count}"
        await settled(self.api)
        return self.sees

    async def hears(self, text: str, **more: Any) -> list[Shown]:
        """Say something and wait for the whole answer; returns its messages."""
        before = len(self.sees)
        self.says(text, **more)
        return (await self.waits(before + 1))[before:]


async def settled(api: FakeApi, calm: float = 0.25) -> None:
    """Wait until the bot calls nothing but for updates."""
    last, since = _count(api), time.monotonic()
    while time.monotonic() - since < calm:
        await asyncio.sleep(0.02)
        if _count(api) != last:
            last, since = _count(api), time.monotonic()


def _count(api: FakeApi) -> int:
    return sum(name != "getUpdates" for name, _ in api.calls)
