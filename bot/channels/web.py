"""The web channel: a page that chats, over plain HTTP and server-sent events."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Optional

from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.channels.session import address_of, mint
from bot.conversation.guard import Pace
from bot.conversation.service import Conversation
from bot.conversation.turn import Answer, Turn
from bot.safety.static_help import STATIC_HELP

CHANNEL = "web"
MOST_BYTES = 64 * 1024
KEPT_EVENTS = 20
HEARTBEAT = 20.0
SESSIONS_PER_MINUTE = 30
PAGES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
    "/page.css": ("page.css", "text/css; charset=utf-8"),
    "/widget.js": ("widget.js", "text/javascript; charset=utf-8"),
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class WebChannel:
    """Routes for the page and its conversation."""

    def __init__(self, conversation: Conversation, pages: Path) -> None:
        self._conversation = conversation
        self._pages = pages
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._events: dict[str, deque[tuple[int, dict[str, Any]]]] = {}
        self._sessions = Pace(SESSIONS_PER_MINUTE)

    @property
    def routes(self) -> list[Route]:
        """The routes to mount."""
        pages = [Route(path, self._page, methods=["GET"]) for path in PAGES]
        return [
            *pages,
            Route("/api/session", self._session, methods=["POST"]),
            Route("/api/messages", self._message, methods=["POST"]),
            Route("/api/events", self._stream, methods=["GET"]),
        ]

    async def push(self, address: str, answer: Answer) -> None:
        """Deliver an answer that nobody is waiting for: kept until the page fetches it."""
        events = self._events.setdefault(address, deque(maxlen=KEPT_EVENTS))
        number = events[-1][0] + 1 if events else 1
        events.append((number, _shape(answer)))
        for waiting in self._waiting.get(address, ()):
            waiting.set()

    # -- handlers --------------------------------------------------------------

    async def _page(self, request: Request) -> Response:
        name, kind = PAGES[request.url.path]
        return FileResponse(self._pages / name, media_type=kind, headers=HEADERS)

    async def _session(self, request: Request) -> Response:
        client = request.client.host if request.client else ""
        if not _same_origin(request):
            return _refusal(403, "this page may not use this chat")
        if not self._sessions.allows(client):
            return _refusal(429, "too many new conversations from here, wait a minute")
        return JSONResponse({"token": mint(self._conversation.store.vault)}, headers=HEADERS)

    async def _message(self, request: Request) -> Response:
        if not _same_origin(request):
            return _refusal(403, "this page may not use this chat")
        try:
            body = await _body(request)
            given = json.loads(body) if body is not None else None
        except (ValueError, ClientDisconnect):
            return _refusal(400, "send JSON: token, and text or pressed")
        if body is None:
            return _refusal(413, "that message is too long")
        if not isinstance(given, dict):
            return _refusal(400, "send JSON: token, and text or pressed")
        address = self._address(str(given.get("token") or ""))
        if not address:
            return _refusal(401, "this conversation has ended, start a new one")
        pressed = given.get("pressed")
        turn = Turn(
            CHANNEL,
            address,
            text=str(given.get("text") or ""),
            pressed=str(pressed) if pressed else None,
            locale=request.headers.get("accept-language", "")[:35] or None,
        )
        return JSONResponse(_shape(await self._conversation.answer(turn)), headers=HEADERS)

    async def _stream(self, request: Request) -> Response:
        address = self._address(request.query_params.get("token", ""))
        if not address:
            return _refusal(401, "this conversation has ended, start a new one")
        seen = request.headers.get("last-event-id", "0")
        events = self._follow(address, int(seen) if seen.isdigit() else 0)
        return StreamingResponse(events, media_type="text/event-stream", headers=HEADERS)

    async def _follow(self, address: str, seen: int) -> AsyncIterator[str]:
        waiting = asyncio.Event()
        self._waiting.setdefault(address, set()).add(waiting)
        try:
            yield ": open\n\n"
            while True:
                for number, event in list(self._events.get(address, ())):
                    if number > seen:
                        seen = number
                        yield f"id: {number}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
                waiting.clear()
                try:
                    await asyncio.wait_for(waiting.wait(), HEARTBEAT)
                except asyncio.TimeoutError:
                    yield ": still here\n\n"
        finally:
            self._waiting[address].discard(waiting)
            if not self._waiting[address]:
                del self._waiting[address]

    def _address(self, token: str) -> str:
        return address_of(self._conversation.store.vault, token)


def _shape(answer: Answer) -> dict[str, Any]:
    """What the page needs of an answer; how a message was read stays on the server."""
    return {
        "replies": [reply.as_dict() for reply in answer.replies],
        "scale": answer.scale,
    }


def _refusal(status: int, reason: str) -> Response:
    """A refusal that still carries help: whoever sees it may be in need of it."""
    content = {
        "error": reason,
        "replies": [{"text": STATIC_HELP, "buttons": [], "image": None}],
    }
    return JSONResponse(content, status_code=status, headers=HEADERS)


async def _body(request: Request) -> Optional[bytes]:
    """The request's body, or None when it is longer than a message may be."""
    taken = bytearray()
    async for chunk in request.stream():
        taken += chunk
        if len(taken) > MOST_BYTES:
            return None
    return bytes(taken)


def _same_origin(request: Request) -> bool:
    """Whether the page that calls is ours; a call without an origin is no page."""
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")
