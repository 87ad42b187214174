"""Long polling: needs nothing but a token."""

import asyncio
import logging

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.client import POLL_SECONDS
from bot.channels.telegram.intake import ALLOWED, Intake
from bot.channels.telegram.outbound import seconds_of
from bot.logs import where

logger = logging.getLogger(__name__)
SLOWEST = 30.0
TOLD = {
    Conflict: "another program polls with this token: stop it, or unset its webhook",
    InvalidToken: "telegram refuses the token: get it anew from BotFather",
}


async def poll(bot: ExtBot, intake: Intake) -> None:
    """Fetch updates until cancelled.

    The next request confirms the updates before it, so they are written down first.
    """
    offset, pause, told = 0, 0.5, ""
    while True:
        try:
            batch = await bot.do_api_request(
                "getUpdates",
                {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": ALLOWED},
                read_timeout=POLL_SECONDS + 10.0,
            )
            pause, told = 0.5, ""
        except TelegramError as error:
            says = next((text for kind, text in TOLD.items() if isinstance(error, kind)), "")
            says = says or "telegram cannot be reached, trying again"
            if says != told:  # once, not every half minute
                logger.error("%s%s", says, where(error))
            told = says
            asked = seconds_of(error.retry_after) if isinstance(error, RetryAfter) else 0.0
            await asyncio.sleep(max(pause, asked))
            pause = min(SLOWEST, pause * 2)
            continue
        for raw in batch if isinstance(batch, list) else []:
            number = raw.get("update_id") if isinstance(raw, dict) else None
            if isinstance(number, int):
                await intake.take(raw)
                offset = max(offset, number + 1)
