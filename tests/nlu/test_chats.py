"""Whole chats: what stands before each turn."""

import json
from pathlib import Path

import pytest

from bot.content.topics import topic_of_intents
from bot.nlu.chats import MOST, SUBJECTS, before, learnt_turns, read_chats
from bot.safety.classifier import LEARNT
from bot.settings import ROOT

TURNS = [
    {"talk": 1, "text": "I did it again", "subject": "lapse", "label": "self_harm"},
    {"talk": 1, "text": "who reads this?", "subject": "privacy", "label": "everyday"},
    {"talk": 1, "text": "ok. it was after the call", "subject": "lapse", "label": "everyday"},
    {"talk": 2, "text": "hello", "subject": "greet", "label": "everyday"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "chats_1.jsonl").write_text("\n".join(json.dumps(turn) for turn in TURNS))
    return tmp_path


def test_what_is_answered_in_passing_changes_no_subject(folder) -> None:
    first, second, third, _ = read_chats(folder)
    assert (first.about, first.before) == ("", "")
    assert (second.about, second.before) == ("lapse", "i did it again")
    assert (third.about, third.before) == ("lapse", "who reads this?")


def test_a_new_chat_begins_with_nothing(folder) -> None:
    assert read_chats(folder)[-1].about == ""


def test_some_turns_are_learnt_after_a_wrong_subject_too(folder) -> None:
    learnt = learnt_turns(folder)
    assert learnt[:4] == read_chats(folder)
    assert {turn.text for turn in learnt[4:]} <= {turn.text for turn in learnt[:4]}
    assert all(turn.about in SUBJECTS for turn in learnt[4:])


def test_a_wrong_line_is_named(folder) -> None:
    (folder / "chats_1.jsonl").write_text('{"text": "no subject"}')
    with pytest.raises(ValueError, match=r"chats_1\.jsonl:1"):
        read_chats(folder)


def test_only_the_end_of_a_long_message_before_is_read() -> None:
    assert before("loved_one", "x" * 500 + "the end").endswith("the end")
    assert len(before("", "x" * 500)) < MOST + 20


def test_our_chats_have_known_subjects_and_labels() -> None:
    turns = read_chats(ROOT / "data" / "chats")
    topics = set(topic_of_intents(ROOT / "data" / "topics.yml").values())
    assert {turn.subject for turn in turns} == topics
    assert {turn.label for turn in turns} <= set(LEARNT)
    assert all(turn.text for turn in turns)
