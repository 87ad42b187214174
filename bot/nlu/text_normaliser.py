"""Graph component: writes the undisguised spelling beside a message's text."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.components import NORMALISED, Stateless
from bot.nlu.normalise import normalise


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class TextNormaliser(Stateless):
    """Leaves the person's own text alone: only the models read the other."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add `normalised` to each message that has a text."""
        for message in messages:
            if message.get("text"):
                message.set(NORMALISED, normalise(message.get("text")))
        return messages
