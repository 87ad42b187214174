"""Strengths: in the person's own words, given back at the next urge."""

from typing import Optional

from actions.talk import Talk
from actions.walk import WalkAction


class StrengthsForm(WalkAction):
    """Elicits and gives back what the person is good at."""

    topic = "strengths"

    def do_weigh(self, talk: Talk) -> Optional[str]:
        """Whether there is anything to keep."""
        return "kept" if talk.answers.get("good") or talk.answers.get("carried") else "nothing"
