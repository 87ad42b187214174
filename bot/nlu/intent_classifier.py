"""Graph component: which intent a message has, by the linear text model."""

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.components import Trained, plain_text
from bot.nlu.encoder import Vectors
from bot.nlu.linear import LinearTextModel

FILE = "intents.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(Trained, IntentClassifier):
    """Logistic regression over sentence vector and character n-grams."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._model = unlearnt(self._config)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strength` and `spelling` of the model; how many intents to rank."""
        return {"strength": 10.0, "spelling": 1.0, "neighbours": 0.3, "ranking_length": 12}

    def read(self, folder: Path) -> None:
        """Read the model that `train` stored."""
        self._model = LinearTextModel.load(folder / FILE)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the intents' examples and store the model."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT) and e.get(INTENT)]
        texts = [plain_text(example) for example in examples]
        vectors = np.vstack([_vector(example) for example in examples])
        self._model.fit(texts, vectors, [example.get(INTENT) for example in examples])
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder / FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add `intent` and `intent_ranking` to each message that has a text."""
        for message in messages:
            if message.get(TEXT):
                shares = self._model.predict([plain_text(message)], _vector(message))[0]
                order = np.argsort(-shares)[: self._config["ranking_length"]]
                ranking = [
                    {"name": self._model.labels[i], "confidence": float(shares[i])} for i in order
                ]
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set("intent_ranking", ranking, add_to_output=True)
        return messages


def _vector(message: Message) -> Vectors:
    _, sentence = message.get_dense_features(TEXT)
    vector: Vectors = sentence.features
    return vector


def unlearnt(config: dict[str, Any]) -> LinearTextModel:
    """The model of a configuration before it has learnt anything."""
    return LinearTextModel(config["strength"], config["spelling"], config["neighbours"])
