"""What the documented Bot API accepts of each method that we use, and what it refuses."""

import json
import re
from collections.abc import Callable
from typing import Any, Optional


class Refusal(Exception):
    """An error as Telegram words it: a status and a description."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


def _int(value: str) -> int:
    if not re.fullmatch(r"-?\d+", value):
        raise Refusal(400, "Bad Request: a number is expected")
    return int(value)


def _bool(value: str) -> bool:
    if value.lower() not in ("true", "false", "1", "0"):
        raise Refusal(400, "Bad Request: a boolean is expected")
    return value.lower() in ("true", "1")


def _json(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        raise Refusal(400, "Bad Request: can't parse JSON") from None


def _text(most: int, least: int = 1) -> Callable[[str], str]:
    def check(value: str) -> str:
        units = len(value.encode("utf-16-le")) // 2
        if units < least or (not value.strip() and least):
            raise Refusal(400, "Bad Request: message text is empty")
        if units > most:
            raise Refusal(400, "Bad Request: message is too long")
        return value

    return check


def _markup(value: str) -> dict[str, Any]:
    markup = _json(value)
    if set(markup) != {"inline_keyboard"}:
        raise Refusal(400, "Bad Request: object expected as reply markup")
    for row in markup["inline_keyboard"]:
        if not 1 <= len(row) <= 8:
            raise Refusal(400, "Bad Request: wrong number of buttons in a row")
        for button in row:
            if set(button) != {"text", "callback_data"} or not button["text"].strip():
                raise Refusal(400, "Bad Request: field of a button is wrong")
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    return markup


def _preview(value: str) -> dict[str, Any]:
    options = _json(value)
    if set(options) - {"is_disabled", "url", "prefer_small_media", "show_above_text"}:
        raise Refusal(400, "Bad Request: can't parse link preview options")
    return options


def _commands(value: str) -> list[dict[str, str]]:
    commands = _json(value)
    for command in commands:
        known = set(command) == {"command", "description"}
        if not known or not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise Refusal(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    return commands


def _action(value: str) -> str:
    if value != "typing":
        raise Refusal(400, "Bad Request: wrong parameter action in request")
    return value


def _kinds(value: str) -> list[str]:
    known = {"message", "edited_message", "callback_query", "my_chat_member"}
    kinds = _json(value)
    if set(kinds) - known:
        raise Refusal(400, "Bad Request: an update that nobody asked to be sent")
    return kinds


def _secret(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value):
        raise Refusal(400, "Bad Request: secret token contains unallowed characters")
    return value


_SENT = {"chat_id": _int, "reply_markup": _markup, "protect_content": _bool}
PARAMETERS: dict[str, dict[str, Callable[[str], Any]]] = {
    "getMe": {},
    "deleteWebhook": {"drop_pending_updates": _bool},
    "setWebhook": {
        "url": str, "secret_token": _secret, "allowed_updates": _kinds, "max_connections": _int,
    },
    "getUpdates": {"offset": _int, "timeout": _int, "limit": _int, "allowed_updates": _kinds},
    "sendMessage": {**_SENT, "text": _text(4096), "link_preview_options": _preview},
    "sendPhoto": {**_SENT, "caption": _text(1024, 0), "photo": str, "has_spoiler": _bool},
    "sendDocument": {
        **_SENT, "caption": _text(1024, 0), "document": str, "disable_content_type_detection": _bool,
    },
    "sendChatAction": {"chat_id": _int, "action": _action},
    "answerCallbackQuery": {"callback_query_id": str, "text": _text(200, 0)},
    "editMessageReplyMarkup": {"chat_id": _int, "message_id": _int, "reply_markup": _markup},
    "leaveChat": {"chat_id": _int},
    "setMyCommands": {"commands": _commands},
    "setMyDescription": {"description": _text(512, 0)},
    "setMyShortDescription": {"short_description": _text(120, 0)},
}  # fmt: skip
REQUIRED = {
    "setWebhook": ["url"], "sendMessage": ["chat_id", "text"], "sendPhoto": ["chat_id", "photo"],
    "sendDocument": ["chat_id", "document"], "sendChatAction": ["chat_id", "action"],
    "answerCallbackQuery": ["callback_query_id"], "leaveChat": ["chat_id"],
    "editMessageReplyMarkup": ["chat_id", "message_id"], "setMyCommands": ["commands"],
}  # fmt: skip


def check(method: str, given: dict[str, str], files: Optional[dict[str, bytes]] = None) -> dict:
    """The parameters of a call, read as the API reads them.

    Raises:
        Refusal: the method or a parameter is unknown, missing or wrong.
    """
    known = PARAMETERS.get(method)
    if known is None:
        raise Refusal(404, "Not Found: method not found")
    unknown = set(given) - set(known)
    if unknown:
        raise Refusal(400, f"Bad Request: unknown parameter {', '.join(sorted(unknown))}")
    read = {name: known[name](value) for name, value in given.items()}
    for name in REQUIRED.get(method, ()):
        if name not in read and name not in (files or {}):
            raise Refusal(400, f"Bad Request: parameter {name} is missing")
    return read
