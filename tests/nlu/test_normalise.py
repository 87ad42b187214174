import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.normalise import normalise


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("i want to k1ll myself", "i want to kill myself"),
        ("s u i c i d e", "suicide"),
        ("su1cide", "suicide"),
        ("s3lf h@rm rn", "self harm right now"),
        ("going to unalive myself", "going to kill myself"),
        ("kms", "kill myself"),
        ("nooooo", "no"),
        ("sh'd again", "self harmed again"),
        ("don\u2019t", "don't"),
        ("a want tae die", "i want to die"),
        ("cannae dae this the noo", "can't do this the now"),
    ],
)
def test_disguised_spelling_is_undone(typed: str, read: str) -> None:
    assert normalise(typed) == read


@pytest.mark.parametrize("typed", ["was 8 now 5", "8ish maybe 10", "2mg at 5pm", "4th of july"])
def test_numbers_that_stand_for_numbers_stay(typed: str) -> None:
    assert normalise(typed) == typed


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error_and_stays_lower_case(text: str) -> None:
    plain = normalise(text)
    assert plain == plain.strip()
    assert "\u200b" not in plain
