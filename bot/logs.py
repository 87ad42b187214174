"""Logging that cannot hold what a person wrote.

Rasa logs message text at DEBUG and, in a few error paths, at higher levels;
httpx logs URLs that contain the bot token. Everything outside `bot` is
therefore cut to its event name, and exceptions to their type and place.
"""

import logging
import os
import sys
import traceback
import warnings
from typing import Any

import structlog

QUIET = (
    "rasa",
    "rasa_sdk",
    "httpx",
    "httpcore",
    "telegram",
    "matplotlib",
    "sqlalchemy",
    "alembic",
)


class _WithoutWords(logging.Formatter):
    """Formats a record without any text that could come from a person."""

    def format(self, record: logging.LogRecord) -> str:
        own = record.name.partition(".")[0] in {"bot", "actions", "uvicorn"}
        message = record.getMessage() if own else f"{record.module}:{record.lineno}"
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {message}"
        return line + where(record.exc_info[1]) if record.exc_info else line


def where(error: Any) -> str:
    """` (ValueError at file:line)` of an error, without its message.

    An error's message may quote the input that caused it, so it is left out.
    """
    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    return f" ({type(error).__name__}{place})"


def configure_logging(level: int = logging.INFO) -> None:
    """Send the process's logs to stderr, wordless; call before importing Rasa."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("LOG_LEVEL", "ERROR")  # also silences Rasa's progress bars
    warnings.showwarning = lambda *_args, **_kwargs: None  # libraries reset the filters
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_WithoutWords())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        processors=[_event_name_only, structlog.processors.KeyValueRenderer()],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _event_name_only(_logger: Any, _method: str, event: Any) -> Any:
    return {"event": event.get("event", "")}
