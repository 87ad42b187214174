import pytest

from bot.nlu.normalise import normalise
from bot.safety.reply import (
    has_reached_someone,
    is_denial,
    refuses_call,
    without_denied_death,
)


@pytest.mark.parametrize(
    "text",
    [
        "i don't want to ring anyone",
        "cant call",
        "too scared to talk to them",
        "i hate phoning people",
    ],
)
def test_a_call_that_is_too_much(text: str) -> None:
    assert refuses_call(normalise(text))


@pytest.mark.parametrize(
    "text",
    [
        "i texted the line",
        "ok I called them",
        "they wrote back",
        "my sister is on her way",
        "im on the phone now",
    ],
)
def test_somebody_was_reached(text: str) -> None:
    assert has_reached_someone(normalise(text))


@pytest.mark.parametrize(
    "text",
    ["nobody answered so what's the point", "i want to die", "thanks", "i can't call anyone"],
)
def test_nobody_was_reached(text: str) -> None:
    assert not has_reached_someone(normalise(text))


@pytest.mark.parametrize(
    "text", ["i'm not", "im not suicidal", "no", "nah im good", "not really", "no not suicidal"]
)
def test_a_denial(text: str) -> None:
    assert is_denial(normalise(text))


@pytest.mark.parametrize(
    "text",
    [
        "i'm not ok",
        "i'm not safe",
        "I am not coping",
        "idk",
        "no point, i've decided",
        "no one can help me now",
        "never mind, it'll be over soon",
    ],
)
def test_words_that_only_begin_like_a_denial(text: str) -> None:
    assert not is_denial(normalise(text))


@pytest.mark.parametrize(
    "text",
    ["im not gonna kill myself i just want this to stop", "only that i'm not trying to die",
     "she says she's not suicidal", "I'm not actually suicidal"],
)  # fmt: skip
def test_a_plain_denial_of_wanting_to_die(text: str) -> None:
    assert without_denied_death(normalise(text)) != normalise(text)


@pytest.mark.parametrize(
    "text",
    ["why didn't i die", "i'm not going to kill myself yet", "i can't do this, i want to die",
     "not sure i want to live"],
)  # fmt: skip
def test_what_denies_nothing(text: str) -> None:
    assert without_denied_death(normalise(text)) == normalise(text)
