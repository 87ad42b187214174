"""The Telegram channel: its parts put together, started and stopped."""

import asyncio
import logging

from starlette.routing import Route
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram import CHANNEL
from bot.channels.telegram.clerk import Clerk
from bot.channels.telegram.client import make_client
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.polling import poll
from bot.channels.telegram.profile import set_profile
from bot.channels.telegram.webhook import Webhook
from bot.channels.telegram.words import Words
from bot.conversation.service import Conversation
from bot.conversation.turn import Turn
from bot.logs import where
from bot.record.errands import Errands
from bot.settings import Settings

logger = logging.getLogger(__name__)
FINISH_SECONDS, STUMBLED_SECONDS = 8.0, 5.0


class TelegramChannel:
    """One bot. The server goes on without it when Telegram cannot be reached."""

    def __init__(self, conversation: Conversation, settings: Settings) -> None:
        store = conversation.store
        self._bot = make_client(settings)
        self._words = Words(settings.data / "responses")
        errands = Errands(store, CHANNEL)
        clerk = Clerk(conversation, self._bot, errands, self._words)
        self._intake = Intake(self._bot, clerk, errands, store)
        self._webhook = (
            Webhook(settings, store.vault, self._intake) if settings.telegram_webhook_url else None
        )

    @property
    def routes(self) -> list[Route]:
        """The webhook's route, in webhook mode."""
        return [self._webhook.route] if self._webhook else []

    async def promised(self, key: str, turn: Turn) -> None:
        """Take over a promise that is due (`bot.conversation.promises`)."""
        await self._intake.promised(key, turn)

    async def run(self) -> None:
        """Serve until cancelled, then finish what was begun."""
        try:
            await self._intake.resume()
            while True:
                try:
                    await self._serve()
                except Exception as error:
                    logger.error("telegram stumbled and starts again%s", where(error))
                await asyncio.sleep(STUMBLED_SECONDS)
        finally:
            await self._intake.finish(FINISH_SECONDS)
            await self._bot.shutdown()

    async def _serve(self) -> None:
        await self._connect()
        profile = asyncio.create_task(set_profile(self._bot, self._words))
        if self._webhook:
            await self._webhook.announce(self._bot)
            logger.info("telegram: webhook is set")
            await profile
            await asyncio.Event().wait()
        await self._drop_webhook()
        logger.info("telegram: polling")
        await poll(self._bot, self._intake)

    async def _connect(self) -> None:
        pause, told = 1.0, ""
        while True:
            try:
                await self._bot.initialize()
                return
            except TelegramError as error:
                says = (
                    "telegram refuses the token: get it anew from BotFather"
                    if isinstance(error, InvalidToken)
                    else "telegram cannot be reached, trying again"
                )
                if says != told:
                    logger.error("%s%s", says, where(error))
                told = says
            await asyncio.sleep(pause)
            pause = min(60.0, pause * 2)

    async def _drop_webhook(self) -> None:
        """Polling and a webhook exclude each other; what waits at Telegram is kept."""
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except TelegramError as error:
            logger.warning("a webhook may still be set%s", where(error))
