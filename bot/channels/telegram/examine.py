"""What `tideline doctor` can say about the Telegram settings, alone and with Telegram's help."""

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.client import make_client
from bot.settings import Settings

PORTS = (None, 80, 88, 443, 8443)
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
Found = tuple[str, str, str]
"""State, what is so, and the cure."""


def look(settings: Settings, online: bool) -> list[Found]:
    """Faults of the settings; with `online`, also whether Telegram takes the token."""
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    if not re.fullmatch(r"\d+:[\w-]+", token):
        return [("fault", "the token has a wrong form", "copy the whole token from BotFather")]
    found = [*_webhook(settings)]
    if online:
        found += asyncio.run(_ask(settings))
    mode = "webhook" if settings.telegram_webhook_url else "polling"
    fine = "" if online else ", not tried: `tideline doctor --online` asks Telegram"
    return found or [("ok", f"token is set, {mode}{fine}", "")]


def _webhook(settings: Settings) -> list[Found]:
    url, secret = urlsplit(settings.telegram_webhook_url), settings.telegram_webhook_secret
    found: list[Found] = []
    if settings.telegram_webhook_url and url.scheme != "https":
        cure = "set TELEGRAM_WEBHOOK_URL to an https:// address, or unset it for polling"
        found.append(("fault", "Telegram calls only https addresses", cure))
    elif settings.telegram_webhook_url and url.port not in PORTS:
        cure = "use one of them in TELEGRAM_WEBHOOK_URL"
        found.append(("fault", "Telegram calls only the ports 443, 80, 88 and 8443", cure))
    if secret and not _SECRET.fullmatch(secret.get_secret_value()):
        cure = "use 1 to 256 letters, digits, _ and -, or unset it: one is made then"
        found.append(("fault", "TELEGRAM_WEBHOOK_SECRET holds signs that Telegram refuses", cure))
    return found


async def _ask(settings: Settings) -> list[Found]:
    bot = make_client(settings)
    try:
        await bot.initialize()
        return _seen(bot.bot)
    except InvalidToken:
        return [("fault", "Telegram refuses the token", "get it anew from BotFather: /token")]
    except TelegramError as error:
        cure = "check the network, a proxy, TELEGRAM_BASE_URL"
        return [("fault", f"Telegram cannot be reached ({type(error).__name__})", cure)]
    finally:
        await bot.shutdown()


def _seen(me: Any) -> list[Found]:
    found: list[Found] = []
    if me.can_read_all_group_messages:
        found.append(
            ("warning", "the bot can read along in groups", "BotFather: /setprivacy, Enable")
        )
    if me.can_join_groups:
        found.append(
            ("warning", "the bot can be put into groups", "BotFather: /setjoingroups, Disable")
        )
    return found or [("ok", "Telegram takes the token", "")]
