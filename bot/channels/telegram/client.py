"""The Bot API client: time limits, flood control, addresses."""

from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.settings import Settings

ANSWER_SECONDS = 15.0
"""How long Telegram may take to take a message; then it is sent again."""
POLL_SECONDS = 25


def make_client(settings: Settings) -> ExtBot:
    """The client of this installation's bot; it connects when it is initialised.

    Raises:
        ValueError: no token is set.
    """
    if settings.telegram_bot_token is None:
        raise ValueError("set TELEGRAM_BOT_TOKEN to the token that BotFather gave you")
    base = settings.telegram_base_url
    return ExtBot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=base,
        base_file_url=file_url(base),
        request=HTTPXRequest(
            read_timeout=ANSWER_SECONDS, connect_timeout=ANSWER_SECONDS, pool_timeout=ANSWER_SECONDS
        ),
        get_updates_request=HTTPXRequest(connection_pool_size=2, connect_timeout=ANSWER_SECONDS),
        rate_limiter=AIORateLimiter(max_retries=3),
    )


def file_url(base: str) -> str:
    """Where a Bot API server keeps its files: `…/file/bot` beside `…/bot`."""
    return base.removesuffix("/bot") + "/file/bot"
