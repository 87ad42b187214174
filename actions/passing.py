"""What is said to something told that is no answer to our question, before the walk goes on."""

from typing import Optional

from actions.talk import Talk
from bot.conversation.answering import Heard
from bot.conversation.said import VERY_SURE
from bot.conversation.walks import Step
from bot.nlu.asking import asks
from bot.nlu.normalise import normalise

TOLD = {
    "ambivalence": "utter_walk_told_mixed",
    "distress": "utter_walk_told_pain",
    "adversities": "utter_walk_told_pain",
    "self_acceptance": "utter_walk_told_pain",
}
"""What is said to something told in passing, by its intent, before our question comes again."""
MUCH = 8
"""Words from which something told is met with more than thanks."""


def before_asking_again(talk: Talk, heard: Heard) -> str:
    """The response to words that are no answer to our question, before it is asked again."""
    told = heard.outcome == "told"
    if told and asks(normalise(talk.text)):
        return "utter_walk_no_answer"
    if told and talk.confidence >= VERY_SURE and talk.intent in TOLD:
        return TOLD[talk.intent]
    return "utter_walk_told" if told and _much(talk) else "utter_walk_unclear"


def before_going_on(talk: Talk, heard: Heard, following: Optional[Step]) -> Optional[str]:
    """The response to such words where the walk goes on from them, or None.

    Args:
        talk: this turn.
        heard: what the message was heard as.
        following: the next step, or None at the end; one that says something answers by itself.
    """
    silent = following is not None and not (following.say or following.do)
    return "utter_walk_heard" if heard.outcome == "told" and silent and _much(talk) else None


def _much(talk: Talk) -> bool:
    return len(talk.text.split()) >= MUCH
