"""What a message means to the question that was asked: an answer, a wish, or a detour."""

import re
from dataclasses import dataclass
from typing import Any, Optional

from bot.conversation.answering import (
    FEW,
    Heard,
    answer_to,
    entity,
    is_bare_number,
    pressed_option,
    rating_instead,
    ratings_told,
)
from bot.conversation.walks import CONTROL, Step, Walk
from bot.nlu.answers import says, yes_or_no
from bot.nlu.asking import asks, inquires
from bot.nlu.kinds import (
    DANGER,
    DOUBTS,
    LEAVES,
    OWN_WAY,
    PASSING,
    STORIES,
    TELLS,
    WORRIES,
    YES_NO,
)
from bot.nlu.normalise import normalise
from bot.safety.detector import detector

CONTROL_INTENTS = frozenset(CONTROL) | YES_NO | DOUBTS | {"choose", "timer_due"}
SURE, PASSES, VERY_SURE, CERTAIN = 0.5, 0.6, 0.7, 0.9
DOUBT = 0.2
"""The detector's score from which the topic model alone may call a message danger."""
BREAKS_IN = {"urge_now": VERY_SURE, "lapse": CERTAIN}
"""What never waits behind a question, and how sure the model must be when the detector agrees."""
JUMP = 16
"""Words up to which a message may ask for another step of the walk."""
MOSTLY = 0.5
"""The share of a free answer that the words for another step must make up."""
SHORT = 6
"""Words up to which "skip it" in a free answer is a wish and not the answer."""
DETOUR = Heard("detour")

_SKIPS = re.compile(
    r"(?:can we |let's |i'll |just |please )?(?:skip|pass)"
    r"(?: (?:it|this|that|this one|that one|please))*\W*$"
)
_REQUEST = re.compile(
    r"\b(?:can|could) we (?:do|talk|go|look|switch|get|try|make)\b"
    r"|\blet's (?:do|talk|look|go|make)\b"
)
"""Words that ask for another topic."""


@dataclass(frozen=True)
class _Said:
    """A written message in front of the question that waits."""

    walk: Walk
    step: Step
    text: str
    plain: str
    intent: str
    sure: float
    safety: dict[str, Any]
    answer: Optional[Heard]

    @property
    def words(self) -> int:
        """How many words."""
        return len(self.plain.split())

    @property
    def free(self) -> bool:
        """Whether any words are an answer."""
        return self.step.expects == "text"


def hear(
    walk: Walk, step: Step, message: dict[str, Any], begun: bool = True, doubt: int = 0
) -> Heard:
    """Read a message as the answer to a step.

    Args:
        walk: the walk under way.
        step: its present step, which asked something.
        message: Rasa's parse: `text`, `intent` {name, confidence}, `entities`, `safety`.
        begun: whether the walk has heard an answer yet. Before, whoever is clear about
            another topic may have been led here by mistake.
        doubt: reasons to think so: messages that were no answer to this step, and one more
            when it was not clear that this walk was wanted.
    """
    intent = (message.get("intent") or {}).get("name") or ""
    sure = float((message.get("intent") or {}).get("confidence") or 0.0)
    pressed = entity(message, "option")
    if pressed is not None:
        return pressed_option(step, pressed)
    text = message.get("text") or ""
    if text.startswith("/"):  # a command, a button or an empty message: never words to keep
        if intent in walk.own:
            return Heard("unclear")
        if intent not in CONTROL_INTENTS:
            return DETOUR
        text = ""
    if intent == "timer_due":
        waits = isinstance(step.next, dict) and "timer_due" in step.next
        return Heard("timer_due") if waits else DETOUR
    plain = normalise(text)
    answer = answer_to(walk, step, plain, intent, text)
    safety = message.get("safety") or {}
    said = _Said(walk, step, text, plain, intent, sure, safety, answer)
    return _wish_or_way(said, begun, doubt) or _answer_or_told(said)


def _wish_or_way(said: _Said, begun: bool, doubt: int) -> Optional[Heard]:
    """Whatever goes before an answer, the most urgent first."""
    number = is_bare_number(said.plain)
    if not number and _leaves(said):
        return DETOUR
    if _SKIPS.match(said.plain):
        return Heard("skip")
    jump = jumps_to(said.walk, said.plain, said.step)
    if jump:
        return Heard("jump", jump)
    if not begun and _belongs_elsewhere(said, doubt):
        return DETOUR
    wish = _wish(said)
    if wish and not number and (said.answer is None or said.free):
        return wish
    rated = rating_instead(said.walk, said.step, said.plain) if said.answer is None else None
    if rated:
        return rated
    detour = not number and (_reports(said) or _is_detour(said))
    return DETOUR if detour or _breaks_in(said) else None


def _answer_or_told(said: _Said) -> Heard:
    """The answer; or words that are none, and a question that has no answer here is none either."""
    asked_back = said.free and not said.step.verbatim and inquires(said.plain)
    if said.answer and not asked_back:
        return said.answer
    return Heard("told", said.text.strip()) if said.words >= FEW else Heard("unclear")


def jumps_to(walk: Walk, plain: str, step: Optional[Step] = None) -> Optional[str]:
    """The step of a walk that a short message asks for by name, or None.

    Args:
        walk: the walk.
        plain: normalised text.
        step: the step that waits for an answer, if one does. In a free answer the words
            must make up most of it; and nobody is led back to where they just came from.
    """
    if len(plain.split()) > JUMP or " but " in plain:
        return None
    named = [
        (len(words), name)
        for name, phrases in walk.jumps.items()
        for words in phrases
        if says(plain, words)
    ]
    if not named:
        return None
    length, found = max(named)
    if step is None:
        return found
    target = walk.steps[found]
    here = [name for name, one in walk.steps.items() if one.ask == step.ask]
    if found in here or any(target.leads_to(name) for name in here):
        return None
    free = step.expects == "text" and not asks(plain)
    return None if free and length < MOSTLY * len(plain) else found


def _leaves(said: _Said) -> bool:
    """Whether a message leaves any question, whatever it asked."""
    if said.intent in DANGER:
        return _is_danger(said)
    option = any(said.plain in phrases for phrases in said.step.options.values())
    return said.intent in LEAVES and said.sure >= _needed(said) and not option


def _is_danger(said: _Said) -> bool:
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


def _needed(said: _Said) -> float:
    """How sure an intent must be to leave a question."""
    if not said.free:
        return SURE
    return VERY_SURE if said.words <= FEW else CERTAIN


def _belongs_elsewhere(said: _Said, doubt: int) -> bool:
    """Whether somebody who has not answered yet is clear about another topic."""
    enough = SURE if doubt > int(said.walk.holds) else CERTAIN
    other = said.intent in STORIES and said.intent not in said.walk.own
    return other and said.sure >= enough and said.answer is None


def _wish(said: _Said) -> Optional[Heard]:
    if said.intent not in CONTROL or said.sure < (VERY_SURE if said.intent == "later" else SURE):
        return None
    if said.free and (said.words > SHORT or said.sure < _needed(said)):
        return None
    return Heard(said.intent)


def _reports(said: _Said) -> bool:
    """Whether a try is reported, before and after, where something else was asked."""
    report = said.intent == "coping_report" and said.sure >= CERTAIN
    told = report and said.walk.walk != said.intent and said.answer is None
    return told and len(ratings_told(said.plain)) == 2


def _is_detour(said: _Said) -> bool:
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


def _leaves_free_answer(said: _Said, asked: bool) -> bool:
    """Whether a message is no free answer: thanks, a question, a wish for another topic."""
    if said.intent == "smalltalk_thanks" and said.sure >= CERTAIN and said.words <= SHORT:
        return True
    if not asked:
        return False
    worry = said.intent in WORRIES and said.sure >= PASSES
    wish = said.intent in OWN_WAY and said.sure >= SURE and bool(_REQUEST.search(said.plain))
    return worry or wish or said.sure >= VERY_SURE


def _breaks_in(said: _Said) -> bool:
    """Whether an urge or a lapse breaks into another walk; they never wait behind a question.

    Told as an answer ("because the urges scare me", "to make my head quiet") they do
    so only when the detector, too, hears self-injury.
    """
    if said.intent not in BREAKS_IN or said.intent in said.walk.own:
        return False
    if said.safety.get("label") == "self_harm" and said.safety.get("level") != "none":
        return said.sure >= BREAKS_IN[said.intent]
    return said.sure >= CERTAIN and said.answer is None and not said.free
