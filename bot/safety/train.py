"""Training the safety model on our own examples, and setting its thresholds."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.nlu.chats import learnt_turns, read_chats
from bot.nlu.encoder import Vectors, encoder
from bot.nlu.examples import read_examples as read_nlu_examples
from bot.nlu.linear import LinearTextModel
from bot.nlu.normalise import normalise
from bot.safety.classifier import IN_TALK, LEARNT

THRESHOLDS = {
    "crisis": 0.72,
    "crisis_in_pain": 0.5,
    "check_in": 0.25,
    "check_in_in_pain": 0.15,
    "recognise": 0.2,
}
"""Chosen on cross-validated figures: docs/safety-comparison.md."""
STRENGTH, SPELLING = 1.0, 0.8
CALM_ONE_IN = 3
NEAR = 0.86
"""Cosine similarity from which two messages count as near-duplicates."""


def train_safety(data: Path, out: Path) -> None:
    """Train on `data/*.jsonl` and write `safety.npz` and `safety.json` into `out`.

    Raises:
        ValueError: a line is no labelled message, or there is none.
    """
    rows = read_examples(data)
    texts = [normalise(row["text"]) for row in rows]
    vectors = encoder().many(texts)
    model = unlearnt()
    model.fit(texts, vectors, [row["label"] for row in rows])
    model.save(out / "safety.npz")
    (out / "safety.json").write_text(json.dumps(THRESHOLDS))
    train_in_talk(data.parent / "chats").save(out / IN_TALK)


def train_in_talk(chats: Path) -> LinearTextModel:
    """The reader of a message's label after what came before it, from whole chats."""
    turns = learnt_turns(chats)
    vectors = encoder().many([turn.pair for turn in turns])
    return unlearnt().fit([turn.text for turn in turns], vectors, [turn.label for turn in turns])


def unlearnt() -> LinearTextModel:
    """The learnt part of the detector before it has learnt anything."""
    return LinearTextModel(STRENGTH, SPELLING, balanced=False)


def read_examples(data: Path) -> list[dict[str, Any]]:
    """Every labelled message of our own.

    Raises:
        ValueError: naming the file and the line that is wrong.
    """
    rows = []
    for path in sorted(data.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                assert row["label"] in LEARNT and row["text"].strip()
            except (ValueError, KeyError, AssertionError):
                raise ValueError(f"{path}:{number}: no labelled message") from None
            rows.append(row)
    if not rows:
        raise ValueError(f"no labelled messages in {data}")
    return rows + _from_topics(data) + _from_chats(data)


def _from_topics(data: Path) -> list[dict[str, Any]]:
    """The NLU examples, labelled by their intent as `from_topics.yml` says."""
    labels: dict[str, str] = yaml.safe_load((data / "from_topics.yml").read_text(encoding="utf-8"))
    texts, intents = read_nlu_examples(data.parent / "nlu")
    return [
        {"text": text, "label": labels[intent], "register": "topics"}
        for text, intent in zip(texts, intents)
        if intent in labels
    ]


def _from_chats(data: Path) -> list[dict[str, Any]]:
    """The turns of whole chats, each on its own; of the calm ones one in `CALM_ONE_IN`, because
    a thousand more of them would only teach that danger is rare."""
    turns = read_chats(data.parent / "chats")
    calm = [turn for turn in turns if turn.label == "everyday"][::CALM_ONE_IN]
    others = [turn for turn in turns if turn.label != "everyday"]
    return [{"text": t.text, "label": t.label, "register": "chats"} for t in others + calm]


def groups(texts: list[str], vectors: Vectors) -> NDArray[np.int64]:
    """A group number for each text, equal for near-duplicates (and theirs).

    Near by meaning (cosine at least `NEAR`) or by spelling (same letters).
    """
    parent = list(range(len(texts)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    seen: dict[str, int] = {}
    for i, text in enumerate(texts):
        key = re.sub(r"[^a-z]", "", text)
        parent[root(i)] = root(seen.setdefault(key, i))
    for start in range(0, len(texts), 512):
        near = vectors[start : start + 512] @ vectors.T >= NEAR
        for row, column in zip(*np.nonzero(near)):
            parent[root(start + int(row))] = root(int(column))
    return np.array([root(i) for i in range(len(texts))])
