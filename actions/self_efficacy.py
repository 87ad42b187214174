"""Self-efficacy: times an urge was overcome, in their words, kept for the next one."""

from typing import Optional

from actions.opening import OpeningWalk
from actions.talk import Talk
from bot.conversation.answering import Heard

LOW = 5
"""Confidence of 0 to 10 below which we look for more support and not for reasons."""


class SelfEfficacyForm(OpeningWalk):
    """Elicits a time an urge was overcome and what it took."""

    topic = "self_efficacy"

    def keep_opening(self, talk: Talk, heard: Heard) -> None:
        """A success that is told at once comes back at the next urge, like any other."""
        super().keep_opening(talk, heard)
        self.hear_win(talk, heard)

    def hear_sure(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Whether the person trusts themselves with the next urge."""
        if heard.outcome != "answered":
            return None
        return "low" if int(heard.value) < LOW else "high"
