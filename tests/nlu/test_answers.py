import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.answers import choice, minutes, nth, rating, yes_or_no
from bot.nlu.asking import asks


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


@pytest.mark.parametrize(
    ("typed", "option"),
    [
        ("the first one i suppose", "a"), ("erm. the second one", "b"), ("last one", "c"),
        ("option 2", "b"), ("number three please", "c"),
        ("the first time i did it i was twelve and scared of everything", None), ("4th", None),
    ],
)  # fmt: skip
def test_an_option_can_be_named_by_its_place(typed: str, option: str) -> None:
    assert nth(typed, ["a", "b", "c"]) == option


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("yeah go on then", "yes"), ("um, i think so", "yes"), ("no she says she isn't", "no"),
        ("nah nothing like that", "no"), ("i'm ok", "no"), ("my exam results came", None),
    ],
)  # fmt: skip
def test_a_yes_or_a_no_may_begin_a_sentence(typed: str, answer: str) -> None:
    assert yes_or_no(typed) == answer


def test_where_a_life_hangs_on_it_a_mere_ok_is_no_yes() -> None:
    assert yes_or_no("ok carry on then", grave=True) is None
    assert yes_or_no("yes i am", grave=True) == "yes"


@pytest.mark.parametrize(
    "typed",
    ["so it's all back to zero isn't it", "ok. and who can read this", "wait, are you real",
     "my counsellor says a year. is that true"],
)  # fmt: skip
def test_a_question_may_come_without_its_mark(typed: str) -> None:
    assert asks(typed)


@pytest.mark.parametrize("typed", ["i know who did it", "my mum. not dad", "5 now"])
def test_a_statement_asks_nothing(typed: str) -> None:
    assert not asks(typed)


def test_an_ok_before_something_else_rates_nothing() -> None:
    assert rating("ok. and who can read this") is None
    assert rating("ok") == 3
