"""Graph component: says honestly that a message was not understood.

Two answers to doubt: a message that fits nothing becomes `nlu_fallback`; one
that fits two topics about equally well becomes `nlu_ambiguous`, and the person
is asked which they meant.
"""

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.components import Stateless

FALLBACK = "nlu_fallback"
AMBIGUOUS = "nlu_ambiguous"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class UnsureFallback(Stateless):
    """Replaces an unsure intent; the ranking keeps what was considered."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Shares of probability: least for a topic, least for two to ask between."""
        return {"least": 0.22, "margin": 0.06, "together": 0.5}

    def process(self, messages: list[Message]) -> list[Message]:
        """Replace the intent of each unsure message."""
        for message in messages:
            ranking = message.get("intent_ranking") or []
            if ranking:
                name = self._doubt([float(item["confidence"]) for item in ranking])
                if name:
                    intent = {"name": name, "confidence": 1 - ranking[0]["confidence"]}
                    message.set(INTENT, intent, add_to_output=True)
        return messages

    def _doubt(self, shares: list[float]) -> str:
        if len(shares) > 1 and shares[0] - shares[1] < self._config["margin"]:
            if shares[0] + shares[1] >= self._config["together"]:
                return AMBIGUOUS
        return FALLBACK if shares[0] < self._config["least"] else ""
