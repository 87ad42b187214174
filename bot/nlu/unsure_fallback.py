"""Graph component: says honestly that a message was not understood.

Three answers to doubt: a message that fits nothing becomes `nlu_fallback`; one
that fits two topics about equally well becomes `nlu_ambiguous`, and the person
is asked which they meant; and what is told right after a walk, with no topic of
its own that is clear, becomes an `aside` to that walk and starts no other.
"""

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.answers import asks
from bot.nlu.components import Stateless, plain_text

FALLBACK, AMBIGUOUS, ASIDE = "nlu_fallback", "nlu_ambiguous", "aside"
BESIDE = frozenset(
    {"distress", "adversities", "ambivalence", "self_acceptance", "scarring", "strengths",
     "self_efficacy", "coping_report", "meaning_of_recovery", "out_of_scope", "other_difficulty",
     "lapse", "loved_one", "plan_disclosure", "unplanned_disclosure", "checkin", "nothing_works"}
)  # fmt: skip
"""Topics that a statement must be clear about to leave the one that has just been talked of."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class UnsureFallback(Stateless):
    """Replaces an unsure intent; the ranking keeps what was considered."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Shares of probability: least for a topic, least for two to ask between, and
        from which a statement right after a walk is `clear` about another topic."""
        return {"least": 0.22, "margin": 0.06, "together": 0.5, "clear": 0.65}

    def process(self, messages: list[Message]) -> list[Message]:
        """Replace the intent of each unsure message."""
        for message in messages:
            ranking = message.get("intent_ranking") or []
            if ranking:
                shares = [float(item["confidence"]) for item in ranking]
                told = self._is_aside(message, ranking[0]["name"], shares[0])
                name = ASIDE if told else self._doubt(shares)
                if name:
                    intent = {"name": name, "confidence": 1 - ranking[0]["confidence"]}
                    message.set(INTENT, intent, add_to_output=True)
        return messages

    def _is_aside(self, message: Message, best: str, share: float) -> bool:
        """Whether a statement only adds to the walk that has just ended."""
        ended = (message.get("metadata") or {}).get("ended")
        vague = best in BESIDE and share < self._config["clear"]
        return bool(ended) and vague and not asks(plain_text(message))

    def _doubt(self, shares: list[float]) -> str:
        if len(shares) > 1 and shares[0] - shares[1] < self._config["margin"]:
            if shares[0] + shares[1] >= self._config["together"]:
                return AMBIGUOUS
        return FALLBACK if shares[0] < self._config["least"] else ""
