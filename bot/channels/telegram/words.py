"""What Telegram alone needs said: `data/responses/telegram.yml`, read without Rasa.

A picture or a sticker is no turn: it must not move a walk, and it must be
answered also when the model is missing.
"""

import logging
from pathlib import Path

from bot.content.responses import read_responses
from bot.logs import where
from bot.safety.static_help import STATIC_HELP

logger = logging.getLogger(__name__)
FILE = "telegram.yml"


class Words:
    """The responses of one file, a different variation each time."""

    def __init__(self, folder: Path) -> None:
        self._texts: dict[str, list[str]] = {}
        self._said: dict[tuple[str, str], int] = {}
        try:
            for sentence in read_responses(folder, FILE):
                self._texts.setdefault(sentence.response, []).append(sentence.text)
        except (OSError, ValueError) as error:
            logger.error("%s cannot be read: static help instead%s", FILE, where(error))

    def say(self, response: str, person: str = "") -> str:
        """A variation of a response; static help where there is none."""
        texts = self._texts.get(response)
        if not texts:
            return STATIC_HELP
        turn = self._said.pop((person, response), 0)
        self._said[(person, response)] = turn + 1
        if len(self._said) > 10_000:
            self._said.pop(next(iter(self._said)))
        return texts[turn % len(texts)]

    def short(self, response: str) -> str:
        """A text for Telegram's own profile page; empty where there is none."""
        return next(iter(self._texts.get(response, [])), "")
