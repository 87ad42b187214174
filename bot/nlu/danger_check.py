"""Graph component: the topic model alone does not call a message danger.

The detector is the judge of danger, and where it has a doubt our safety question
is asked in any case. The topic model knows `crisis` and `third_party_crisis` as
two topics among many, and takes "she's given me an ultimatum, stop or she's gone"
for one of them. Without a sign they leave its ranking, and the next topic leads.
A hurt body (`medical`) is believed with less: a share of its own, the slightest doubt of the
detector, or a talk that is about it.
"""

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.components import Stateless, plain_text
from bot.nlu.kinds import DANGER, JUDGED
from bot.nlu.ranking import without
from bot.nlu.subject_reader import SUBJECT_SHARES
from bot.safety.detector import detector


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DangerCheck(Stateless):
    """Takes unfounded danger out of the ranking."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """From which share the topic model is believed without a sign: `certain`, and `hurt` where a
        body is; from which score of the detector or share in the talk (`doubt`) less will do."""
        return {"certain": 0.95, "hurt": 0.9, "doubt": 0.2}

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the other topics anew where danger leads without a sign."""
        for message in messages:
            ranking = message.get("intent_ranking") or []
            if ranking and ranking[0]["name"] in DANGER and not self._founded(message, ranking[0]):
                rest = without(ranking, JUDGED | {ranking[0]["name"]})
                message.set("intent_ranking", rest, add_to_output=True)
                message.set(INTENT, dict(rest[0]), add_to_output=True)
        return messages

    def _founded(self, message: Message, best: dict[str, Any]) -> bool:
        safety = (message.get("metadata") or {}).get("safety")
        if safety is None:  # in `rasa shell` and in training nobody has looked
            return True
        share, name = float(best["confidence"]), best["name"]
        seen = safety["level"] == "crisis" or detector().may_cost_a_life(plain_text(message))
        if name in JUDGED:
            return seen or share >= self._config["certain"]
        in_talk = (message.get(SUBJECT_SHARES) or {}).get(name, 0.0)
        doubted = max(float(safety.get("score") or 0.0), in_talk) >= self._config["doubt"]
        return seen or doubted or share >= self._config["hurt"]
