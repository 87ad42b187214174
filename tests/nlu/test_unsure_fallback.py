import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.unsure_fallback import AMBIGUOUS, ASIDE, FALLBACK, UnsureFallback


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


@pytest.mark.parametrize(
    ("text", "ended", "best", "share", "intent"),
    [
        ("it was after a fight with my housemate", "coping_report", "lapse", 0.4, ASIDE),
        ("it was after a fight with my housemate", None, "lapse", 0.4, "lapse"),
        ("it happened again last night", "coping_report", "lapse", 0.97, "lapse"),
        ("why does it come back?", "urge", "lapse", 0.4, "lapse"),
        ("i want to do it so badly", "coping_report", "urge_now", 0.4, "urge_now"),
    ],
)
def test_what_adds_to_the_walk_before_starts_no_other(text, ended, best, share, intent) -> None:
    ranking = [{"name": best, "confidence": share}, {"name": "other", "confidence": 0.1}]
    message = Message(
        {"text": text, "intent": ranking[0], "intent_ranking": ranking,
         "metadata": {"ended": ended}}
    )  # fmt: skip
    component = UnsureFallback(UnsureFallback.get_default_config())
    assert component.process([message])[0].get("intent")["name"] == intent
