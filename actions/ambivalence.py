"""Ambivalence: both sides of the push and pull, held without steering."""

from actions.walk import WalkAction


class AmbivalenceForm(WalkAction):
    """Holds a short decision balance in the person's words."""

    topic = "ambivalence"
