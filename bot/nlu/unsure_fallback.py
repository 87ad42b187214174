"""Graph component: says honestly that a message was not understood.

Three answers to doubt: a message that fits nothing becomes `nlu_fallback`; one
that fits two topics about equally well becomes `nlu_ambiguous`, and the person
is asked which they meant, unless one of the two is what is being talked of; and
what is told a moment after a subject, with no topic of its own that is clear,
becomes an `aside` to that subject and starts no other.
"""

import re
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.content.topics import topic_of_intents
from bot.nlu.asking import asks
from bot.nlu.components import Stateless, plain_text
from bot.nlu.coping import correction
from bot.nlu.kinds import (
    AMBIGUOUS,
    ASIDE,
    COURTESIES,
    DANGER,
    DOUBTS,
    FALLBACK,
    HEAVY,
    OWN_STORIES,
    STORIES,
    YES_NO,
)  # fmt: skip
from bot.settings import settings

MOST_WORDS_OF_A_TIME = 8
_ANOTHER_TIME = re.compile(
    r"\b(?:make it|rather|instead|better|change it|actually|can it be|could it be|not (?:then|so))\b.*"
    r"\b(?:min\w*|hours?|days?|week\w*|tomorrow|tonight|later|morning|afternoon|evening|night|[ap]m|\w+day)\b"
    r"|\b(?:morning|afternoon|evening|night|[ap]m|\w+day)s?\b.*\b(?:better|instead|rather|please)\b"
)
"""A wish for another time than the one just set."""
FEW, LONG = 4, 7
"""Words up to which those are taken at their word, and from which hardly ever."""
OTHERS = frozenset({"loved_one", "third_party_crisis"})
"""Subjects that are about somebody else."""
OPEN = frozenset({"distress"})
"""Subjects that were left open on purpose: what is told next is the topic that was asked for."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class UnsureFallback(Stateless):
    """Replaces an unsure intent; the ranking keeps what was considered."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._topic_of = topic_of_intents(Path(settings().data) / "topics.yml")

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Shares of probability: least for a topic, least for two to ask between, and
        from which a statement is `clear` about another topic than the one talked of, or
        `certain` about one that hardly belongs there, or `turned` from oneself to somebody
        loved; least for what nobody wants by mistake (`heavy`), and for the topic of a statement that only sounds like a yes (`other`)."""
        return {
            "least": 0.22,
            "margin": 0.06,
            "together": 0.5,
            "clear": 0.65,
            "certain": 0.97,
            "turned": 0.9,
            "heavy": 0.5,
            "other": 0.12,
        }

    def process(self, messages: list[Message]) -> list[Message]:
        """Replace the intent of each unsure message."""
        for message in messages:
            ranking = message.get("intent_ranking") or []
            if ranking:
                self._weigh(message, [(one["name"], float(one["confidence"])) for one in ranking])
        return messages

    def _weigh(self, message: Message, ranking: list[tuple[str, float]]) -> None:
        around = message.get("metadata") or {}
        about = around.get("about") or {}
        if not about and not around.get("walk"):
            ranking = _standing_alone(ranking)
            first = {"name": ranking[0][0], "confidence": ranking[0][1]}
            message.set(INTENT, first, add_to_output=True)
        best, share = ranking[0]
        name = ASIDE if self._is_aside(message, about, best, share) else ""
        name = name or self._doubt(ranking, asks(plain_text(message)))
        continued = _continues(about, plain_text(message)) if about else ""
        name = continued or name or self._other(message, ranking)
        if not name and best == ASIDE and not around.get("walk"):
            name = FALLBACK  # a question that only the moment before could explain
        if name == AMBIGUOUS and about:
            near = [one for one, _ in ranking[:2] if self._topic_of.get(one) == about["topic"]]
            name = near[0] if near else name
        if name:
            sure = 1 - share if name in DOUBTS and name != best else share
            message.set(INTENT, {"name": name, "confidence": sure}, add_to_output=True)

    def _is_aside(self, message: Message, about: dict[str, Any], best: str, share: float) -> bool:
        """Whether a statement only adds to what was talked of a moment ago."""
        plain = plain_text(message)
        if not about or (message.get("metadata") or {}).get("walk") or asks(plain):
            return False
        subject = about["topic"]
        if best == ASIDE:
            return True
        if best in YES_NO:
            return len(plain.split()) > FEW
        if best in COURTESIES:
            sure_enough = subject in DANGER or len(plain.split()) >= LONG
            return (
                share < self._config["certain" if sure_enough else "clear"]
                and len(plain.split()) > FEW
            )
        if subject in OPEN or (self._topic_of.get(best) == subject and not about.get("walked")):
            return False
        if subject in OTHERS and best in OWN_STORIES:
            return share < float(self._config["certain"])
        part = "certain" if subject in DANGER and best in ("out_of_scope", "greet") else "clear"
        if best == "loved_one" and subject not in OTHERS:
            part = "turned"
        return best in (STORIES | HEAVY) and share < float(self._config[part])

    def _other(self, message: Message, ranking: list[tuple[str, float]]) -> str:
        """The topic of a longer statement that only sounds like a courtesy, with no subject before."""
        around = message.get("metadata") or {}
        best, share = ranking[0]
        courteous = best in COURTESIES | YES_NO and share < self._config["clear"]
        if around.get("walk") or not courteous or len(plain_text(message).split()) <= FEW:
            return ""
        others = [one for one in ranking[1:] if one[0] not in COURTESIES | YES_NO]
        return others[0][0] if others and others[0][1] >= self._config["other"] else ""

    def _doubt(self, ranking: list[tuple[str, float]], asked: bool) -> str:
        shares = [share for _, share in ranking]
        near = len(shares) > 1 and shares[0] - shares[1] < self._config["margin"]
        topics = {self._topic_of.get(name, name) for name, _ in ranking[:2]}
        if near and len(topics) > 1 and shares[0] + shares[1] >= self._config["together"]:
            return AMBIGUOUS
        least = self._config["heavy" if ranking[0][0] in HEAVY and not asked else "least"]
        return FALLBACK if shares[0] < least else ""


def _standing_alone(ranking: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """The ranking of a message with nothing before it, which can be an aside to nothing."""
    rest = [one for one in ranking if one[0] != ASIDE]
    left = max(1e-6, 1.0 - sum(share for name, share in ranking if name == ASIDE))
    return [(name, min(1.0, share / left)) for name, share in rest]


def _continues(about: dict[str, Any], plain: str) -> str:
    """The intent of what can only go on with the subject: a corrected rating, another time."""
    if about["topic"] == "coping_report" and correction(plain):
        return "coping_report"
    new_time = len(plain.split()) <= MOST_WORDS_OF_A_TIME and bool(_ANOTHER_TIME.search(plain))
    return "checkin" if about["topic"] == "checkin" and new_time else ""
