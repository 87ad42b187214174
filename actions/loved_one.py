"""Loved one: an own path for those who love somebody that self-injures."""

from actions.walk import WalkAction


class LovedOneForm(WalkAction):
    """Walks a parent, partner or friend through their own fears and next steps."""

    topic = "loved_one"
