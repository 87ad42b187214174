import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.answers import choice, minutes, rating


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("8", 8), ("8ish", 8), ("like a 9", 9), ("10/10", 10), ("7 or 8", 8), ("eight", 8),
        ("about a six i think", 6), ("9.5", 9), ("unbearable", 10), ("really strong", 8),
        ("it's gone", 0), ("not that bad", 5), ("a little", 3), ("6 out of 10", 6),
    ],
)  # fmt: skip
def test_a_rating_is_understood_in_free_words(typed: str, value: int) -> None:
    assert rating(typed) == value


@pytest.mark.parametrize("typed", ["i am 15", "since 2019", "my mum", "", "who reads this?"])
def test_what_is_no_rating_gives_none(typed: str) -> None:
    assert rating(typed) is None


@given(
    st.integers(0, 10),
    st.sampled_from(["{}", "{}ish", "like {}", "maybe a {}", "{}/10", "hmm {}?"]),
)
def test_every_number_from_0_to_10_is_read_in_every_wording(number: int, wording: str) -> None:
    assert rating(wording.format(number)) == number


@given(st.text(max_size=200))
def test_a_rating_is_always_within_the_scale(text: str) -> None:
    assert rating(text) is None or 0 <= rating(text) <= 10


@pytest.mark.parametrize(
    ("typed", "value"), [("5", 5), ("15 min", 15), ("one minute", 1), ("fifteen", 15)]
)
def test_minutes(typed: str, value: int) -> None:
    assert minutes(typed) == value


def test_the_longest_wording_of_a_choice_wins() -> None:
    options = {"words": ["say"], "silence": ["say nothing"]}
    assert choice("they would say nothing", options) == "silence"
    assert choice("something else", options) is None
