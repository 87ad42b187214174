"""The webhook: Telegram calls us, behind a reverse proxy with a certificate."""

import asyncio
import hmac
import json
import logging
from typing import Optional
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.intake import ALLOWED, Intake
from bot.logs import where
from bot.record.vault import Vault
from bot.settings import Settings

logger = logging.getLogger(__name__)
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 (the header's name)
MOST_BYTES = 1024 * 1024


class Webhook:
    """Receives updates; only who knows the secret is heard."""

    def __init__(self, settings: Settings, vault: Vault, intake: Intake) -> None:
        self.url = settings.telegram_webhook_url
        given = settings.telegram_webhook_secret
        self.secret = given.get_secret_value() if given else _made_secret(vault)
        self._intake = intake

    @property
    def route(self) -> Route:
        """The route to mount, at the path of the address that Telegram is told."""
        return Route(urlsplit(self.url).path or "/", self._receive, methods=["POST"])

    async def announce(self, bot: ExtBot) -> None:
        """Tell Telegram the address, once a start; tried until it is taken."""
        pause = 1.0
        while True:
            try:
                await bot.set_webhook(
                    self.url, secret_token=self.secret, allowed_updates=ALLOWED, max_connections=20
                )
                return
            except TelegramError as error:
                logger.error("telegram does not take TELEGRAM_WEBHOOK_URL%s", where(error))
            await asyncio.sleep(pause)
            pause = min(60.0, pause * 2)

    async def _receive(self, request: Request) -> Response:
        """Written down, then acknowledged; answered after."""
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self.secret.encode()):
            return PlainTextResponse("unknown sender\n", status_code=403)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too long\n", status_code=413)
        try:
            update = json.loads(body)
        except ValueError:
            return PlainTextResponse("send an update as JSON\n", status_code=400)
        if isinstance(update, dict):
            await self._intake.take(update)
        return Response(status_code=200)


def _made_secret(vault: Vault) -> str:
    """A secret of this installation: nothing to set, the same after a restart."""
    return "".join(vault.sign("telegram webhook", part) for part in ("1", "2", "3"))


async def _body(request: Request) -> Optional[bytes]:
    taken = bytearray()
    try:
        async for chunk in request.stream():
            taken += chunk
            if len(taken) > MOST_BYTES:
                return None
    except ClientDisconnect:
        return b""
    return bytes(taken)
