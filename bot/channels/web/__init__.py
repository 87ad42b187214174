"""The web channel: the website widget talks to it over plain HTTP and server-sent events."""

from bot.channels.web.channel import CHANNEL, WebChannel
from bot.channels.web.limits import Limits

__all__ = ["CHANNEL", "Limits", "WebChannel"]
