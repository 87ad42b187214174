"""A Bot API server on loopback, as strict as the documented one, that can be told to misbehave."""

import asyncio
import email
import email.policy
import itertools
import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Optional
from urllib.parse import parse_qsl

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.channels.telegram.rules import Refusal, check

TOKEN = "123456:a-token-that-no-log-may-hold"
BOT = {"id": 123456, "is_bot": True, "first_name": "Quiet", "username": "quiet_bot"}


_NUMBERS = itertools.count(1000)
"""One count for all: an update's number is used once, as long as a store remembers it."""


@dataclass
class Shown:
    """A message of the bot as a person sees it now."""

    id: int
    text: str = ""
    keyboard: list[list[dict[str, str]]] = field(default_factory=list)
    photo: bytes = b""
    file: bytes = b""
    file_name: str = ""
    sent: dict[str, Any] = field(default_factory=dict)
    """The call that made it, as it was sent."""

    @property
    def titles(self) -> list[str]:
        return [button["text"] for row in self.keyboard for button in row]


class FakeApi:
    """The server, and what a test may see and do."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.chats: dict[int, list[Shown]] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refused: list[str] = []
        """What we sent that the API does not take."""
        self.blocked: set[int] = set()
        self.webhook: dict[str, Any] = {}
        self.before: Optional[Callable[[str, dict[str, Any]], None]] = None
        """Called with each call before it is carried out; it may refuse it."""
        self._faults: dict[str, list[str]] = {}
        self._open_callbacks: set[str] = set()
        self._numbers = _NUMBERS
        self._polling = 0
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        app = Starlette(routes=[Route("/bot{token}/{method}", self._serve, methods=["POST"])])
        self._server = uvicorn.Server(
            uvicorn.Config(app, port=self.port, log_config=None, access_log=False, ws="none")
        )

    def start(self) -> None:
        threading.Thread(target=self._server.run, daemon=True).start()
        while not self._server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.should_exit = True

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    def inject(self, method: str, *faults: str) -> None:
        """Have the next calls of a method fail: 429 409 403 502 400 401, `timeout`, `half`, `late`."""
        self._faults.setdefault(method, []).extend(faults)

    def add(self, **update: Any) -> int:
        """Put an update in the queue; returns its number."""
        number = next(self._numbers)
        self.updates.append({"update_id": number, **update})
        return number

    def counted(self, method: str) -> int:
        return sum(name == method for name, _ in self.calls)

    async def deliver(self, number: int, secret: Optional[str] = None) -> int:
        """Call the webhook with an update that waits; returns the status."""
        update = next(one for one in self.updates if one["update_id"] == number)
        known = self.webhook.get("secret_token", "") if secret is None else secret
        async with httpx.AsyncClient(timeout=20) as client:
            headers = {"X-Telegram-Bot-Api-Secret-Token": known} if known else {}
            done = await client.post(self.webhook["url"], json=update, headers=headers)
        return done.status_code

    # -- serving -------------------------------------------------------------------

    async def _serve(self, request: Request) -> Response:
        method = request.path_params["method"]
        if request.path_params["token"] != TOKEN:
            return _error(Refusal(401, "Unauthorized"))
        given, files = _form(request.headers.get("content-type", ""), await request.body())
        try:
            read = check(method, given, files)
        except Refusal as refusal:
            self.refused.append(f"{method}: {refusal.description}")
            return _error(refusal)
        try:
            if self.before:
                self.before(method, read)
        except Refusal as refusal:
            return _error(refusal)
        fault = self._faults.get(method) or []
        kind = fault.pop(0) if fault else ""
        if kind:
            early = await self._misbehave(kind)
            if early is not None:
                return early
        self.calls.append((method, read))
        try:
            result = await self._carry_out(method, read, files)
        except Refusal as refusal:
            return _error(refusal)
        if kind == "half":  # carried out, and the answer broke off
            return Response('{"ok": true, "resu', media_type="application/json")
        return JSONResponse({"ok": True, "result": result})

    async def _misbehave(self, kind: str) -> Optional[Response]:
        if kind == "half":
            return None
        if kind == "timeout":
            await asyncio.sleep(3)
            return Response(status_code=504)
        if kind == "late":
            await asyncio.sleep(0.5)
            return None
        if kind == "502":
            return Response("<html>Bad Gateway</html>", status_code=502)
        known = {
            "429": Refusal(429, "Too Many Requests: retry after 1", retry_after=1),
            "409": Refusal(409, "Conflict: terminated by other getUpdates request"),
            "403": Refusal(403, "Forbidden: bot was blocked by the user"),
            "400": Refusal(400, "Bad Request: something is not as it should be"),
            "404": Refusal(404, "Not Found: method not found"),
            "401": Refusal(401, "Unauthorized"),
        }
        return _error(known[kind])

    async def _carry_out(self, method: str, read: dict[str, Any], files: dict[str, bytes]) -> Any:
        if "chat_id" in read and read["chat_id"] in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if method in ("sendMessage", "sendPhoto", "sendDocument"):
            return self._send(read, files)
        if method == "getUpdates":
            return await self._poll(read)
        if method == "editMessageReplyMarkup":
            return self._edit(read)
        if method == "answerCallbackQuery":
            if read["callback_query_id"] not in self._open_callbacks:
                raise Refusal(400, "Bad Request: query is too old or query ID is invalid")
            self._open_callbacks.discard(read["callback_query_id"])
        if method == "setWebhook":
            self.webhook = read
        if method == "deleteWebhook":
            self.webhook = {}
        return BOT if method == "getMe" else True

    def _send(self, read: dict[str, Any], files: dict[str, bytes]) -> dict[str, Any]:
        chat = read["chat_id"]
        if chat not in self.chats:
            raise Refusal(400, "Bad Request: chat not found")
        photo, file = files.get("photo", b""), files.get("document", b"")
        if "photo" in files and not photo.startswith(b"\x89PNG"):
            raise Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED")
        shown = Shown(
            next(self._numbers),
            read.get("text") or read.get("caption") or "",
            read.get("reply_markup", {}).get("inline_keyboard", []),
            photo, file, files.get("name", b"").decode(), read,
        )  # fmt: skip
        self.chats[chat].append(shown)
        message = {"message_id": shown.id, "date": int(time.time()), "from": BOT}
        return {**message, "chat": {"id": chat, "type": "private"}, "text": shown.text}

    def _edit(self, read: dict[str, Any]) -> bool:
        for shown in self.chats.get(read["chat_id"], []):
            if shown.id == read["message_id"]:
                keyboard = read.get("reply_markup", {}).get("inline_keyboard", [])
                if shown.keyboard == keyboard:
                    raise Refusal(400, "Bad Request: message is not modified")
                shown.keyboard = keyboard
                return True
        raise Refusal(400, "Bad Request: message to edit not found")

    async def _poll(self, read: dict[str, Any]) -> list[dict[str, Any]]:
        if self.webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        self._polling += 1
        mine, until = self._polling, time.monotonic() + min(read.get("timeout", 0), 2)
        self.updates = [one for one in self.updates if one["update_id"] >= read.get("offset", 0)]
        while not self.updates and time.monotonic() < until and not self._server.should_exit:
            if self._polling != mine:
                raise Refusal(409, "Conflict: terminated by other getUpdates request")
            await asyncio.sleep(0.01)
        return self.updates[: read.get("limit", 100)]

    # -- what Telegram knows of presses ----------------------------------------------

    def open_callback(self) -> str:
        number = f"callback-{next(self._numbers)}"
        self._open_callbacks.add(number)
        return number


def _form(kind: str, body: bytes) -> tuple[dict[str, str], dict[str, bytes]]:
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True)), {}
    head = f"Content-Type: {kind}\r\n\r\n".encode()
    message = email.message_from_bytes(head + body, policy=email.policy.HTTP)
    given, files = {}, {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if part.get_filename():
            files[name], files["name"] = content, part.get_filename().encode()
        else:
            given[name] = content.decode()
    return given, files


def _error(refusal: Refusal) -> Response:
    body = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return Response(json.dumps(body), status_code=refusal.status, media_type="application/json")
