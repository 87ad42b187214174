"""What Telegram shows around the chat: the commands, the description."""

import logging
from collections.abc import Awaitable
from typing import Any

from telegram import BotCommand
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.words import Words
from bot.conversation.commands import COMMANDS
from bot.logs import where

logger = logging.getLogger(__name__)
COMMAND = "utter_telegram_command_"
"""Begins the name of the response that describes a command."""


async def set_profile(bot: ExtBot, words: Words) -> None:
    """Set commands and descriptions; what Telegram refuses is left as it was.

    The bot's name and picture are the operator's (docs/telegram.md).
    """
    commands = [(name, words.short(COMMAND + name)) for name in COMMANDS]
    shown = [BotCommand(name, text) for name, text in commands if text]
    await _try("commands", bot.set_my_commands(shown))
    description = words.short("utter_telegram_description")
    await _try("description", bot.set_my_description(description))
    await _try(
        "short description", bot.set_my_short_description(words.short("utter_telegram_about"))
    )


async def _try(what: str, call: Awaitable[Any]) -> None:
    try:
        await call
    except TelegramError as error:
        logger.warning("telegram keeps its old %s%s", what, where(error))
