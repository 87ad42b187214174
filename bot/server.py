"""The server: the web page, the channels, health and metrics; nothing of Rasa's own API."""

import asyncio
import contextlib
import hmac
import logging
import socket
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Optional

import prometheus_client
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.telegram import CHANNEL as TELEGRAM
from bot.channels.web import CHANNEL, Limits, WebChannel
from bot.conversation.promises import Promises
from bot.conversation.service import Conversation
from bot.conversation.start import start
from bot.conversation.turn import Turn
from bot.logs import where
from bot.services import services
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.channels.telegram.channel import TelegramChannel

logger = logging.getLogger(__name__)

FAILED = prometheus_client.Counter(
    "tideline_failed_turns", "Turns answered by the static help", ["part"]
)
EXPIRY_SECONDS = 6 * 3600


def build(
    conversation: Conversation, settings: Settings, limits: Optional[Limits] = None
) -> Starlette:
    """The application around a conversation."""
    web = WebChannel(conversation, settings, limits)
    telegram = _telegram(conversation, settings)
    conversation.on_failure = lambda part: FAILED.labels(part).inc()

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        takers = {TELEGRAM: telegram.promised} if telegram else {}
        promises = Promises(conversation, {CHANNEL: web.push}, takers)
        tasks = [asyncio.create_task(telegram.run())] if telegram else []
        tasks += [
            asyncio.create_task(promises.run()),
            asyncio.create_task(_expire(conversation, settings.retention_days)),
        ]
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(_request: Request) -> Response:
        answer = await conversation.answer(Turn("ready", "probe", "/help"))
        failed = answer.failed or ("safety" if conversation.unread else "")
        return JSONResponse({"ready": not failed, "failed": failed}, 503 if failed else 200)

    async def metrics(request: Request) -> Response:
        if not _may_see_metrics(request, settings):
            return PlainTextResponse("loopback or token only\n", status_code=403)
        return Response(
            prometheus_client.generate_latest(),
            media_type=prometheus_client.CONTENT_TYPE_LATEST,
        )

    own = [Route("/health", health), Route("/ready", ready), Route("/metrics", metrics)]
    more = telegram.routes if telegram else []
    app = Starlette(routes=[*web.routes, *own, *more], lifespan=lifespan)
    app.state.web = web
    return app


def run() -> None:
    """Serve until Ctrl-C; what is being answered is finished first."""
    settings = services().settings
    conversation = start(model_needed=False)
    if conversation.problem:
        logger.error("every turn is answered with the static help: %s", conversation.problem)
    app = build(conversation, settings)
    logger.info("chat at http://%s:%d/", settings.host, settings.port)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        ws="none",  # answers come as server-sent events; Rasa's websockets is too old for uvicorn
        log_config=None,
        access_log=False,  # addresses and tokens belong in no log
        timeout_graceful_shutdown=5,
        server_header=False,
    )
    with contextlib.suppress(KeyboardInterrupt):
        Server(config, app.state.web).run()


class Server(uvicorn.Server):
    """Ends the open streams when it is told to stop: they would hold it up."""

    def __init__(self, config: uvicorn.Config, web: WebChannel) -> None:
        super().__init__(config)
        self._web = web

    async def shutdown(self, sockets: Optional[list[socket.socket]] = None) -> None:
        """Stop taking connections, finish what is being answered, and end."""
        self._web.talks.close()
        await super().shutdown(sockets)


def _telegram(conversation: Conversation, settings: Settings) -> "Optional[TelegramChannel]":
    """The Telegram channel, when a token is set; its library is imported only then."""
    if settings.telegram_bot_token is None:
        return None
    from bot.channels.telegram.channel import TelegramChannel

    return TelegramChannel(conversation, settings)


async def _expire(conversation: Conversation, days: int) -> None:
    while True:
        try:
            await asyncio.to_thread(conversation.store.expire, days)
        except Exception as error:
            logger.error("old records could not be expired; tried again later%s", where(error))
        await asyncio.sleep(EXPIRY_SECONDS)


def _may_see_metrics(request: Request, settings: Settings) -> bool:
    if settings.metrics_token is not None:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given, settings.metrics_token.get_secret_value())
    proxied = "x-forwarded-for" in request.headers
    return (
        not proxied and request.client is not None and request.client.host in ("127.0.0.1", "::1")
    )
