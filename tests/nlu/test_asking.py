"""Whether a message asks something, with or without a question mark."""

import pytest

from bot.nlu.asking import asks, inquires
from bot.nlu.normalise import normalise


@pytest.mark.parametrize(
    "typed",
    [
        "if i tell my form tutor does she have to tell my dad",
        "wait does my school see this",
        "wait random question do scars ever fade",
        "this might be dumb but how do people stop",
        "my mum found it. what do i say",
        "its all back to zero isnt it",
        "can we do the telling them bit now",
    ],
)
def test_a_question_is_heard_without_its_mark(typed: str) -> None:
    assert asks(normalise(typed))


@pytest.mark.parametrize(
    "typed",
    [
        "was after a fight w my housemate if that matters",
        "when i do it its to punish myself mostly",
        "did the walk, was 6 now 3",
        "do it again",
        "can't sleep, keep seeing it",
        "can't go on like this",
        "downsides? long sleeves in feb, lying to my housemates",
        "What was different... honestly? My dad's in hospital",
    ],
)
def test_a_statement_that_only_looks_like_one_is_none(typed: str) -> None:
    assert not asks(normalise(typed))


def test_only_a_worded_and_marked_question_is_no_free_answer() -> None:
    assert inquires(normalise("is she going to take me to the doctor?"))
    assert not inquires(normalise("a hug?"))
    assert not inquires(normalise("can they come. that would help"))
