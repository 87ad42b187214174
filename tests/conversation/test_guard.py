import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.commands import command
from bot.conversation.guard import LONGEST, Pace, clean


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_message_is_noted_as_empty(text: str) -> None:
    assert clean(text).note == "utter_empty"


@pytest.mark.parametrize("text", ["\x00\x01\x02", "\u202e\u200b"])
def test_signs_that_cannot_be_read_are_noted(text: str) -> None:
    assert clean(text).note == "utter_unreadable"


def test_a_very_long_message_keeps_its_beginning_and_its_end() -> None:
    cleaned = clean("begin " + "x" * 20 * LONGEST + " end")
    assert cleaned.note == "utter_long"
    assert cleaned.text.startswith("begin")
    assert len(cleaned.text) <= LONGEST + 1


@pytest.mark.parametrize("text", ["😭😭😭", "مساء الخير", "mir geht's schlecht", "8"])
def test_every_script_and_emoji_stays(text: str) -> None:
    assert clean(text).text == text


@given(st.text(max_size=2000))
def test_any_text_is_cleaned_without_an_error(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.text) <= LONGEST + 1
    assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in cleaned.text)


@pytest.mark.parametrize(
    ("typed", "payload"),
    [("/help", "/show_help"), ("/FORGET", "/forget_data"), ("/help@tideline_bot", "/show_help"),
     ('/crisis{"x":1}', ""), ("/restart", ""), ("help", ""), ("/urge_now", "")],
)  # fmt: skip
def test_only_commands_are_commands(typed: str, payload: str) -> None:
    assert command(typed) == payload


def test_the_pace_bounds_one_person_and_not_another() -> None:
    pace = Pace(turns_per_minute=2)
    assert [pace.allows("p") for _ in range(3)] == [True, True, False]
    assert pace.allows("q") is True
