"""Loved one: an own path for those who love somebody that self-injures."""

from typing import Optional

from actions.crisis import give_help
from actions.talk import Talk
from actions.walk import WalkAction
from bot.conversation.answering import Heard


class LovedOneForm(WalkAction):
    """Walks a parent, partner or friend through their own fears and next steps."""

    topic = "loved_one"

    def hear_danger(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Fear for a life gets help at once, doubt included; the walk waits."""
        if heard.outcome in ("yes", "idk", "unclear"):
            give_help(talk, "third_party")
            talk.left = True
        return None
