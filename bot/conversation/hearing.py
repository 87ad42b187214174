"""What a message means to the question that was asked: an answer, a wish, or a detour."""

from dataclasses import dataclass
from typing import Any, Optional

from bot.conversation.walks import CONTROL, Step, Walk
from bot.nlu.answers import choice, minutes, rating
from bot.nlu.normalise import normalise
from bot.nlu.times import minutes_until

DANGER = frozenset({"crisis", "third_party_crisis", "medical"})
LEAVES = DANGER | frozenset(
    {"stop", "goodbye", "resume", "safety_denied", "show_help",
     "show_helplines", "export_data", "forget_data", "change_country", "set_country",
     "timer_due", "checkin_due"}
)  # fmt: skip
"""Intents that leave any question, whatever it asked."""
CONTROL_INTENTS = frozenset(CONTROL) | {
    "affirm",
    "deny",
    "choose",
    "timer_due",
    "nlu_fallback",
}
SURE, VERY_SURE, CERTAIN = 0.5, 0.7, 0.9
FEW = 3
"""Words up to which "good night" in a free answer is a wish and not the answer."""
SHORT = 6
"""Words up to which "skip it" in a free answer is a wish and not the answer."""
_QUESTION = ("who", "what", "when", "where", "why", "how", "is", "are", "do", "does", "can", "will",
             "should", "could")  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """The outcome of a question, and the value to keep when it was answered."""

    outcome: str
    value: Any = None


DETOUR = Heard("detour")


def hear(walk: Walk, step: Step, message: dict[str, Any]) -> Heard:
    """Read a message as the answer to a step.

    Args:
        walk: the walk under way.
        step: its present step, which asked something.
        message: Rasa's parse: `text`, `intent` {name, confidence}, `entities`.
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
    if (
        intent in LEAVES
        and sure >= _needed(step, intent, plain)
        and not _is_option(step, intent, plain)
    ):
        return DETOUR
    answer = _answer(step, plain, intent, text)
    wish = _wish(step, intent, sure, plain)
    if wish and (answer is None or step.expects == "text"):
        return wish
    if _is_detour(walk, step, intent, sure, plain, answer):
        return DETOUR
    return answer or Heard("unclear")


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
        found = choice(plain, step.options)
        return Heard(found, found) if found else None
    elif step.expects == "yes_no":
        found = {"affirm": "yes", "deny": "no"}.get(intent)
        return Heard(found, found) if found else None
    else:
        return Heard("answered", text.strip()) if plain else None
    return None if value is None else Heard("answered", value)


def _needed(step: Step, intent: str, plain: str) -> float:
    """How sure an intent must be to leave a question.

    The safety detector's crisis comes with confidence 1; the topic model alone
    takes many an answer in free words ("she will cry") for a cry for help.
    """
    if intent in DANGER:
        return VERY_SURE
    if step.expects != "text":
        return SURE
    return VERY_SURE if len(plain.split()) <= FEW else CERTAIN


def _is_option(step: Step, intent: str, plain: str) -> bool:
    """Whether the whole message is an option on offer, such as "enough"; danger never is."""
    if intent in DANGER:
        return False
    return any(plain in phrases for phrases in step.options.values())


def _wish(step: Step, intent: str, sure: float, plain: str) -> Optional[Heard]:
    if intent not in CONTROL or sure < SURE:
        return None
    if step.expects == "text" and len(plain.split()) > SHORT:
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
    if not intent or intent in CONTROL_INTENTS or intent in walk.own:
        return False
    words = plain.split()
    asks = plain.endswith("?") or (bool(words) and words[0] in _QUESTION)
    if answer is None:
        return sure >= SURE
    if intent == "urge_now" and sure >= CERTAIN:
        return True  # an urge never waits behind another question
    if step.expects == "text":
        return asks and sure >= VERY_SURE
    return asks and sure >= VERY_SURE and len(words) > SHORT
