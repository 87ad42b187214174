import importlib
from pathlib import Path
from typing import Optional

import pytest

from actions.walk import WalkAction
from bot.conversation.answering import Heard
from bot.conversation.hearing import DETOUR, hear, jumps_to, told_beside
from bot.conversation.walks import Walk, load_walks
from bot.settings import ROOT

WALKS = load_walks(ROOT / "data" / "walks")
URGE = WALKS["urge"]


def said(
    text: str,
    intent: str = "",
    sure: float = 0.9,
    option: str = "",
    score: float = 0.0,
    subjects: Optional[dict[str, float]] = None,
) -> dict:
    entities = [{"entity": "option", "value": option}] if option else []
    safety = {"level": "none", "label": "none", "score": score}
    intents = {"name": intent, "confidence": sure}
    return {
        "text": text,
        "intent": intents,
        "entities": entities,
        "safety": safety,
        "subjects": subjects,
    }


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
        # what is told in passing is held, and starts nothing
        (
            "path",
            said("had a massive row with my da", "adversities", 0.98),
            Heard("told", "had a massive row with my da"),
        ),
        ("path", said("my friend is hurting herself", "loved_one", 0.95), DETOUR),
        ("path", said("will they ever fade?", "scarring", 0.95), DETOUR),
        ("path", said("so i do nothing?", "scarring", 0.6), Heard("told", "so i do nothing?")),
        ("path", said("school", "adversities", 0.8), Heard("unclear")),
        # a number is a number, whatever the topic model makes of it
        ("rating", said("3", "skip", 0.9), Heard("answered", 3)),
        ("waiting", said("it's down to 4 now", "urge_now", 0.8), Heard("rating", 4)),
        ("path", said("wait 5 minutes", "later", 0.9), Heard("ride", "ride")),
        ("minutes", said("no, something else", "deny", 0.6), Heard("try")),
        # the topic model alone calls a danger only where the detector has a doubt
        (
            "path",
            said("no she isn't suicidal", "third_party_crisis", 0.95, score=0.5),
            Heard("told", "no she isn't suicidal"),
        ),
        ("path", said("i am not coping at all", "crisis", 0.95, score=0.3), DETOUR),
        (
            "path",
            said("i am not coping at all", "crisis", 0.95),
            Heard("told", "i am not coping at all"),
        ),
        (
            "safety_first",
            said("ok carry on then", "affirm", 0.6),
            Heard("told", "ok carry on then"),
        ),
        ("safety_first", said("no im not, just tired", "crisis", 0.8), Heard("no", "no")),
        # another step of the walk, asked for by name
        ("offer", said("nothing helps", "nothing_works", 1.0), Heard("jump", "nothing_works")),
        ("offer", said("the first one i suppose", "skip", 0.7), Heard("another", "another")),
    ],
)
def test_an_answer_a_wish_and_a_detour_are_told_apart(step, message, heard) -> None:
    assert hear(URGE, URGE.steps[step], message) == heard


AWAY = {"meaning_of_recovery": 0.9, "urge": 0.05}
RECOVERED = "for me recovered would be not planning my wardrobe around it"


@pytest.mark.parametrize(
    ("step", "subjects", "heard"),
    [
        ("talk", AWAY, DETOUR),
        ("path", AWAY, DETOUR),
        ("talk", {"meaning_of_recovery": 0.4, "urge": 0.4}, Heard("answered", RECOVERED)),
        ("talk", None, Heard("answered", RECOVERED)),
        # nobody is led away from the question about suicide
        ("safety_first", AWAY, Heard("told", RECOVERED)),
    ],
)
def test_a_statement_leaves_a_walk_when_the_talk_says_so(step, subjects, heard) -> None:
    message = said(RECOVERED, "meaning_of_recovery", 0.95, subjects=subjects)
    assert hear(URGE, URGE.steps[step], message) == heard


def test_thanks_at_the_end_of_a_walk_end_it() -> None:
    ends = {"smalltalk_thanks": 0.5, "urge": 0.2}
    message = said("gna sleep nw ty", "goodbye", 0.8, subjects=ends)
    assert hear(URGE, URGE.steps["helped"], message) == DETOUR
    message = said("thanks to the dog mostly", "smalltalk_thanks", 0.8, subjects={"urge": 0.9})
    assert hear(URGE, URGE.steps["helped"], message).outcome == "answered"


def test_a_word_of_a_long_message_is_no_choice_when_it_is_about_something_else() -> None:
    """One of the options of what weighs most is "me"."""
    walk = WALKS["adversities"]
    about_scars = {"scarring": 0.82, "adversities": 0.02}
    text = "my grandson asked me on sunday what the lines were"
    told = said(text, "scarring", 0.99, subjects=about_scars)
    assert hear(walk, walk.steps["what"], told) is DETOUR
    here = said(text, "scarring", 0.99, subjects={"scarring": 0.3, "adversities": 0.6})
    assert hear(walk, walk.steps["what"], here) == Heard("inside", "inside")


@pytest.mark.parametrize(("ends", "left"), [(0.9, True), (0.4, False)])
def test_words_for_somebody_may_be_thanks_unless_the_talk_plainly_ends(ends, left) -> None:
    walk = WALKS["self_acceptance"]
    around = {"smalltalk_thanks": ends, "self_acceptance": 0.9 - ends}
    text = "thank you for all that you did for me"
    thanks = said(text, "smalltalk_thanks", 0.9, subjects=around)
    heard = hear(walk, walk.steps["friend"], thanks)
    assert heard == (DETOUR if left else Heard("answered", text))


@pytest.mark.parametrize(
    "text", ["don't ask me to rate anything", "if you say deep breaths i'm gone", "stop telling me"]
)
def test_a_word_to_the_bot_is_never_kept_as_an_answer(text) -> None:
    walk = WALKS["ambivalence"]
    assert hear(walk, walk.steps["against"], said(text, "aside")) == Heard("told", text)
    theirs = "don't tell anyone, they'd say"
    assert hear(walk, walk.steps["against"], said(theirs, "aside")) == Heard("answered", theirs)


def test_longer_thanks_at_the_end_are_no_yes() -> None:
    walk = WALKS["alternatives"]
    ended = {"smalltalk_thanks": 0.9, "alternatives": 0.05}
    thanks = said("ok cheers for not giving me a lecture", "smalltalk_thanks", 0.97, subjects=ended)
    assert hear(walk, walk.steps["not_this_one"], thanks) is DETOUR
    yes = said("yes please, thanks", "smalltalk_thanks", 0.97, subjects=ended)
    assert hear(walk, walk.steps["not_this_one"], yes) == Heard("yes", "yes")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "haha fine. Can I add my own? Drum solos on the steering wheel",
            "Drum solos on the steering wheel",
        ),
        ("riding my bike to the lake helps, can you note this", "riding my bike to the lake helps"),
        ("can i add my own", ""),
        ("ok, can i add my own", ""),
        ("nothing of the kind is asked for here", ""),
    ],
)
def test_an_idea_told_beside_the_wish_to_keep_it_is_found(text, told) -> None:
    assert told_beside(text, ["add my own", "note this"]) == told


@pytest.mark.parametrize(
    ("step", "text", "heard"),
    [
        ("helped", "brb dinner", Heard("later")),
        ("path", "passenger came in, finish here", Heard("later")),
        ("helped", "hold on, is this recorded?", None),
        ("safety_first", "i want it to finish here", None),
    ],
)
def test_somebody_who_has_to_go_finds_the_place_again(step, text, heard) -> None:
    found = hear(URGE, URGE.steps[step], said(text))
    assert (found == heard) if heard else found.outcome != "later"


@pytest.mark.parametrize(
    ("text", "kept", "heard"),
    [
        ("sorry, fat thumbs, i meant 7 not 9", ["before"], Heard("corrected", 7)),
        ("wait no 8. thumb slipped its 8 not 6", ["before"], Heard("corrected", 8)),
        ("sorry, i meant 7 not 9", [], Heard("rating", 7)),
    ],
)
def test_a_rating_is_put_right_while_another_question_waits(text, kept, heard) -> None:
    assert hear(URGE, URGE.steps["path"], said(text), kept=kept) == heard


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


@pytest.mark.parametrize(
    ("step", "text", "found"),
    [
        ("when", "can you write the message for me", "draft"),
        ("who", "actually i don't want to tell her", "not_telling"),
        ("why", "because i want to show my plan to somebody and be honest", None),
        ("resume_or_new", "i told her", "afterwards"),
        ("when", "i will continue this afterwards, i am at the office", None),
    ],
)
def test_a_step_is_asked_for_by_name_and_not_by_chance(step, text, found) -> None:
    disclosure = WALKS["disclosure"]
    assert jumps_to(disclosure, text, disclosure.steps[step]) == found


def test_nobody_is_led_back_to_where_they_came_from() -> None:
    alternatives = WALKS["alternatives"]
    assert jumps_to(alternatives, "tried everything", alternatives.steps["tried"]) is None
    assert jumps_to(alternatives, "mine is singing", alternatives.steps["own"]) is None


def test_whoever_was_led_here_by_mistake_can_still_say_so() -> None:
    message = said("one side of me needs it and one side is tired", "ambivalence", 0.97)
    step = URGE.steps["rating"]
    assert hear(URGE, step, message, begun=False) == DETOUR
    assert hear(URGE, step, message).outcome == "told"


DISTRESSED = said("they left me out again", "distress", 0.7)


def test_who_was_led_here_by_mistake_may_leave_at_the_second_miss() -> None:
    step = WALKS["scarring"].steps["what"]
    assert hear(WALKS["scarring"], step, DISTRESSED, begun=False) != DETOUR
    assert hear(WALKS["scarring"], step, DISTRESSED, begun=False, doubt=1) == DETOUR
    assert hear(WALKS["scarring"], step, DISTRESSED, begun=True, doubt=1) != DETOUR


def test_an_urge_holds_on_longer() -> None:
    step = URGE.steps["rating"]
    assert hear(URGE, step, DISTRESSED, begun=False, doubt=1) != DETOUR
    assert hear(URGE, step, DISTRESSED, begun=False, doubt=2) == DETOUR


@pytest.mark.parametrize(
    ("step", "text", "rating"),
    [
        ("minutes", "its gone down to like 4", 4),
        ("path", "its like a 4 now, was 6", 4),
        ("path", "was 6, 3 now", 3),
    ],
)
def test_a_rating_said_where_none_was_asked_for_is_heard(step, text, rating) -> None:
    heard = hear(URGE, URGE.steps[step], said(text, "coping_report", 0.8))
    assert heard == Heard("rating", rating)


def test_no_rating_leads_past_the_safety_question() -> None:
    heard = hear(URGE, URGE.steps["safety_first"], said("its a 4 now"))
    assert heard.outcome != "rating"


def test_a_lapse_breaks_into_a_free_answer_when_the_detector_agrees() -> None:
    walk = WALKS["self_acceptance"]
    told = said("and yeah did it again tuesday", "lapse", 0.95)
    assert hear(walk, walk.steps["friend"], told).outcome == "answered"
    told["safety"] = {"level": "check_in", "label": "self_harm", "score": 0.4}
    assert hear(walk, walk.steps["friend"], told) == DETOUR
