"""Routes of the web channel: a session, a message in, answers out, a code to come back."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any, Optional

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web import recovery
from bot.channels.web.events import Event, Talks, as_json
from bot.channels.web.limits import Doors, Limits, TooLong, TooSlow, read_body
from bot.channels.web.origins import Origins
from bot.channels.web.pages import Pages
from bot.channels.web.refusal import Refusal, refused
from bot.channels.web.session import address_of, mint
from bot.channels.web.shape import answered_before, due_of, note_answered, resumed, shape
from bot.channels.web.stream import Stream
from bot.conversation.guard import LONGEST
from bot.conversation.service import Conversation
from bot.conversation.turn import Answer, Turn
from bot.settings import ROOT, Settings

CHANNEL = "web"
Handler = Callable[[Request], Awaitable[Response]]


class WebChannel:
    """Routes for the website and its conversations."""

    def __init__(
        self, conversation: Conversation, settings: Settings, limits: Optional[Limits] = None
    ) -> None:
        self._conversation = conversation
        self._settings = settings
        self._limits = limits or Limits()
        self._doors = Doors(self._limits)
        self._origins = Origins(settings.allowed_origins)
        self._pages = Pages(ROOT / "web" / "dist", self._origins)
        self.talks = Talks()

    @property
    def routes(self) -> list[Route]:
        """The routes to mount."""
        api: list[tuple[str, Handler, str]] = [
            ("/api/config", self._config, "GET"),
            ("/api/session", self._session, "POST"),
            ("/api/messages", self._message, "POST"),
            ("/api/events", self._stream, "GET"),
            ("/api/recovery", self._recovery, "POST"),
        ]
        guarded = [
            Route(path, self._guarded(handler), methods=[method, "OPTIONS"])
            for path, handler, method in api
        ]
        return [*self._pages.routes, *guarded]

    async def push(self, address: str, answer: Answer) -> None:
        """Deliver an answer that nobody is waiting for: kept until the page fetches it."""
        self.talks.add(address, shape(answer))

    # -- handlers --------------------------------------------------------------

    async def _config(self, request: Request) -> Response:
        """What the widget shows of the service; nothing about the person is asked or sent."""
        ours = self._settings
        return self._json(
            request,
            {
                "service": ours.service_name,
                "contact": ours.service_contact,
                "hours": ours.service_hours,
                "country": ours.country,
                "exit": ours.exit_url,
                "days": ours.retention_days,
            },
        )

    async def _session(self, request: Request) -> Response:
        given = await self._given(request)
        store, code = self._conversation.store, given.get("code")
        if code:
            if not self._doors.may_try_code(request):
                raise Refusal(429, "too many codes, wait a minute")
            found = await asyncio.to_thread(recovery.redeem, store, CHANNEL, str(code)[:64])
            if found is None:
                raise Refusal(404, "that code opens no record")
            return self._json(request, {"token": mint(store.vault, found)})
        if not self._doors.may_begin(request):
            raise Refusal(429, "too many new conversations from here, wait a minute")
        return self._json(request, {"token": mint(store.vault)})

    async def _message(self, request: Request) -> Response:
        given = await self._given(request)
        address = self._address(request, str(given.get("token") or ""))
        if not self._doors.may_speak(request, address):
            raise Refusal(429, "too many messages, wait a moment")
        message = str(given.get("id") or "")[:64]
        if self._doors.crowded and not (message and self.talks.knows(address, message)):
            raise Refusal(503, "many people are writing, try again in a moment", retry=2)

        async def answer() -> Event:
            return await self._answered(request, address, message, given)

        event = await (self.talks.once(address, message, answer) if message else answer())
        return self._answer(request, as_json(event))

    async def _answered(
        self, request: Request, address: str, message: str, given: dict[str, Any]
    ) -> Event:
        """Answer a message; one that was answered before a restart gets its answer again."""
        store = self._conversation.store
        mark = store.vault.sign("message", address, message) if message else ""
        pressed = given.get("pressed")
        turn = Turn(
            CHANNEL,
            address,
            text=str(given.get("text") or ""),
            pressed=str(pressed) if pressed else None,
            locale=request.headers.get("accept-language", "")[:35] or None,
        )
        person = self._conversation.person(turn)
        again = await asyncio.to_thread(answered_before, store, person, CHANNEL, mark)
        if again:
            return self.talks.add(address, {"message": message, **again})
        self._doors.turns += 1
        try:
            answer = await self._conversation.answer(turn)
        finally:
            self._doors.turns -= 1
        forgotten = answer.intent == "forget_data"
        if forgotten:
            self.talks.forget(address)
        elif not answer.failed:
            await asyncio.to_thread(note_answered, store, CHANNEL, mark)
        said = str(given.get("said") or "")[:LONGEST] or None
        due = await due_of(store, person, answer)
        event = {"message": message or None, "said": said, **shape(answer, due)}
        return self.talks.add(address, {**event, "forgotten": True} if forgotten else event)

    async def _stream(self, request: Request) -> Response:
        address = self._address(request)
        if self.talks.followers() >= self._limits.streams_at_once:
            raise Refusal(503, "many people are here, try again in a moment", retry=5)
        if not self._doors.may_listen(request):
            raise Refusal(429, "too many open pages from here")
        if self.talks.followers(address) >= self._limits.streams_per_session:
            raise Refusal(429, "this conversation is open too often")
        last_id = request.headers.get("last-event-id", "")
        if not last_id and not self.talks.of(address).events:
            await self._recall(address)
        events = self.talks.follow(address, last_id, self._limits.heartbeat_seconds)
        return Stream(self._doors.listening(request, events), self._limits.write_seconds, self._origins.headers(request))

    async def _recall(self, address: str) -> None:
        """A page that was loaded again, after a restart of ours: show where the talk stands."""
        person = self._conversation.person(Turn(CHANNEL, address))
        with contextlib.suppress(Exception):  # the next message tells what is broken
            again = await asyncio.to_thread(resumed, self._conversation.store, person)
            self.talks.add(address, again) if again else None

    async def _recovery(self, request: Request) -> Response:
        given = await self._given(request)
        address = self._address(request, str(given.get("token") or ""))
        if not self._doors.may_try_code(request):
            raise Refusal(429, "too many codes, wait a minute")
        store = self._conversation.store
        code = await asyncio.to_thread(recovery.issue, store, CHANNEL, address)
        return self._json(request, {"code": code})

    # -- inside ----------------------------------------------------------------

    def _guarded(self, handler: Handler) -> Handler:
        """A handler that answers allowed pages only, and every refusal with help."""

        async def guarded(request: Request) -> Response:
            headers = self._origins.headers(request)
            try:
                if not self._origins.allow(request):
                    raise Refusal(403, "this page may not use this chat")
                if request.method == "OPTIONS":
                    return Response(status_code=204, headers=self._origins.preflight(request))
                return await handler(request)
            except Refusal as refusal:
                return refused(refusal, headers)
            except Exception as error:
                return refused(Refusal.broken(error), headers)

        return guarded

    async def _given(self, request: Request) -> dict[str, Any]:
        wrong = Refusal(400, "send a JSON object")
        try:
            body = await read_body(request, self._limits)
            given = json.loads(body or b"{}")
        except TooLong:
            raise Refusal(413, "that message is too long") from None
        except TooSlow:
            raise Refusal(408, "that message took too long to arrive") from None
        except (ValueError, RecursionError, ClientDisconnect):
            raise wrong from None
        if not isinstance(given, dict):
            raise wrong
        return given

    def _address(self, request: Request, token: str = "") -> str:
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        address = address_of(self._conversation.store.vault, bearer or token)
        if not address:
            raise Refusal(401, "this conversation has ended, start a new one")
        return address

    def _json(self, request: Request, content: dict[str, Any]) -> Response:
        return JSONResponse(content, headers=self._origins.headers(request))

    def _answer(self, request: Request, body: str) -> Response:
        headers = self._origins.headers(request)
        return Response(body, media_type="application/json", headers=headers)
