"""What a message means to the question that was asked: an answer, a wish, or a detour."""

import re
from dataclasses import dataclass
from typing import Any, Optional

from bot.conversation.walks import CONTROL, Step, Walk
from bot.nlu.answers import asks, choice, minutes, nth, rating, ratings, says, yes_or_no
from bot.nlu.normalise import normalise
from bot.nlu.times import minutes_until
from bot.safety.detector import detector

DANGER = frozenset({"crisis", "third_party_crisis", "medical"})
LEAVES = DANGER | frozenset(
    {"stop", "goodbye", "resume", "safety_denied", "show_help",
     "show_helplines", "export_data", "forget_data", "change_country", "set_country",
     "timer_due", "checkin_due"}
)  # fmt: skip
"""Intents that leave any question, whatever it asked."""
TELLS = frozenset(
    {"distress", "adversities", "ambivalence", "self_acceptance", "scarring",
     "self_efficacy", "coping_report", "meaning_of_recovery", "out_of_scope",
     "other_difficulty", "nothing_works"}
)  # fmt: skip
"""Intents of which a mere statement is told to us in passing and starts nothing in a walk."""
PASSING = frozenset({"smalltalk_thanks", "greet", "privacy", "bot_challenge", "human", "progress"})
"""Intents that are answered in one turn, and the walk goes on."""
WORRIES = frozenset({"privacy", "bot_challenge", "human"})
"""Those of them that go before an answer that may only seem to stand in the same words."""
CONTROL_INTENTS = frozenset(CONTROL) | {
    "affirm",
    "deny",
    "choose",
    "timer_due",
    "nlu_fallback",
    "nlu_ambiguous",
}
SURE, VERY_SURE, CERTAIN = 0.5, 0.7, 0.9
DOUBT = 0.2
"""The detector's score from which the topic model alone may call a message danger."""
FEW = 3
"""Words up to which "good night" in a free answer is a wish and not the answer, and from
which words that fit no option tell us something."""
JUMP = 16
"""Words up to which a message may ask for another step of the walk."""
MOSTLY = 0.5
"""The share of a free answer that the words for another step must make up."""
SHORT = 6
"""Words up to which "skip it" in a free answer is a wish and not the answer."""


_SKIPS = re.compile(
    r"(?:can we |let's |i'll |just |please )?(?:skip|pass)"
    r"(?: (?:it|this|that|this one|that one|please))*\W*$"
)
_NOT_A_RATING = re.compile(
    r"\b\d+ ?(?:m|min|mins|minutes?|h|hours?|days?|weeks?|months?|years?|am|pm|times|x)\b"
    r"|\b(?:the|this|that|no|any|each|another) one\b|\bone (?:of|more|thing|day|time)\b"
)


@dataclass(frozen=True)
class Heard:
    """The outcome of a question, and the value to keep when it was answered."""

    outcome: str
    value: Any = None


DETOUR = Heard("detour")


def hear(walk: Walk, step: Step, message: dict[str, Any], begun: bool = True) -> Heard:
    """Read a message as the answer to a step.

    Args:
        walk: the walk under way.
        step: its present step, which asked something.
        message: Rasa's parse: `text`, `intent` {name, confidence}, `entities`.
        begun: whether the walk has heard an answer yet. Before, whoever is clear about
            another topic may have been led here by mistake.
    """
    intent = (message.get("intent") or {}).get("name") or ""
    sure = float((message.get("intent") or {}).get("confidence") or 0.0)
    pressed = entity(message, "option")
    if pressed is not None:
        return _pressed(step, pressed)
    text = message.get("text") or ""
    if text.startswith("/"):  # a command, a button or an empty message: never words to keep
        if intent in walk.own:
            return Heard("unclear")
        if intent not in CONTROL_INTENTS:
            return DETOUR
        text = ""
    plain = normalise(text)
    if intent == "timer_due":
        waits = isinstance(step.next, dict) and "timer_due" in step.next
        return Heard("timer_due") if waits else DETOUR
    answer = _answer(step, plain, intent, text)
    number = _bare_number(plain)
    if _leaves(step, intent, sure, plain, message) and not number:
        return DETOUR
    if _SKIPS.match(plain):
        return Heard("skip")
    jump = jumps_to(walk, plain, step)
    if jump:
        return Heard("jump", jump)
    elsewhere = intent in TELLS and sure >= CERTAIN and intent not in walk.own
    if not begun and elsewhere and answer is None:
        return DETOUR
    wish = _wish(step, intent, sure, plain)
    if wish and not number and (answer is None or step.expects == "text"):
        return wish
    told = ratings_told(plain)
    if answer is None and len(told) == 1 and step.leads("rating"):
        return Heard("rating", told[0])
    if not number and _is_detour(walk, step, intent, sure, plain, answer):
        return DETOUR
    if intent == "urge_now" and intent not in walk.own and _has_urge(step, sure, message):
        return DETOUR
    if answer:
        return answer
    return Heard("told", text.strip()) if len(plain.split()) >= FEW else Heard("unclear")


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


def entity(message: dict[str, Any], name: str) -> Optional[Any]:
    """The value of an entity of a parsed message, or None."""
    found = [e.get("value") for e in message.get("entities") or [] if e.get("entity") == name]
    return found[0] if found else None


def _pressed(step: Step, option: str) -> Heard:
    if step.expects in ("scale", "minutes", "when") and str(option).isdigit():
        return Heard("answered", int(option))
    if option in CONTROL:
        return Heard(option)  # a wish, and no value to keep
    known = option in step.options or option in ("yes", "no")
    return Heard(option, option) if known else Heard("unclear")


def _answer(step: Step, plain: str, intent: str, text: str) -> Optional[Heard]:
    if step.expects == "scale":
        value = rating(plain)
    elif step.expects == "minutes":
        value = minutes(plain)
    elif step.expects == "when":
        value = minutes_until(plain)
    elif step.expects == "choice":
        found = choice(plain, step.options) or nth(plain, list(step.options))
        return Heard(found, found) if found else None
    elif step.expects == "yes_no":
        grave = step.hear == "safety"
        by_intent = {"affirm": "" if grave else "yes", "deny": "no"}.get(intent)
        found = yes_or_no(plain, grave) or by_intent
        return Heard(found, found) if found else None
    else:
        return Heard("answered", text.strip()) if plain else None
    if value is None:
        instead = choice(plain, step.options) if step.options else None
        return Heard(instead) if instead else None  # said instead: no value to keep
    return Heard("answered", value)


def ratings_told(plain: str) -> list[int]:
    """The ratings in a normalised text that says more than a number; no times and durations."""
    return ratings(_NOT_A_RATING.sub(" ", plain))


def _bare_number(plain: str) -> list[int]:
    """The rating that is all of a message, in a list, or an empty list.

    The topic model makes something of "3"; it is a number and nothing else.
    """
    found = ratings(plain)
    return found if len(found) == 1 and len(plain.split()) <= FEW else []


def _leaves(step: Step, intent: str, sure: float, plain: str, message: dict[str, Any]) -> bool:
    """Whether a message leaves any question, whatever it asked."""
    if intent in DANGER:
        return _is_danger(step, sure, plain, message)
    return intent in LEAVES and sure >= _needed(step, plain) and not _is_option(step, plain)


def _is_danger(step: Step, sure: float, plain: str, message: dict[str, Any]) -> bool:
    """Whether an intent of danger counts while we wait for an answer.

    The safety detector's crisis comes with confidence 1. The topic model alone
    takes many an answer ("she will cry", "no she isn't suicidal") for a cry for
    help; it counts when the detector has a doubt as well, or a word of death stands there.
    """
    if sure >= 1.0:
        return True
    if step.expects == "text" or yes_or_no(plain) == "no" or asks(plain):
        return False
    score = float((message.get("safety") or {}).get("score") or 0.0)
    return sure >= CERTAIN and (score >= DOUBT or detector().may_cost_a_life(plain))


def _needed(step: Step, plain: str) -> float:
    """How sure an intent must be to leave a question."""
    if step.expects != "text":
        return SURE
    return VERY_SURE if len(plain.split()) <= FEW else CERTAIN


def _is_option(step: Step, plain: str) -> bool:
    """Whether the whole message is an option on offer, such as "enough"."""
    return any(plain in phrases for phrases in step.options.values())


def _wish(step: Step, intent: str, sure: float, plain: str) -> Optional[Heard]:
    if intent not in CONTROL or sure < (VERY_SURE if intent == "later" else SURE):
        return None
    if step.expects == "text" and (len(plain.split()) > SHORT or sure < _needed(step, plain)):
        return None
    return Heard(intent)


def _is_detour(
    walk: Walk,
    step: Step,
    intent: str,
    sure: float,
    plain: str,
    answer: Optional[Heard],
) -> bool:
    if not intent or intent in CONTROL_INTENTS | DANGER or intent in walk.own:
        return False
    words = plain.split()
    if step.expects == "text":
        return asks(plain) and sure >= VERY_SURE
    if answer is not None:
        long = len(words) > SHORT or intent in PASSING
        plainly = intent in WORRIES and sure >= CERTAIN and len(words) > FEW
        return plainly or (asks(plain) and sure >= VERY_SURE and long)
    if intent in TELLS:
        return asks(plain) and sure >= CERTAIN
    if asks(plain) or len(words) < FEW:
        return sure >= SURE
    return sure >= (VERY_SURE if intent in PASSING else CERTAIN)


def _has_urge(step: Step, sure: float, message: dict[str, Any]) -> bool:
    """Whether an urge breaks into another walk; it never waits behind a question.

    Told as an answer in free words ("because the urges scare me") it does so only
    when the detector, too, hears self-injury.
    """
    seen = message.get("safety") or {}
    agrees = seen.get("label") == "self_harm" and seen.get("level") != "none"
    return sure >= CERTAIN and (agrees or step.expects != "text")
