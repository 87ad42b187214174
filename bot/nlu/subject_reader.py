"""Graph component: what a message is about in its talk, read after what came before it.

Alone, "what exact words, he answers everything with hmm" could be about anything.
After a mother's message it is about her son. The encoder reads both together, and
a linear model that has learnt whole chats (`data/chats`) says how likely each topic
is. The ranking of the intents is weighed by it: an intent counts as much as its
topic is likely here, and `aside` as much as the talk stays with its subject.
"""

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.content.topics import topic_of_intents
from bot.nlu.chats import before, learnt_turns
from bot.nlu.components import Trained, plain_text
from bot.nlu.encoder import encoder
from bot.nlu.kinds import ANYWHERE, ASIDE
from bot.nlu.linear import LinearTextModel
from bot.nlu.ranking import Ranking, weighed
from bot.settings import settings

FILE = "subjects.npz"
ALSO = {"other_difficulty": ("distress", "adversities")}
"""Other subjects in which an intent may be told: eating and drinking are told as pain."""
SUBJECT_SHARES = "subjects"
"""Where a message carries how likely each topic is."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SubjectReader(Trained, IntentClassifier):
    """Reads a message after what came before it."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._model = LinearTextModel(self._config["strength"], self._config["spelling"],
                                      self._config["neighbours"], balanced=False)  # fmt: skip
        self._topic_of: dict[str, str] = {}

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strength`, `spelling` and `neighbours` of the model; `floor`: the share that every topic
        has at least; `anywhere`: the least share of what is heard anywhere; `power`: how much
        the shares weigh beside the intents' own."""
        return {"strength": 2.0, "spelling": 0.5, "neighbours": 0.2, "floor": 0.02,
                "anywhere": 0.25, "power": 2.0}  # fmt: skip

    def read(self, folder: Path) -> None:
        """Read the model that `train` stored."""
        self._model = LinearTextModel.load(folder / FILE)
        self._topic_of = topic_of_intents(settings().data / "topics.yml")

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the chats of `data/chats`; Rasa's training data has no part in it."""
        turns = learnt_turns(settings().data / "chats")
        vectors = encoder().many([turn.pair for turn in turns])
        self._model.fit([turn.text for turn in turns], vectors, [turn.subject for turn in turns])
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder / FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Weigh the ranking of each message that stands in a talk."""
        for message in messages:
            around = message.get("metadata") or {}
            ranking = message.get("intent_ranking") or []
            if ranking and "subject" in around:
                self._weigh(message, ranking, str(around["subject"]), str(around["before"]))
        return messages

    def _weigh(self, message: Message, ranking: Ranking, subject: str, said: str) -> None:
        plain = plain_text(message)
        vector = encoder().after(before(subject, said), plain)
        shares = self._model.predict([plain], vector[None, :])[0]
        likely = dict(zip(self._model.labels, shares.tolist()))
        message.set(SUBJECT_SHARES, likely, add_to_output=True)
        floor, power = self._config["floor"], self._config["power"]

        def weight(intent: str) -> float:
            topic = subject if intent == ASIDE else self._topic_of.get(intent, intent)
            share = sum(likely.get(one, 0.0) for one in (topic, *ALSO.get(intent, ())))
            least = self._config["anywhere"] if intent in ANYWHERE else floor
            return float(max(least, floor + share) ** power)

        anew = weighed(ranking, weight)
        message.set("intent_ranking", anew, add_to_output=True)
        message.set(INTENT, dict(anew[0]), add_to_output=True)
