"""Reads a Telegram update: what of it is a message to us, and what kind."""

import time
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Optional

from telegram import ChatMemberUpdated, Message, Update

Kind = Literal["said", "pressed", "note", "secondhand", "due", "gone", "group"]
"""`secondhand` is text that is not a fresh message of theirs: an edit, a forward, a caption."""

WITHOUT_WORDS = {
    "voice": "utter_telegram_voice",
    "audio": "utter_telegram_voice",
    "video_note": "utter_telegram_voice",
    "photo": "utter_telegram_picture",
    "video": "utter_telegram_picture",
    "animation": "utter_telegram_picture",
    "sticker": "utter_telegram_sticker",
    "dice": "utter_telegram_sticker",
    "venue": "utter_telegram_location",
    "location": "utter_telegram_location",
    "contact": "utter_telegram_contact",
    "document": "utter_telegram_document",
    "poll": "utter_telegram_other",
    "game": "utter_telegram_other",
    "story": "utter_telegram_other",
    "paid_media": "utter_telegram_other",
    "checklist": "utter_telegram_other",
}
"""What is said to a message that holds no words, by the part of it that is set."""
MOST_KEPT = 16_000


@dataclass(frozen=True)
class Incoming:
    """What is kept of an update until it is answered: no name, and nothing of others."""

    kind: Kind
    chat: str
    text: str = ""
    pressed: Optional[str] = None
    """The data of a pressed button."""
    message: Optional[int] = None
    """The message whose button was pressed."""
    callback: Optional[str] = None
    """The press that Telegram waits to have acknowledged."""
    note: str = ""
    """The response to say to something that is no plain message."""
    locale: Optional[str] = None
    signal: Optional[str] = None
    at: float = field(default_factory=time.time)

    def as_dict(self) -> dict[str, Any]:
        """The JSON value to seal."""
        return asdict(self)


def read(update: Update) -> Optional[Incoming]:
    """The message in an update, or None where silence is meant.

    Silence: channel posts, inline queries, reactions, service messages, edits
    without words (a live location sends one every few seconds), other bots.
    """
    if update.callback_query is not None:
        return _press(update)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    message = update.message or update.edited_message
    if message is None or (message.from_user is not None and message.from_user.is_bot):
        return None
    if message.chat.type in ("group", "supergroup"):
        return None if _is_service(message) else Incoming("group", str(message.chat.id))
    if message.chat.type != "private":
        return None
    return _message(message, edited=update.message is None)


def identity(raw: dict[str, Any]) -> tuple[str, ...]:
    """What makes an update this one, also when it is delivered again.

    Its number alone does not: Telegram draws a new one at random after a quiet
    week, and another Bot API server counts from the beginning.
    """
    parts = [str(raw.get("update_id"))]
    for kind, content in sorted(raw.items()):
        if isinstance(content, dict):
            parts += [kind, *(str(content.get(name)) for name in ("id", "message_id", "date"))]
    return tuple(parts)


def salvage(raw: dict[str, Any]) -> Optional[Incoming]:
    """A private message in an update that the library cannot read: newer than it, or damaged."""
    message = raw.get("message")
    if not isinstance(message, dict) or not isinstance(message.get("chat"), dict):
        return None
    chat, sender = message["chat"], message.get("from") or {}
    if chat.get("type") != "private" or not isinstance(chat.get("id"), int) or sender.get("is_bot"):
        return None
    text = message.get("text")
    if isinstance(text, str) and text:
        return Incoming("said", str(chat["id"]), text[:MOST_KEPT])
    return Incoming("note", str(chat["id"]), note="utter_telegram_other")


def _message(message: Message, edited: bool) -> Optional[Incoming]:
    chat, locale = str(message.chat.id), _locale(message)
    text = (message.text or message.caption or "")[:MOST_KEPT]
    note = _note(message)
    if edited:
        note = "utter_telegram_edited"
    elif message.forward_origin is not None:
        note = "utter_telegram_forwarded"
    if text and not note:
        return Incoming("said", chat, text, locale=locale)
    if text:
        return Incoming("secondhand", chat, text, note=note, locale=locale)
    if edited or not note:
        return None
    return Incoming("note", chat, note=note, locale=locale)


def _note(message: Message) -> str:
    for part, response in WITHOUT_WORDS.items():
        if getattr(message, part, None):
            return response
    return ""


def _press(update: Update) -> Optional[Incoming]:
    query = update.callback_query
    where = query.message
    if where is None or where.chat.type != "private" or not query.data:
        return None
    return Incoming(
        "pressed",
        str(where.chat.id),
        pressed=query.data,
        message=where.message_id,
        callback=query.id,
        locale=query.from_user.language_code,
    )


def _membership(change: ChatMemberUpdated) -> Optional[Incoming]:
    """A person who blocked the bot, or a group that it was put into."""
    status, chat = change.new_chat_member.status, change.chat
    if chat.type == "private":
        return Incoming("gone", str(chat.id)) if status in ("kicked", "left") else None
    arrived = chat.type in ("group", "supergroup") and status in ("member", "administrator")
    was_there = change.old_chat_member.status in ("member", "administrator")
    return Incoming("group", str(chat.id)) if arrived and not was_there else None


def _is_service(message: Message) -> bool:
    """Whether nobody says anything in it: a member who came, a group that moved."""
    return not (message.text or message.caption or _note(message))


def _locale(message: Message) -> Optional[str]:
    return message.from_user.language_code if message.from_user is not None else None
