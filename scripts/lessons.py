"""What the encoder is taught: every text and turn with its targets, and how one is disturbed."""

import json
import random
from collections.abc import Iterable
from pathlib import Path

import yaml

from bot.nlu.chats import SUBJECTS, read_chats
from bot.nlu.examples import read_examples as read_intents
from bot.nlu.normalise import normalise
from bot.safety.train import read_examples

ROOT = Path(__file__).resolve().parent.parent
MISLED = 0.15
"""Share of turns that are read, each time, after another subject than the chat's."""
SPOILT = 0.15
"""Share of texts that get a typing error, or lose their punctuation, each time they are read."""
AGAIN = 0.2
"""Share of what was taught before that is taught again when teaching goes on."""
DANGEROUS = {"urge", "lapse", "crisis", "third_party_crisis", "medical"}
"""Topics whose questions are left out of the safety task: some of them show danger."""

Text = tuple[str, ...]
"""A text alone, or the subject, the message before and the turn."""


def gather() -> dict[Text, dict[str, str]]:
    """Every text and turn with its target in each task that knows it."""
    alone: dict[Text, dict[str, str]] = {(text,): row for text, row in _alone().items()}
    turns: dict[Text, dict[str, str]] = {
        (turn.about, turn.before, turn.text): {"subject": turn.subject, "alarm": turn.label}
        for turn in read_chats(ROOT / "data" / "chats")
    }
    return alone | turns


def gather_further(first: int) -> dict[Text, dict[str, str]]:
    """The lessons of going on: what is new whole, and a share of the rest.

    Args:
        first: the number of the first file of chats that is new.
    """
    new = set()
    for path in (ROOT / "data" / "chats").glob("chats_*.jsonl"):
        if int(path.stem.rpartition("_")[2]) >= first:
            lines = path.read_text(encoding="utf-8").splitlines()
            new |= {normalise(json.loads(line)["text"]) for line in lines}
    chance = random.Random(7)

    def taken(text: Text, row: dict[str, str]) -> bool:
        return text[-1] in new or "question" in row or chance.random() < AGAIN

    return {text: row for text, row in gather().items() if taken(text, row)}


def _alone() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in read_examples(ROOT / "data" / "safety"):
        found.setdefault(normalise(row["text"]), {})["safety"] = row["label"]
    for text, intent in zip(*read_intents(ROOT / "data" / "nlu")):
        found.setdefault(normalise(text), {})["intent"] = intent
    for path in sorted((ROOT / "data" / "questions").glob("*.yml")):
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        for question in raw["questions"]:
            for text in question["ask"]:
                row = found.setdefault(normalise(text), {})
                row["question"] = question["id"]
                if raw["topic"] not in DANGEROUS:
                    calm = "loved_one" if raw["topic"] == "loved_one" else "none_hard"
                    row.setdefault("safety", calm)
    found.pop("", None)
    return found


def alike(texts: list[Text], rows: Iterable[int], size: int) -> list[list[int]]:
    """Batches of rows whose texts are of one kind and of like length."""
    batches, rows = [], list(rows)
    for kind in (1, 3):
        part = sorted(
            (i for i in rows if len(texts[i]) == kind), key=lambda i: sum(map(len, texts[i]))
        )
        batches += [part[i : i + size] for i in range(0, len(part), size)]
    return batches


def disturbed(text: Text) -> Text:
    """A text with an error now and then, and a turn after another subject than the chat's."""
    if len(text) == 1:
        return (_spoilt(text[0]),)
    about, said, turn = text
    if random.random() < MISLED:
        about = random.choice(["", *sorted(SUBJECTS)])
    return (about, said, _spoilt(turn))


def _spoilt(text: str) -> str:
    """Now and then a letter lost or swapped, or the punctuation gone, as people type."""
    if random.random() >= SPOILT or len(text) < 8:
        return text
    if random.random() < 0.3:
        return text.replace("'", "").replace(",", "").replace(".", "")
    i = random.randrange(1, len(text) - 1)
    swapped = text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return swapped if random.random() < 0.5 else text[:i] + text[i + 1 :]
