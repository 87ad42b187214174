import pytest

from bot.nlu.normalise import normalise
from bot.safety.reply import (
    answer_to_safety_question,
    answers_with_no,
    has_eased,
    is_denial,
    is_in_touch,
    is_with_somebody,
    names_a_time,
    refuses_call,
    wants_to_know,
    without_denied_death,
)
from bot.safety.verdict import CALM


@pytest.mark.parametrize(
    "text",
    [
        "i don't want to ring anyone",
        "cant call",
        "too scared to talk to them",
        "i hate phoning people",
        "999 is voice, i said deaf",
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
        "rang them. ambulance is going. my hands are shaking",
        "911 is sending someone to her address",
        "I have them on the phone on speaker, they come",
        "my brother has talked her out through the window",
        "i am in the corridor of the hospital with her sandals",
    ],
)
def test_somebody_was_reached(text: str) -> None:
    assert is_with_somebody(normalise(text)) or is_in_touch(normalise(text))


@pytest.mark.parametrize(
    "text",
    [
        "nobody answered so what's the point",
        "i want to die",
        "thanks",
        "i can't call anyone",
        "she's messaged. says she can't do this anymore, she's sorry and she loves me",
        "he is here with a knife",
        "she is awake but very sleepy. matron is with her",
        "i called and it just rings and rings",
        "i called my mum and she hung up on me",
        "i texted her and she told me to leave her alone",
        "i rang but it's engaged",
        "he came home drunk and i don't feel safe",
        "i told you i want it to be over tonight",
        "i told them goodnight for the last time",
    ],
)
def test_nobody_was_reached(text: str) -> None:
    assert not is_with_somebody(normalise(text))
    assert not is_in_touch(normalise(text))


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
     "she says she's not suicidal", "I'm not actually suicidal",
     "No nothing like wanting to die. I am just disappointed in me", "no idea of dying, i have a cat",
     "nah dont wanna die, jus angry at myself", "No, I've no wish to die. I've a greenhouse to see to."],
)  # fmt: skip
def test_a_plain_denial_of_wanting_to_die(text: str) -> None:
    assert without_denied_death(normalise(text)) != normalise(text)


@pytest.mark.parametrize(
    "text",
    ["why didn't i die", "i'm not going to kill myself yet", "i can't do this, i want to die",
     "not sure i want to live", "i don't want to live, i want to die", "no plans after i die"],
)  # fmt: skip
def test_what_denies_nothing(text: str) -> None:
    assert without_denied_death(normalise(text)) == normalise(text)


@pytest.mark.parametrize("text", ["yeah im safe. dont need a doctor", "yes i'm ok", "no i'm fine"])
def test_a_yes_that_says_safe_is_a_no(text: str) -> None:
    assert answer_to_safety_question(normalise(text), CALM) == CALM


@pytest.mark.parametrize(
    "text", ["yes", "yeah sometimes", "yes but i'm not safe", "yeah i'm ok if i die tonight"]
)
def test_any_other_yes_is_one(text: str) -> None:
    assert answer_to_safety_question(normalise(text), CALM).level == "crisis"


@pytest.mark.parametrize(
    ("text", "about_safety"),
    [
        ("no", True),
        ("no its not like that, i dont want to die or anything like that at all", True),
        ("no i don't want to write it, i will say it to her face to face", False),
    ],
)
def test_a_long_no_to_something_else_is_no_answer_about_safety(text, about_safety) -> None:
    assert answers_with_no(normalise(text)) is about_safety


@pytest.mark.parametrize(
    "text", ["ok im back, the person was nice. bit calmer", "im alright for tonight", "shes ok"]
)
def test_the_worst_is_over_for_now(text: str) -> None:
    assert has_eased(normalise(text))


@pytest.mark.parametrize("text", ["bit calmer now i decided to die", "nothing helps", "its worse"])
def test_the_worst_is_not_over(text: str) -> None:
    assert not has_eased(normalise(text))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("how do i know when its an emergency", True),
        ("and how will i know it got serious", True),
        ("how do i stop the bleeding", False),
        ("i dont know when to go", False),
    ],
)
def test_asking_how_an_emergency_is_told(text, asked) -> None:
    assert wants_to_know(normalise(text)) is asked


@pytest.mark.parametrize(
    "text",
    ["not this minute. tonight maybe", "not yet, after my birthday", "tonight", "not now. when they are at church"],
)  # fmt: skip
def test_an_answer_that_only_puts_it_off_takes_nothing_back(text: str) -> None:
    assert names_a_time(normalise(text))
    assert not is_denial(normalise(text))
    assert answer_to_safety_question(normalise(text), CALM).level == "crisis"


@pytest.mark.parametrize(
    "text", ["not now", "no, not tonight", "not really", "later", "no, not now at least"]
)
def test_a_no_without_another_time_stays_one(text: str) -> None:
    assert not names_a_time(normalise(text))
