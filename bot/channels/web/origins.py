"""Which web pages may use the chat: our own, and those that the operator names."""

from starlette.requests import Request

NO_STORE = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",  # nothing of a visit is left on the person's disk
}


class Origins:
    """The allowed origins of one installation."""

    def __init__(self, allowed: str) -> None:
        self.allowed = tuple(
            sorted({one.strip().rstrip("/").lower() for one in allowed.split(",") if one.strip()})
        )

    def allow(self, request: Request) -> bool:
        """Whether the calling page may use the chat; a call without an origin is no page."""
        origin = request.headers.get("origin")
        return origin is None or _is_ours(origin, request) or origin.lower() in self.allowed

    def headers(self, request: Request) -> dict[str, str]:
        """The headers of an answer, readable by an allowed page and by no other."""
        origin = request.headers.get("origin", "")
        headers = {**NO_STORE, "Content-Security-Policy": "default-src 'none'", "Vary": "Origin"}
        if origin.lower() in self.allowed:
            headers["Access-Control-Allow-Origin"] = origin
        return headers

    def preflight(self, request: Request) -> dict[str, str]:
        """The headers that answer a browser's question whether it may call."""
        return {
            **self.headers(request),
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": "authorization, content-type, last-event-id",
            "Access-Control-Max-Age": "600",
        }


def _is_ours(origin: str, request: Request) -> bool:
    return origin.partition("://")[2] == request.headers.get("host")
