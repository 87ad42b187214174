from typing import Optional

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.kinds import AMBIGUOUS, ASIDE, FALLBACK
from bot.nlu.unsure_fallback import UnsureFallback


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


def read_about(
    text: str,
    subject: str,
    best: str,
    share: float,
    second: str = "other",
    likely: Optional[dict[str, float]] = None,
) -> str:
    other = share - 0.02 if second != "other" else 0.1
    ranking = [{"name": best, "confidence": share}, {"name": second, "confidence": other}]
    about = {"topic": subject, "age": 0, "walked": True} if subject else {}
    message = Message(
        {"text": text, "intent": ranking[0], "intent_ranking": ranking,
         "metadata": {"about": about}, "subjects": likely}
    )  # fmt: skip
    component = UnsureFallback(UnsureFallback.get_default_config())
    return str(component.process([message])[0].get("intent")["name"])


@pytest.mark.parametrize(
    ("text", "subject", "best", "share", "intent"),
    [
        ("it was after a fight with my housemate", "coping_report", "lapse", 0.4, ASIDE),
        ("it was after a fight with my housemate", "", "lapse", 0.4, "lapse"),
        ("it happened again last night", "coping_report", "lapse", 0.97, "lapse"),
        ("why does it come back?", "urge", "lapse", 0.4, "lapse"),
        ("i want to do it so badly", "coping_report", "urge_now", 0.4, "urge_now"),
        ("i could go back to my tuesday choir", "lapse", "later", 0.34, ASIDE),
        ("another time", "lapse", "later", 0.34, "later"),
        ("yeah a bit, more the getting out of the house", "coping_report", "affirm", 0.9, ASIDE),
        ("i am here again, i slept a little", "crisis", "goodbye", 0.9, ASIDE),
        ("i failed her again and again", "loved_one", "lapse", 0.9, ASIDE),
        ("a coworker of mine laughed about it", "scarring", "loved_one", 0.8, ASIDE),
        ("my son does it too and i found out", "scarring", "loved_one", 0.95, "loved_one"),
        ("my exams and my mum", "distress", "adversities", 0.5, "adversities"),
    ],
)
def test_what_adds_to_the_subject_before_starts_no_other(
    text, subject, best, share, intent
) -> None:
    assert read_about(text, subject, best, share) == intent


def test_of_two_meanings_the_subject_is_taken() -> None:
    text = "should i try it another way"
    assert read_about(text, "disclosure", "distress", 0.4, "plan_disclosure") == "plan_disclosure"
    assert read_about(text, "", "distress", 0.4, "plan_disclosure") == AMBIGUOUS


def test_an_aside_needs_something_to_be_beside() -> None:
    assert read_about("the one in the car i think", "disclosure", ASIDE, 0.8) == ASIDE
    assert read_about("the one in the car i think", "", ASIDE, 0.6, "disclosure") == "disclosure"
    assert read_about("is it the one in the car?", "disclosure", ASIDE, 0.8) == FALLBACK


@pytest.mark.parametrize(
    ("best", "share", "likely", "intent"),
    [
        ("self_acceptance", 0.72, {"ambivalence": 0.25, "self_acceptance": 0.17}, ASIDE),
        ("self_acceptance", 0.6, {"ambivalence": 0.1, "self_acceptance": 0.7}, "self_acceptance"),
        ("self_acceptance", 0.4, {"ambivalence": 0.1, "self_acceptance": 0.7}, ASIDE),
    ],
)
def test_what_came_before_decides_whether_a_statement_adds_to_it(
    best, share, likely, intent
) -> None:
    text = "and the lying, i have a whole list of excuses"
    assert read_about(text, "ambivalence", best, share, likely=likely) == intent


def test_a_question_that_stays_with_the_subject_is_understood_without_an_answer() -> None:
    likely = {"disclosure": 0.8}
    assert read_about("is it the one in the car?", "disclosure", ASIDE, 0.8, likely=likely) == ASIDE


def test_of_two_meanings_danger_is_left_to_the_detector() -> None:
    text = "my daughter's school rang me, she's been hurting herself"
    assert read_about(text, "", "loved_one", 0.5, "third_party_crisis") == "loved_one"
    assert read_about(text, "", "medical", 0.5, "lapse") == AMBIGUOUS
