"""Reading a message as an answer to a step: a number, a choice, a yes or no, free words."""

import re
from dataclasses import dataclass
from typing import Any, Optional

from bot.conversation.walks import CONTROL, Step, Walk
from bot.nlu.answers import choice, minutes, nth, rating, ratings, yes_or_no
from bot.nlu.coping import correction
from bot.nlu.times import minutes_until

FEW = 3
"""Words up to which "good night" in a free answer is a wish and not the answer, and from
which words that fit no option tell us something."""
_NOT_A_RATING = re.compile(
    r"\b\d+ ?(?:m|min|mins|minutes?|h|hours?|days?|weeks?|months?|years?|am|pm|times|x)\b"
    r"|\b(?:the|this|that|no|any|each|another) one\b|\bone (?:of|more|thing|day|time)\b"
)
_NOW_FIRST = re.compile(r"\d\D{0,12}\bnow\b.*\b(?:was|from|before)\b")
"""The present rating said before the former one ("a 4 now, was 6")."""
_MOVED = re.compile(r"\b(?:gone|went|go|came|come|drop\w*|down|up|still|eas\w+|now)\b.*\d")
"""A number that says how strong it has become, and not how long to wait."""


@dataclass(frozen=True)
class Heard:
    """The outcome of a question, and the value to keep when it was answered."""

    outcome: str
    value: Any = None


def entity(message: dict[str, Any], name: str) -> Optional[Any]:
    """The value of an entity of a parsed message, or None."""
    found = [e.get("value") for e in message.get("entities") or [] if e.get("entity") == name]
    return found[0] if found else None


def pressed_option(step: Step, option: str) -> Heard:
    """What a pressed button answers."""
    if step.expects in ("scale", "minutes", "when") and str(option).isdigit():
        return Heard("answered", int(option))
    if option in CONTROL:
        return Heard(option)  # a wish, and no value to keep
    known = option in step.options or option in ("yes", "no")
    return Heard(option, option) if known else Heard("unclear")


def answer_to(walk: Walk, step: Step, plain: str, intent: str, text: str) -> Optional[Heard]:
    """The answer that a message holds, or None.

    Args:
        walk: the walk under way.
        step: its present step.
        plain: the message, normalised.
        intent: its intent, which may say yes or no in other words.
        text: the message as written, kept where the answer is free.
    """
    if step.expects == "choice":
        found = choice(plain, step.options) or nth(plain, list(step.options))
        return Heard(found, found) if found else None
    if step.expects == "yes_no":
        grave = step.hear == "safety"
        by_intent = {"affirm": "" if grave else "yes", "deny": "no"}.get(intent)
        found = yes_or_no(plain, grave) or by_intent or choice(plain, step.options)
        return Heard(found, found) if found else None
    if step.expects == "text":
        return Heard("answered", text.strip()) if plain else None
    value = _number(walk, step, plain)
    if value is not None:
        return Heard("answered", value)
    instead = choice(plain, step.options) if step.options else None
    return Heard(instead) if instead else None  # said instead: no value to keep


def _number(walk: Walk, step: Step, plain: str) -> Optional[int]:
    if step.expects == "scale":
        return rating(plain)
    if step.expects == "when":
        return minutes_until(plain)
    if walk.rating and _MOVED.search(plain) and "min" not in plain:
        return None  # "it's gone down to 4" is how strong it is
    return minutes(plain)


def ratings_told(plain: str) -> list[int]:
    """The ratings in a normalised text that says more than a number; no times and durations."""
    return ratings(_NOT_A_RATING.sub(" ", plain))


def rating_instead(walk: Walk, step: Step, plain: str) -> Optional[Heard]:
    """The present rating that was said instead of an answer, or None.

    It is heard where the walk goes on from it, and never past the safety question.
    """
    told = correction(plain) or ratings_told(plain)
    takes = step.leads("rating") or (bool(walk.rating) and step.hear != "safety")
    if not told or not takes:
        return None
    return Heard("rating", told[0] if len(told) > 1 and _NOW_FIRST.search(plain) else told[-1])


def is_bare_number(plain: str) -> bool:
    """Whether a rating is all of a message; the topic model makes something of "3"."""
    return len(ratings(plain)) == 1 and len(plain.split()) <= FEW
