from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.classifier import decide
from bot.safety.detector import Context, Detector, detector, in_light_of
from bot.safety.train import THRESHOLDS
from bot.safety.verdict import CALM, Verdict
from bot.settings import ROOT

SIGN = Verdict("crisis", "crisis", 0.95)


@pytest.fixture(scope="module")
def ours(home) -> Detector:
    return detector()


def test_a_plain_sign_is_met_at_once(ours: Detector) -> None:
    assert ours.assess("i want to kill myself").level == "crisis"


@pytest.mark.parametrize("text", ["hello", "thanks", "8", "what can you do?"])
def test_everyday_messages_are_left_alone(ours: Detector, text: str) -> None:
    assert ours.assess(text).level == "none"


@pytest.mark.parametrize("text", ["yes", "kind of", "sometimes", "i think so", "yeah all the time"])
def test_a_yes_to_our_question_is_a_crisis(ours: Detector, text: str) -> None:
    assert ours.assess(text, Context(asked=True)).level == "crisis"


def test_a_denial_does_not_cancel_a_real_sign(ours: Detector) -> None:
    assert ours.assess("no", Context(asked=True, recent=SIGN)).level == "check_in"


def test_a_denial_without_a_sign_is_believed(ours: Detector) -> None:
    assert ours.assess("no", Context(asked=True)).level == "none"


def test_yes_to_anything_else_is_no_sign(ours: Detector) -> None:
    assert ours.assess("yes").level == "none"


@pytest.mark.parametrize(
    ("level", "shares", "becomes"),
    [
        ("crisis", {"crisis": 0.01, "everyday": 0.95}, "check_in"),
        ("crisis", {"crisis": 0.3}, "crisis"),
        ("check_in", {"third_party": 0.01, "everyday": 0.9}, "none"),
        ("check_in", {"self_harm": 0.4}, "check_in"),
        ("none", {"crisis": 0.5, "third_party": 0.2}, "check_in"),
        ("none", {"self_harm": 0.9}, "none"),
    ],
)
def test_what_came_before_moves_an_alarm_by_one_step_at_most(level, shares, becomes) -> None:
    assert in_light_of(Verdict(level, "third_party", 0.5), shares).level == becomes


def test_a_sign_stands_whatever_came_before(ours: Detector) -> None:
    calm = Context(subject="scarring", said="what do i wear to the wedding")
    assert ours.assess("i am going to kill myself tonight", calm).level == "crisis"


def test_a_reading_in_the_talk_that_breaks_leaves_the_one_alone(
    ours: Detector, monkeypatch
) -> None:
    maimed = Detector(Path("nowhere"), Path("nowhere"))
    monkeypatch.setattr(maimed, "_classifier", ours._classifier)
    text, calm = "everyone would be better off without me", Context(subject="lapse", said="hi")
    alone = maimed.assess(text)
    monkeypatch.setattr(maimed._classifier, "after", lambda *what: 1 / 0)
    assert maimed.assess(text, calm).level == alone.level == "crisis"


def test_without_its_model_the_detector_still_sees_plain_signs(tmp_path: Path) -> None:
    maimed = Detector(ROOT / "data" / "safety", tmp_path / "gone.npz")
    assert maimed.problems == ["the safety model cannot be read: run `make setup`"]
    assert maimed.assess("i am going to end my life").level == "crisis"


def test_a_model_that_breaks_in_use_does_not_reach_the_person(ours: Detector, monkeypatch) -> None:
    maimed = Detector(Path("nowhere"), Path("nowhere"))
    monkeypatch.setattr(maimed, "_classifier", ours._classifier)
    monkeypatch.setattr(maimed._classifier, "assess", lambda text: 1 / 0)
    assert maimed.assess("hello").level == "none"


def test_signs_still_count_when_the_words_around_them_cannot_be_read(monkeypatch) -> None:
    maimed = Detector(ROOT / "data" / "safety", Path("nowhere"))
    monkeypatch.setattr(maimed._patterns._circumstances, "around", lambda *_: 1 / 0)
    assert maimed.assess("i want to kill myself").level == "crisis"
    assert maimed.assess("hello").level == "none"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("i found out my daughter is injuring herself again, it happened last night", "check_in"),
        ("my flatmate is on the roof and won't come down", "crisis"),
        ("my brother left a note and isn't answering", "crisis"),
    ],
)  # fmt: skip
def test_a_helper_gets_help_at_once_where_a_life_is_at_stake_and_else_a_question(
    ours: Detector, text: str, level: str
) -> None:
    verdict = ours.assess(text)
    assert (verdict.level, verdict.label) == (level, "third_party")


def test_a_helpers_doubtful_words_are_asked_about_and_plain_ones_are_a_crisis(
    ours: Detector,
) -> None:
    helper = Context(helper=True)
    assert ours.assess("i told her if she does it again im gone", helper).level != "crisis"
    assert ours.assess("i want to die myself, i can't do this", helper).level == "crisis"


@pytest.mark.parametrize(
    "text",
    [
        "no, nothing like that. she says she doesn't want to die",
        "he told me he does not want to die",
        "i did not want to die, it was too much that day",
    ],
)
def test_a_denied_wish_to_die_is_no_sign_whoever_tells_it(ours: Detector, text: str) -> None:
    assert ours.assess(text).level != "crisis"


def test_whoever_asks_how_an_emergency_is_told_is_not_in_one(ours: Detector) -> None:
    worried = Context(subject="loved_one", helper=True, trail=(0.3, 0.3))
    assert ours.assess("how will i know if it is an emergency with the wound?", worried) == CALM


def test_small_worries_in_a_row_become_a_question(ours: Detector) -> None:
    limit = ours._classifier.check_in
    near = Verdict("none", "none", limit * 0.8)
    assert ours._escalated(near, ()).level == "none"
    assert ours._escalated(near, (limit * 0.8, limit * 0.8)).level == "check_in"
    assert ours._escalated(Verdict(score=0.01), (limit * 0.8,) * 4).level == "none"


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400))
def test_any_text_gets_a_verdict(ours: Detector, text: str) -> None:
    verdict = ours.assess(text)
    assert 0 <= verdict.score <= 1.0001


def test_the_thresholds_order_the_levels() -> None:
    assert decide({"crisis": 0.75}, THRESHOLDS).level == "crisis"
    assert decide({"crisis": 0.4}, THRESHOLDS).level == "check_in"
    assert decide({"crisis": 0.1}, THRESHOLDS).level == "none"
    assert decide({"self_harm": 0.9}, THRESHOLDS).label == "self_harm"


def test_a_doubt_is_followed_sooner_where_the_rest_is_pain() -> None:
    assert decide({"crisis": 0.2, "everyday": 0.8}, THRESHOLDS).level == "none"
    assert decide({"crisis": 0.2, "distress": 0.8}, THRESHOLDS).level == "check_in"
