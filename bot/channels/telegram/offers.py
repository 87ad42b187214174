"""Which keyboards are still open in each chat: one is good once, and only the newest.

Kept in memory alone. After a restart an old keyboard that is pressed is judged
by the conversation, which knows what it last offered.
"""

import time
from collections import OrderedDict
from typing import Any

from bot.channels.telegram.inbound import Incoming

DOUBLE_TAP = 2.0
CHATS_WATCHED = 10_000


class Offers:
    """Message numbers of open keyboards, by chat."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, list[int]] = OrderedDict()
        self._pressed: OrderedDict[tuple[str, int], float] = OrderedDict()

    def add(self, chat: str, message: int) -> None:
        """A message with a keyboard was sent."""
        self._open.setdefault(chat, []).append(message)
        _bound(self._open)

    def close(self, chat: str) -> list[int]:
        """The conversation has moved on: the keyboards that are now spent."""
        return self._open.pop(chat, [])

    def is_stale(self, incoming: Incoming) -> bool:
        """Whether a pressed keyboard is known not to be on offer any more."""
        newest = self._open.get(incoming.chat, [])
        return incoming.message is not None and bool(newest) and incoming.message not in newest

    def is_double_tap(self, incoming: Incoming) -> bool:
        """Whether a keyboard was pressed again before it could be taken away; counts the press."""
        if incoming.message is None:
            return False
        key, now = (incoming.chat, incoming.message), time.monotonic()
        before = self._pressed.pop(key, None)
        self._pressed[key] = now
        _bound(self._pressed)
        still_on_offer = incoming.message in self._open.get(incoming.chat, [])
        return before is not None and now - before < DOUBLE_TAP and not still_on_offer


def _bound(known: "OrderedDict[Any, Any]") -> None:
    if len(known) > CHATS_WATCHED:
        known.popitem(last=False)
