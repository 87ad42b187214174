"""Strengths: in the person's own words, given back at the next urge."""

from typing import Optional

from actions.opening import OpeningWalk
from actions.talk import Talk
from bot.conversation.answering import Heard


class StrengthsForm(OpeningWalk):
    """Elicits and gives back what the person is good at."""

    topic = "strengths"

    def keep_opening(self, talk: Talk, heard: Heard) -> None:
        """A strength that is named at once."""
        talk.answers["good"] = heard.value
        super().keep_opening(talk, heard)

    def do_weigh(self, talk: Talk) -> Optional[str]:
        """Whether there is anything to keep."""
        return "kept" if talk.answers.get("good") or talk.answers.get("carried") else "nothing"
