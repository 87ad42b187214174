import importlib
from pathlib import Path

import pytest

from actions.walk import WalkAction
from bot.conversation.hearing import DETOUR, Heard, hear
from bot.conversation.walks import Walk, load_walks
from bot.settings import ROOT

WALKS = load_walks(ROOT / "data" / "walks")
URGE = WALKS["urge"]


def said(text: str, intent: str = "", sure: float = 0.9, option: str = "") -> dict:
    entities = [{"entity": "option", "value": option}] if option else []
    return {"text": text, "intent": {"name": intent, "confidence": sure}, "entities": entities}


@pytest.mark.parametrize(
    ("step", "message", "heard"),
    [
        ("rating", said("8ish"), Heard("answered", 8)),
        ("rating", said("no idea", "idk"), Heard("idk")),
        ("rating", said("skip it", "skip"), Heard("skip")),
        ("rating", said("who can read this?", "privacy"), DETOUR),
        ("rating", said("i want to die", "crisis", 1.0), DETOUR),
        ("rating", said("mmh", "distress", 0.2), Heard("unclear")),
        ("path", said("something else then"), Heard("try", "try")),
        ("path", said("", option="ride"), Heard("ride", "ride")),
        ("path", said("", option="forged"), Heard("unclear")),
        ("minutes", said("fifteen"), Heard("answered", 15)),
        ("waiting", said("", "timer_due"), Heard("timer_due")),
        ("rating", said("", "timer_due"), DETOUR),
        (
            "talk",
            said("she will cry", "third_party_crisis", 0.6),
            Heard("answered", "she will cry"),
        ),
        (
            "talk",
            said("my dad shouted again", "adversities", 0.8),
            Heard("answered", "my dad shouted again"),
        ),
        ("talk", said("are you a real person?", "bot_challenge", 0.9), DETOUR),
        ("talk", said("stop", "stop", 0.8), DETOUR),
        (
            "talk",
            said("i stop answering people", "stop", 0.8),
            Heard("answered", "i stop answering people"),
        ),
        ("talk", said("/progress", "progress", 1.0), DETOUR),
        ("rating", said("/urge_now", "urge_now", 1.0), Heard("unclear")),
        ("rating", said("", option="skip"), Heard("skip")),
        ("talk", said("/nlu_fallback", "nlu_fallback", 1.0), Heard("unclear")),
        ("talk", said("/skip", "skip", 1.0), Heard("skip")),
    ],
)
def test_an_answer_a_wish_and_a_detour_are_told_apart(step, message, heard) -> None:
    assert hear(URGE, URGE.steps[step], message) == heard


def test_a_step_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="no such step: gone"):
        Walk(walk="x", start="a", steps={"a": {"say": ["utter_a"], "next": "gone"}})


def test_a_step_that_nothing_leads_to_is_refused() -> None:
    with pytest.raises(ValueError, match="no way leads to: b"):
        Walk(walk="x", start="a", steps={"a": {"say": ["u"]}, "b": {"say": ["u"]}})


def test_an_unquoted_yes_is_refused() -> None:
    with pytest.raises(ValueError, match="quote yes and no"):
        Walk(walk="x", start="a", steps={"a": {"say": ["u"], "next": {True: "end"}}})


@pytest.mark.parametrize("walk", WALKS.values(), ids=lambda walk: walk.walk)
def test_every_hook_that_a_walk_names_is_there(walk: Walk) -> None:
    for module in (ROOT / "actions").glob("*.py"):
        importlib.import_module(f"actions.{module.stem}")
    [action] = [one for one in _below(WalkAction) if one.topic == walk.walk]
    for step in walk.steps.values():
        for hook in filter(None, (step.do and f"do_{step.do}", step.hear and f"hear_{step.hear}")):
            assert hasattr(action, hook), hook


def _below(one: type) -> list[type]:
    return [found for child in one.__subclasses__() for found in (child, *_below(child))]


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "urge.yml").write_text("walk: [")
    with pytest.raises(ValueError, match=r"urge\.yml"):
        load_walks(tmp_path)


@pytest.mark.parametrize("walk", WALKS.values(), ids=lambda walk: walk.walk)
def test_every_step_can_be_left_to_an_end(walk: Walk) -> None:
    """From every step some way leads to the end: no walk can trap a person."""
    ends = {"end"}
    while True:
        more = {
            name
            for name, step in walk.steps.items()
            if ({step.next} if isinstance(step.next, str) else set(step.next.values())) & ends
        }
        if more <= ends:
            break
        ends |= more
    assert set(walk.steps) <= ends
