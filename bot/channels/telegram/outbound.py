"""Delivers an answer: replies become messages, and a message is sent until it arrives."""

import asyncio
import base64
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Optional

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import MessageLimit
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot.channels.telegram.keyboards import keyboard
from bot.conversation.turn import Button, Reply
from bot.logs import where
from bot.record.vault import Vault

logger = logging.getLogger(__name__)
LONGEST = int(MessageLimit.MAX_TEXT_LENGTH)
CAPTION = int(MessageLimit.CAPTION_LENGTH)
SLOWEST = 30.0
GIVEN_UP_AFTER = 24 * 3600
"""Telegram itself keeps an undelivered message no longer."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
Call = Callable[[], Awaitable[Any]]


class Refused(Exception):
    """Telegram will never take this message in this form."""


class Gone(Exception):
    """The person has blocked the bot or left Telegram."""


@dataclass(frozen=True)
class Part:
    """One message to send."""

    text: str = ""
    markup: Optional[InlineKeyboardMarkup] = None
    photo: bytes = b""
    file: Optional[dict[str, str]] = None


def to_parts(vault: Vault, person: str, replies: list[Reply], scale: bool) -> list[Part]:
    """The messages of an answer; the same replies always give the same messages."""
    parts: list[Part] = []
    for number, reply in enumerate(replies, 1):
        asks = scale and number == len(replies)
        markup = keyboard(vault, person, reply.buttons, asks)
        photo = picture(reply.image)
        if photo or reply.file:
            caption = reply.text if length(reply.text) <= CAPTION else ""
            parts.append(Part(caption, markup if caption else None, photo, reply.file))
            if caption:
                continue
        texts = split(reply.text)
        parts += [Part(text) for text in texts[:-1]]
        parts += [Part(text, markup) for text in texts[-1:]]
    return parts


class Sender:
    """Sends messages of one bot."""

    def __init__(self, bot: ExtBot) -> None:
        self._bot = bot

    async def send(self, chat: str, part: Part, since: float) -> Optional[int]:
        """Send one message, in a plainer form when Telegram refuses it; returns its number.

        Raises:
            Gone: the person cannot be reached any more.
        """
        for call, plain in self._forms(int(chat), part):
            try:
                message: Message = await surely(call, since, plain)
                return int(message.message_id)
            except Refused:
                continue
        logger.error("telegram takes a message in no form")
        return None

    async def quietly(self, call: Awaitable[Any]) -> None:
        """A call that may fail without harm: typing, a spent keyboard."""
        try:
            await call
        except TelegramError as error:
            logger.debug("telegram refused a courtesy%s", where(error))

    def _forms(self, chat: int, part: Part) -> list[tuple[Call, bool]]:
        """The calls that carry a message, the richest first, and whether each is plain text."""
        bot, text, markup, file = self._bot, part.text, part.markup, part.file
        forms: list[tuple[Call, bool]] = []
        if part.photo:  # protected: phones save other pictures to their gallery
            shown = {"caption": text or None, "reply_markup": markup, "filename": "picture.png"}
            kept = {"protect_content": True, "has_spoiler": True}
            forms.append((partial(bot.send_photo, chat, part.photo, **shown, **kept), False))
        if file:
            named = {"caption": text or None, "reply_markup": markup, "filename": file["name"]}
            content = file["text"].encode()
            forms.append((partial(bot.send_document, chat, content, **named), False))
        for words in split("\n\n".join(one for one in (text, (file or {}).get("text")) if one))[:1]:
            extra = {"reply_markup": markup, "link_preview_options": NO_PREVIEW}
            forms.append((partial(bot.send_message, chat, words, **extra), True))
            forms.append((partial(bot.send_message, chat, words), True))
        return forms


async def surely(call: Call, since: float, plain: bool = True) -> Any:
    """Repeat a call until Telegram answers it with yes or a lasting no.

    Where no answer comes back (a time-out, half an answer) the message may have
    arrived: it is sent again, because twice harms less than never.

    Args:
        call: makes the request.
        since: when the person wrote; a day later the message is given up.
        plain: whether this is a method that every Bot API server has.

    Raises:
        Refused, Gone: the lasting no.
    """
    pause = 0.5
    while True:
        try:
            return await call()
        except Forbidden:
            raise Gone from None
        except (BadRequest, ChatMigrated) as error:
            logger.warning("telegram refuses a message%s", where(error))
            raise Refused from None
        except RetryAfter as error:
            pause = max(pause, seconds_of(error.retry_after))
        except TelegramError as error:
            if isinstance(error, InvalidToken) and not plain:  # how a 404 reads
                raise Refused from None
            logger.warning("telegram cannot be reached, trying again%s", where(error))
        if time.time() - since > GIVEN_UP_AFTER:
            raise Refused
        await asyncio.sleep(pause)
        pause = min(SLOWEST, pause * 2)


def split(text: str) -> list[str]:
    """A text in pieces that Telegram takes, cut at a line or a word; no empty piece."""
    pieces, rest = [], text.strip()
    while length(rest) > LONGEST:
        piece = rest[: _fitting(rest)]
        cut = max(piece.rfind("\n"), piece.rfind(" "))
        piece = piece[:cut] if cut > 0 else piece
        pieces.append(piece.rstrip())
        rest = rest[len(piece) :].lstrip()
    return [piece for piece in (*pieces, rest) if piece]


def length(text: str) -> int:
    """How long Telegram finds a text: UTF-16 units, so that an emoji counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def picture(image: Optional[str]) -> bytes:
    """The bytes of a `data:` URI; empty when there is no picture."""
    head, _, body = (image or "").partition(",")
    return base64.b64decode(body) if head.startswith("data:image/") else b""


def to_value(replies: tuple[Reply, ...], scale: bool) -> dict[str, Any]:
    """An answer as a JSON value to seal."""
    return {"replies": [reply.as_dict() for reply in replies], "scale": scale}


def from_value(value: dict[str, Any]) -> tuple[list[Reply], bool]:
    """The answer that `to_value` made a value of."""
    replies = [
        Reply(
            one["text"],
            tuple(Button(b["title"], b["payload"]) for b in one["buttons"]),
            one["image"],
            one.get("file"),
        )
        for one in value["replies"]
    ]
    return replies, bool(value["scale"])


def _fitting(text: str) -> int:
    """How many characters of a text fit into one message."""
    units = 0
    for place, character in enumerate(text):
        units += 2 if ord(character) > 0xFFFF else 1
        if units > LONGEST:
            return place
    return len(text)


def seconds_of(value: Any) -> float:
    """A wait that Telegram asks for, in seconds."""
    return float(value.total_seconds() if hasattr(value, "total_seconds") else value)
