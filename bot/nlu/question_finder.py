"""Graph component: does a message ask one of the questions that have a vetted answer?

Nearest neighbours on the sentence vectors: a question is as near as the nearest
of its wordings. A near match becomes the intent `ask_question`; a fair one is
only noted, so that it can be offered when nothing else fits the message.
"""

from pathlib import Path
from typing import Any

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
from bot.nlu.answers import asks
from bot.nlu.components import Trained, plain_text
from bot.nlu.encoder import Vectors, encoder
from bot.nlu.normalise import normalise
from bot.settings import settings

FILE = "questions.npz"
ASKED = "ask_question"
CANDIDATES = "questions"
"""Where a message carries the ids of the questions that it may ask, the nearest first."""
OWN_WAY = frozenset(
    {"urge_now", "plan_disclosure", "unplanned_disclosure", "coping_report", "ask_alternatives",
     "nothing_works", "safety_plan", "crisis", "third_party_crisis", "medical", "checkin", "human",
     "progress", "export_data", "forget_data", "show_help", "show_helplines", "stop", "resume",
     "later", "skip", "set_country", "change_country", "lapse", "meaning_of_recovery", "strengths"}
)  # fmt: skip
"""Intents that start something: being walked through it beats being told about it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionFinder(Trained, IntentClassifier):
    """Finds the questions nearest in meaning."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._vectors: Vectors = np.empty((0, 0), dtype=np.float32)
        self._ids: NDArray[Any] = np.empty(0, dtype=str)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Similarities (cosine): from which a question counts as asked, and as worth offering.

        `surely` is how sure an intent that starts something must be to go first.
        """
        return {"asked": 0.8, "offered": 0.6, "surely": 0.5}

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
        near = self.nearest(sentence.features[0])
        offered = [name for name, how in near if how >= self._config["offered"]]
        message.set(CANDIDATES, offered, add_to_output=True)
        intent = message.get(INTENT) or {}
        sure = float(intent.get("confidence") or 0.0) >= self._config["surely"]
        own_way = intent.get("name") in OWN_WAY and sure
        if _at_least(near, self._config["asked"]) and not own_way:
            if asks(plain_text(message)):
                found = {"name": ASKED, "confidence": round(near[0][1], 4)}
                message.set(INTENT, found, add_to_output=True)

    def nearest(self, vector: NDArray[np.float32], most: int = 3) -> list[tuple[str, float]]:
        """The questions nearest to a vector with their similarity, the nearest first."""
        if not len(self._ids):
            return []
        similar = self._vectors @ vector
        best: dict[str, float] = {}
        for i in np.argsort(-similar)[: most * 8]:
            best.setdefault(str(self._ids[i]), float(similar[i]))
        return list(best.items())[:most]

    def read(self, folder: Path) -> None:
        """Read the wordings that `train` stored."""
        with np.load(folder / FILE, allow_pickle=False) as stored:
            self._vectors = stored["vectors"].astype(np.float32)
            self._ids = stored["ids"]


def _at_least(near: list[tuple[str, float]], similarity: float) -> bool:
    return bool(near) and near[0][1] >= similarity
