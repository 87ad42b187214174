"""The topic model alone does not call a message danger."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.danger_check import DangerCheck

CALM = {"level": "none", "label": "none", "score": 0.05}
DOUBT = {"level": "none", "label": "medical", "score": 0.25}
CRISIS = {"level": "crisis", "label": "third_party", "score": 0.9}


@pytest.mark.parametrize(
    ("text", "best", "share", "safety", "intent"),
    [
        ("she's given me an ultimatum", "third_party_crisis", 0.7, CALM, "ambivalence"),
        ("she's given me an ultimatum", "third_party_crisis", 0.97, CALM, "third_party_crisis"),
        ("she's given me an ultimatum", "third_party_crisis", 0.7, CRISIS, "third_party_crisis"),
        ("she says she wants to die", "third_party_crisis", 0.7, CALM, "third_party_crisis"),
        ("it's hot and swollen", "medical", 0.5, DOUBT, "medical"),
        ("it's hot and swollen", "medical", 0.92, CALM, "medical"),
        ("i hurt my body when i have exams", "medical", 0.7, CALM, "ambivalence"),
        ("it's hot and swollen", "medical", 0.5, None, "medical"),
    ],
)
def test_danger_needs_a_sign(text, best, share, safety, intent) -> None:
    ranking = [{"name": best, "confidence": share}, {"name": "ambivalence", "confidence": 0.02}]
    message = Message(
        {"text": text, "intent": ranking[0], "intent_ranking": ranking,
         "metadata": {"safety": safety} if safety else {}}
    )  # fmt: skip
    component = DangerCheck(DangerCheck.get_default_config())
    assert component.process([message])[0].get("intent")["name"] == intent


def test_what_is_left_is_shared_out_among_the_others() -> None:
    ranking = [
        {"name": "crisis", "confidence": 0.6},
        {"name": "lapse", "confidence": 0.3},
        {"name": "distress", "confidence": 0.1},
    ]
    message = Message(
        {"text": "so that was that", "intent": ranking[0], "intent_ranking": ranking,
         "metadata": {"safety": CALM}}
    )  # fmt: skip
    DangerCheck(DangerCheck.get_default_config()).process([message])
    assert message.get("intent") == {"name": "lapse", "confidence": pytest.approx(0.75)}
