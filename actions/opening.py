"""A first message that already answers the walk it starts ("i'm good with animals")."""

import re
from typing import Optional

from actions.talk import Talk
from actions.walk import WalkAction
from bot.conversation.answering import Heard
from bot.nlu.asking import asks
from bot.nlu.normalise import normalise

FEWEST_WORDS = 4
_MISSES = re.compile(
    r"\b(?:no|not|none|nothing|never|can't|cannot|don't|doesn't|isn't|zero|useless|hopeless|"
    r"want to|wish|help|remind|tell me|teach|show me|always lose|powerless|weak|doubt|how|why|"
    r"what)\b|n't\b"
)
"""Words of somebody who looks for a strength or a success and has not named one."""


class OpeningWalk(WalkAction):
    """A walk that somebody may start by naming what it asks for."""

    def do_opening(self, talk: Talk) -> Optional[str]:
        """Keep such a message as the answer that it is, and say so as `told`."""
        if not tells(talk):
            return None
        self.keep_opening(talk, Heard("answered", talk.text))
        return "told"

    def keep_opening(self, talk: Talk, heard: Heard) -> None:
        """Keep it, as the answer to the first question would be."""
        self.hear_note(talk, heard)


def tells(talk: Talk) -> bool:
    """Whether the message tells of something there is; neither a question nor a "no"."""
    plain = normalise(talk.text)
    asked = talk.text.startswith("/") or asks(plain) or _MISSES.search(plain)
    return not asked and len(plain.split()) >= FEWEST_WORDS
