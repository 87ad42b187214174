"""Strengths: in the person's own words, given back at the next urge."""

from actions.walk import WalkAction


class StrengthsForm(WalkAction):
    """Elicits and gives back what the person is good at."""

    topic = "strengths"
