"""Lapse: no reset; kindness first, then what was different."""

from actions.walk import WalkAction


class LapseForm(WalkAction):
    """Walks someone through the hours after it happened again."""

    topic = "lapse"
