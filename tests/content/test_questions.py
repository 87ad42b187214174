from pathlib import Path

import pytest

from bot.content.questions import load_questions
from bot.nlu.asking import asks
from bot.settings import ROOT

ONE = """
topic: urge
questions:
- id: one
  ask: [a, bb, ccc]
  say: "Yes."
  sources: []
  leads_to: urge
  reviewed_by: nobody
  reviewed_on: "2026-11-24"
"""


def test_every_question_that_ships_is_whole() -> None:
    found = load_questions(ROOT / "data" / "questions")
    assert len(found) >= 150
    assert len({question.topic for question in found.values()}) > 20


def test_a_question_leads_to_the_intent_that_starts_its_walk(tmp_path: Path) -> None:
    (tmp_path / "urge.yml").write_text(ONE)
    question = load_questions(tmp_path)["one"]
    assert (question.lead, question.short) == ("urge_now", "A?")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("topic: urge", "topic: lapse", "names itself"),
        ("ask: [a, bb, ccc]", "ask: [a]", "ask"),
        ("say:", "says:", "say"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, before: str, after: str, says: str) -> None:
    (tmp_path / "urge.yml").write_text(ONE.replace(before, after))
    with pytest.raises(ValueError, match=rf"(?s)urge\.yml.*{says}"):
        load_questions(tmp_path)


@pytest.mark.parametrize(
    "text", ["will my scars fade", "is it normal?", "tell me if it gets better", "scars fade?"]
)
def test_a_question_is_told_from_a_statement(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["i hate my scars", "it happened again", "ok"])
def test_a_statement_asks_nothing(text: str) -> None:
    assert not asks(text)
