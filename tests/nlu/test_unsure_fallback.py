import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.unsure_fallback import AMBIGUOUS, FALLBACK, UnsureFallback


def read(*shares: float) -> str:
    ranking = [{"name": f"topic_{i}", "confidence": share} for i, share in enumerate(shares)]
    message = Message({"intent": ranking[0], "intent_ranking": ranking})
    component = UnsureFallback(UnsureFallback.get_default_config())
    return str(component.process([message])[0].get("intent")["name"])


@pytest.mark.parametrize(
    ("shares", "intent"),
    [
        ((0.9, 0.05), "topic_0"),
        ((0.12, 0.1), FALLBACK),
        ((0.42, 0.4), AMBIGUOUS),
        ((0.4, 0.2), "topic_0"),
    ],
)
def test_doubt_is_said_and_not_hidden(shares, intent) -> None:
    assert read(*shares) == intent
