"""Graph component: does a message ask one of the questions that have a vetted answer?

Nearest neighbours on the sentence vectors: a question is as near as the nearest
of its wordings. A near match becomes the intent `ask_question`; a fair one is
only noted, so that it can be offered when nothing else fits the message.
"""

from pathlib import Path
from typing import Any, Optional

import numpy as np
from numpy.typing import NDArray
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.content.questions import load_questions
from bot.content.topics import topic_of_intents
from bot.nlu.asking import asks
from bot.nlu.components import Trained, plain_text
from bot.nlu.encoder import Vectors, encoder
from bot.nlu.kinds import OTHERS, OWN_WAY, SERVICES
from bot.nlu.normalise import normalise
from bot.nlu.subject_reader import SUBJECT_SHARES
from bot.settings import settings

FILE = "questions.npz"
ASKED = "ask_question"
CANDIDATES = "questions"
"""Where a message carries the ids of the questions that it may ask, the nearest first."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionFinder(Trained, IntentClassifier):
    """Finds the questions nearest in meaning."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._vectors: Vectors = np.empty((0, 0), dtype=np.float32)
        self._ids: NDArray[Any] = np.empty(0, dtype=str)
        self._topics: dict[str, str] = {}
        self._topic_of: dict[str, str] = {}
        self._asked_topics: set[str] = set()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Similarities (cosine): from which a question counts as asked, and as worth offering.

        `surely` is how sure an intent that starts something must be to go first. In the
        middle of a walk, and right after it, a question of its topic counts as `closer`
        (and one of a topic as `likely` as it is in the talk), and as asked from `in_walk`; one of the topic that the message is about from `in_topic`; one that
        differs from a topic that is clear (`clear`) only from `against`.
        """
        return {"asked": 0.8, "offered": 0.6, "surely": 0.5, "closer": 0.12, "likely": 0.1, "in_walk": 0.62,
                "in_topic": 0.7, "clear": 0.9, "against": 0.88}  # fmt: skip

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the wordings of `data/questions`; Rasa's training data has no part in it."""
        questions = load_questions(settings().data / "questions")
        wordings = [(normalise(text), q.id) for q in questions.values() for text in q.ask]
        self._vectors = encoder().many([text for text, _ in wordings])
        self._ids = np.array([name for _, name in wordings])
        with self._storage.write_to(self._resource) as folder:
            np.savez_compressed(
                folder / FILE, vectors=self._vectors.astype(np.float16), ids=self._ids
            )
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Note the nearest questions of each message, and set the intent of one that asks."""
        for message in messages:
            if message.get(TEXT):
                self._look_up(message)
        return messages

    def _look_up(self, message: Message) -> None:
        _, sentence = message.get_dense_features(TEXT)
        intent = message.get(INTENT) or {}
        name, sure = str(intent.get("name")), float(intent.get("confidence") or 0.0)
        around = message.get("metadata") or {}
        under_way = str(around.get("walk") or "")
        walk = under_way or str((around.get("about") or {}).get("topic") or "")
        topic = self._topic_of.get(name)
        if sure >= self._config["clear"] and topic in self._asked_topics and topic != walk:
            walk = ""  # the message is clearly about something, whatever the walk is about
        likely = message.get(SUBJECT_SHARES) or {}
        near = self.nearest(sentence.features[0], walk, likely)
        offered = [found for found, how in near if how >= self._config["offered"]]
        message.set(CANDIDATES, offered, add_to_output=True)
        own_way = name in (SERVICES if under_way else OWN_WAY) and sure >= self._config["surely"]
        asked = near and near[0][1] >= self._least(near[0][0], walk, name, sure)
        if under_way and near and self._topics.get(near[0][0]) == under_way:
            own_way = own_way and near[0][1] < self._config["asked"]  # "how do i know it's urgent"
        if asked and not own_way and asks(plain_text(message)):
            found = {"name": ASKED, "confidence": round(near[0][1], 4)}
            message.set(INTENT, found, add_to_output=True)

    def _least(self, question: str, walk: str, intent: str, sure: float) -> float:
        """The similarity from which a question counts as asked."""
        topic = self._topics.get(question)
        if topic in _around(walk):
            part = "in_walk"
        elif topic == self._topic_of.get(intent):
            part = "in_topic"
        else:
            part = "against" if sure >= self._config["clear"] else "asked"
        return float(self._config[part])

    def nearest(
        self,
        vector: NDArray[np.float32],
        walk: str = "",
        likely: Optional[dict[str, float]] = None,
        most: int = 3,
    ) -> list[tuple[str, float]]:
        """The questions nearest to a vector with their similarity, the nearest first.

        Args:
            vector: of the message, of unit length.
            walk: the topic of the walk under way, whose questions go before others that
                are at most `closer` nearer.
            likely: how likely each topic is in the talk; the questions of one that is
                certain count as `likely` nearer.
            most: how many.
        """
        if not len(self._ids):
            return []
        similar = self._vectors @ vector
        best: dict[str, float] = {}
        for i in np.argsort(-similar)[: most * 24]:
            best.setdefault(str(self._ids[i]), float(similar[i]))
        shares = likely or {}

        def how_near(one: tuple[str, float]) -> float:
            topic = self._topics.get(one[0], "")
            closer = self._config["closer"] * (topic == walk)
            return float(one[1] + closer + self._config["likely"] * shares.get(topic, 0.0))

        return sorted(best.items(), key=how_near, reverse=True)[:most]

    def read(self, folder: Path) -> None:
        """Read the wordings that `train` stored."""
        with np.load(folder / FILE, allow_pickle=False) as stored:
            self._vectors = stored["vectors"].astype(np.float32)
            self._ids = stored["ids"]
        data = settings().data
        self._topics = {q.id: q.topic for q in load_questions(data / "questions").values()}
        self._topic_of = topic_of_intents(data / "topics.yml")
        self._asked_topics = set(self._topics.values())


def _around(walk: str) -> frozenset[str]:
    """The topics whose questions belong to a walk: a worry about another holds both kinds."""
    return OTHERS if walk in OTHERS else frozenset({walk})
