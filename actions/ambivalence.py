"""Ambivalence: both sides of the push and pull, held without steering."""

from typing import Optional

from actions.talk import Talk
from actions.walk import WalkAction

SIDES = ("for", "against")


class AmbivalenceForm(WalkAction):
    """A short decision balance in the person's words."""

    topic = "ambivalence"

    def do_weigh(self, talk: Talk) -> Optional[str]:
        """Both sides, one of them, or none was put into words."""
        said = [side for side in SIDES if talk.answers.get(side)]
        talk.values.update({side: talk.answers[side] for side in said})
        return {2: "both", 1: "one"}.get(len(said), "none")
