"""What leaves a walk: danger, a question, a wish for another topic, a statement that turns away."""

import re

from bot.conversation.answering import FEW, ratings_told
from bot.conversation.said import CERTAIN, PASSES, SURE, VERY_SURE, Said, needed
from bot.conversation.walks import CONTROL
from bot.nlu.answers import yes_or_no
from bot.nlu.asking import asks
from bot.nlu.kinds import (
    DANGER,
    DOUBTS,
    FAREWELLS,
    LEAVES,
    OWN_WAY,
    PASSING,
    STORIES,
    TELLS,
    WORRIES,
    YES_NO,
)
from bot.safety.detector import detector

CONTROL_INTENTS = frozenset(CONTROL) | YES_NO | DOUBTS | {"choose", "timer_due"}
DOUBT = 0.2
"""The detector's score from which the topic model alone may call a message danger."""
BREAKS_IN = {"urge_now": VERY_SURE, "lapse": CERTAIN}
"""What never waits behind a question, and how sure the model must be when the detector agrees."""
AWAY, LEFT, PLAINLY = 0.4, 0.3, 0.8
"""In the talk: the share of another topic from which a statement leaves the walk, how much of
that the walk's own topic may have at most, and from which it leaves with an intent that the walk
takes for its own."""
ENDED, PLAINLY_ENDED, NOT_HERE = 0.7, 0.85, 0.1
"""The share of an end from which thanks are no yes, and from which they are no words for
somebody, where such are wanted; and the most that the walk's own topic may
have where a word of a long message fits a choice by chance."""
SHORT = 6
"""Words up to which "skip it" in a free answer is a wish and not the answer."""
_REQUEST = re.compile(
    r"\b(?:can|could) we (?:do|talk|go|look|switch|get|try|make)\b"
    r"|\blet's (?:do|talk|look|go|make)\b"
)
"""Words that ask for another topic."""


def leaves(said: Said) -> bool:
    """Whether a message leaves any question, whatever it asked."""
    if said.intent in DANGER:
        return _is_danger(said)
    option = any(said.plain in phrases for phrases in said.step.options.values())
    return said.intent in LEAVES and said.sure >= needed(said) and not option


def _is_danger(said: Said) -> bool:
    """Whether an intent of danger counts while we wait for an answer.

    The safety detector's crisis comes with confidence 1. The topic model alone
    takes many an answer ("she will cry", "no she isn't suicidal") for a cry for
    help; it counts when the detector has a doubt as well, or a word of death stands there.
    """
    if said.sure >= 1.0:
        return True
    if said.free or yes_or_no(said.plain) == "no" or asks(said.plain):
        return False
    doubted = float(said.safety.get("score") or 0.0) >= DOUBT
    return said.sure >= CERTAIN and (doubted or detector().may_cost_a_life(said.plain))


def belongs_elsewhere(said: Said, doubt: int) -> bool:
    """Whether somebody who has not answered yet is clear about another topic."""
    enough = SURE if doubt > int(said.walk.holds) else CERTAIN
    other = said.intent in STORIES and said.intent not in said.walk.own
    return other and said.sure >= enough and said.answer is None


def reports(said: Said) -> bool:
    """Whether a try is reported, before and after, where something else was asked."""
    report = said.intent == "coping_report" and said.sure >= CERTAIN
    told = report and said.walk.walk != said.intent and said.answer is None
    return told and len(ratings_told(said.plain)) == 2


def turns_away(said: Said, doubt: int) -> bool:
    """Whether a statement is about another topic than the walk's, read after what came before.

    Nobody is led away from the safety question, and an answer that fits a choice is one.
    """
    if said.step.hear == "safety":
        return False
    here = said.subjects.get(said.walk.topic, 1.0)
    ends = sum(said.subjects.get(topic, 0.0) for topic in ("smalltalk_thanks", "stop"))
    if said.step.verbatim:  # words for somebody may be thanks, too
        return said.intent in FAREWELLS and ends >= PLAINLY_ENDED and said.sure >= SURE
    if said.answer is not None and not said.free:
        return _only_holds_an_answer(said, here, ends)
    if said.intent in FAREWELLS:
        return ends > here and said.sure >= SURE
    if said.intent in YES_NO and said.answer is None:  # "yeah alright. ta"
        return ends >= AWAY
    there = said.subjects.get(said.topic, 0.0)
    if said.intent == "other_difficulty" and said.subjects:  # "since the funeral it's the wine"
        return said.sure >= VERY_SURE and here <= AWAY
    ours = said.intent in said.walk.own and (said.walk.holds or there < PLAINLY)
    if ours or said.topic == said.walk.topic or said.intent not in STORIES | OWN_WAY:
        return False
    if said.sure >= CERTAIN and here <= NOT_HERE and said.words > SHORT:
        return True  # "a new carer will see the old scars", after "what was different?"
    lost = doubt > int(said.walk.holds)  # nothing fitted so far: less is enough
    away = there >= (AWAY / 2 if lost else AWAY) and here <= there * (1 if lost else LEFT)
    return away and said.sure >= (SURE if lost else VERY_SURE)


def _only_holds_an_answer(said: Said, here: float, ends: float) -> bool:
    """Whether a longer message is about something else, though a word of it would fit the choice.

    "Off to make four hundred baps. thanks" holds a number, "my grandson asked me what the lines
    were" the "me" of what lies inside oneself.
    """
    if said.intent in FAREWELLS:
        rated = said.step.expects in ("scale", "minutes")
        enough, least = (AWAY, FEW) if rated else (ENDED, SHORT)
        return said.words > least and ends >= enough and said.sure >= VERY_SURE
    there = said.subjects.get(said.topic, 0.0)
    chooses = said.step.expects == "choice" and said.words > SHORT and said.intent in STORIES
    elsewhere = said.topic != said.walk.topic and there >= PLAINLY and here <= NOT_HERE
    return chooses and elsewhere and said.sure >= CERTAIN


def is_detour(said: Said) -> bool:
    """Whether a message asks for something else: a question, a wish, what a walk yields to."""
    intent, sure, asked = said.intent, said.sure, asks(said.plain)
    if not intent or intent in CONTROL_INTENTS | DANGER or intent in said.walk.own:
        return False
    if intent in said.walk.yields and sure >= CERTAIN:
        return True
    if said.free:
        return _leaves_free_answer(said, asked)
    if said.answer is not None:
        long = said.words > SHORT or intent in PASSING | {"ask_question"}
        plainly = intent in WORRIES and sure >= CERTAIN and said.words > FEW
        return plainly or (asked and sure >= VERY_SURE and long)
    if intent in TELLS:
        return asked and sure >= (VERY_SURE if intent == "out_of_scope" else CERTAIN)
    if asked or said.words < FEW:
        return sure >= SURE
    return sure >= (PASSES if intent in PASSING else CERTAIN)


def _leaves_free_answer(said: Said, asked: bool) -> bool:
    """Whether a message is no free answer: thanks, a question, a wish for another topic."""
    if said.intent == "smalltalk_thanks" and said.sure >= CERTAIN and said.words <= SHORT:
        return True
    if not asked:
        return False
    worry = said.intent in WORRIES and said.sure >= PASSES
    wish = said.intent in OWN_WAY and said.sure >= SURE and bool(_REQUEST.search(said.plain))
    return worry or wish or said.sure >= VERY_SURE


def breaks_in(said: Said) -> bool:
    """Whether an urge or a lapse breaks into another walk; they never wait behind a question.

    Told as an answer ("because the urges scare me", "to make my head quiet") they do
    so only when the detector, too, hears self-injury.
    """
    if said.intent not in BREAKS_IN or said.intent in said.walk.own:
        return False
    if said.safety.get("label") == "self_harm" and said.safety.get("level") != "none":
        return said.sure >= BREAKS_IN[said.intent]
    return said.sure >= CERTAIN and said.answer is None and not said.free
