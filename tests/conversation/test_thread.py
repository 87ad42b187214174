"""What a talk is about, from turn to turn."""

import pytest

from bot.conversation.thread import FRESH, fresh, thread_after
from bot.services import services

LAPSE = {"topic": "lapse", "age": 0, "walked": True}


def test_a_subject_replaces_the_one_before() -> None:
    assert thread_after(LAPSE, "urge", walked=False) == {"topic": "urge", "age": 0, "walked": False}


@pytest.mark.parametrize("topic", ["smalltalk_thanks", "privacy", "bot_challenge", "stop"])
def test_what_is_answered_in_passing_keeps_the_subject(topic) -> None:
    assert thread_after(LAPSE, topic, walked=False) == {**LAPSE, "age": 1}
    assert thread_after({}, topic, walked=False) == {}


def test_nobody_adds_to_what_was_said_long_ago() -> None:
    about = LAPSE
    for _ in range(FRESH):
        about = thread_after(about, "smalltalk_thanks", walked=False)
        assert fresh(about)
    assert not fresh(thread_after(about, "smalltalk_thanks", walked=False))


@pytest.mark.parametrize(
    ("turn", "topic"),
    [
        ({"intent": "urge_now"}, "urge"),
        ({"intent": "affirm", "walk": "lapse"}, "lapse"),
        ({"intent": "affirm", "walk": "safety_plan"}, "crisis"),
        ({"intent": "aside", "about": "scarring"}, "scarring"),
        ({"intent": "resume", "about": "ambivalence"}, "ambivalence"),
        ({"intent": "skip", "about": "ambivalence"}, "ambivalence"),
        ({"intent": "resume"}, "stop"),
        ({"intent": "unheard_of"}, "out_of_scope"),
    ],
)
def test_the_topic_of_a_turn(home, turn, topic) -> None:
    assert services().topics.of(**turn) == topic


def test_a_question_has_the_topic_it_is_filed_under(home) -> None:
    question = next(q for q in services().questions.values() if q.topic == "privacy")
    assert services().topics.of("ask_question", "lapse", question.id) == "privacy"
