"""Scarring: mixed meanings, questions from others, acceptance at one's own pace."""

from actions.walk import WalkAction


class ScarringForm(WalkAction):
    """Walks someone through what their scars mean to them."""

    topic = "scarring"
