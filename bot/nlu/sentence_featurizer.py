"""Graph component: the ONNX sentence encoder as a dense featurizer."""

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.components import Stateless, plain_text
from bot.nlu.encoder import encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(Stateless):
    """One vector a message, shape (1, 384)."""

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that must be importable."""
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The alias under which the features are kept."""
        return {FEATURIZER_CLASS_ALIAS: "minilm"}

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the sentence vector to each message that has a text."""
        written = [message for message in messages if message.get(TEXT)]
        texts = [plain_text(message) for message in written]
        vectors = [encoder().one(texts[0])] if len(texts) == 1 else encoder().many(texts)
        for message, vector in zip(written, vectors):
            message.add_features(
                Features(
                    np.array([vector]),
                    FEATURE_TYPE_SENTENCE,
                    TEXT,
                    self._config[FEATURIZER_CLASS_ALIAS],
                )
            )
        return messages
