"""Refusals. Each still carries help: whoever sees it may be in need of it."""

import logging
from typing import Optional

from starlette.responses import JSONResponse, Response

from bot.logs import where
from bot.safety.static_help import STATIC_HELP

logger = logging.getLogger(__name__)


class Refusal(Exception):
    """A request that is not served; `reason` is for developers, never shown to a person."""

    def __init__(self, status: int, reason: str, retry: Optional[int] = None) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.retry = retry

    @classmethod
    def broken(cls, error: Exception) -> "Refusal":
        """Something of ours is broken; the place is logged, the person's words are not."""
        logger.error("the web channel failed%s", where(error))
        return cls(503, "something here is broken, try again in a moment", retry=5)


def refused(refusal: Refusal, headers: dict[str, str]) -> Response:
    """The answer to a refused request."""
    content = {
        "error": refusal.reason,
        "replies": [{"text": STATIC_HELP, "buttons": [], "image": None}],
    }
    more = {"Retry-After": str(refusal.retry)} if refusal.retry else {}
    return JSONResponse(content, status_code=refusal.status, headers={**headers, **more})
