"""`tideline eval nlu`: is a message read as its topic? Cross-validated, or on a file."""

import json
import sys
from pathlib import Path
from typing import Any, Optional

import numpy as np
import yaml
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold

from bot.content.topics import topic_of_intents
from bot.nlu.encoder import Encoder
from bot.nlu.examples import read_examples
from bot.nlu.intent_classifier import LinearIntentClassifier, unlearnt
from bot.nlu.normalise import normalise
from bot.settings import ROOT, settings


def run(file: Optional[Path], as_json: bool) -> None:
    """Print topic accuracy, macro-F1, the figures of each topic and the errors (no text)."""
    report = on_file(file) if file else cross_validated()
    sys.stdout.write((json.dumps(report) if as_json else _table(report)) + "\n")


def on_file(file: Path) -> dict[str, Any]:
    """Read each message as in a real turn, the safety detector included.

    Raises:
        ValueError: a line has no text or an unknown topic.
    """
    from bot.conversation.start import start

    topics = topic_of_intents(settings().data / "topics.yml")
    rows = _rows(file, set(topics.values()))
    read = start().understand
    got = [read(row["text"]) for row in rows]
    expected = [row["topic"] for row in rows]
    accepted = [{row["topic"], *(row.get("also") or [])} for row in rows]
    return _report(expected, got, accepted)


def cross_validated(folds: int = 10) -> dict[str, Any]:
    """Out-of-fold intents of our own examples, no near-duplicate across a split.

    `macro_f1` is over intents; `accuracy` and `by_topic` are over topics. The untaught
    encoder is used: ours has read every example, so that its folds would flatter. The
    folds of the whole, teaching included, are in docs/understanding.md.
    """
    from bot.safety.train import groups

    texts, intents = read_examples(settings().data / "nlu")
    plain = [normalise(text) for text in texts]
    vectors = Encoder(threads=2, taught=False).many(plain)
    config = yaml.safe_load((ROOT / "config.yml").read_text())["pipeline"]
    written = next(part for part in config if part["name"].endswith("LinearIntentClassifier"))
    ours = {**LinearIntentClassifier.get_default_config(), **written}
    got = [""] * len(texts)
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=7)
    for learn, held in splitter.split(plain, intents, groups(plain, vectors)):
        model = unlearnt(ours)
        model.fit([plain[i] for i in learn], vectors[learn], [intents[i] for i in learn])
        shares = model.predict([plain[i] for i in held], vectors[held])
        for i, best in zip(held, np.argmax(shares, axis=1)):
            got[i] = model.labels[best]
    topics = topic_of_intents(settings().data / "topics.yml")
    expected = [topics[intent] for intent in intents]
    report = _report(expected, [topics[one] for one in got], [{one} for one in expected])
    labels = sorted(set(intents))
    each = f1_score(intents, got, labels=labels, average=None)
    report["macro_f1"] = round(float(np.mean(each)), 4)
    report["by_intent"] = {name: round(float(value), 3) for name, value in zip(labels, each)}
    report["errors"] = []
    return report


def _rows(file: Path, topics: set[str]) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            known = row["topic"] in topics and isinstance(row["text"], str)
        except (ValueError, KeyError, TypeError):
            known = False
        if not known:
            raise ValueError(f"{file}:{number}: needs text and a topic of data/topics.yml")
        rows.append(row)
    return rows


def _report(expected: list[str], got: list[str], accepted: list[set[str]]) -> dict[str, Any]:
    right = [g in fine for g, fine in zip(got, accepted)]
    counted = [e if ok else g for e, g, ok in zip(expected, got, right)]
    by_topic = {}
    for topic in sorted(set(expected)):
        hits = [ok for ok, e in zip(right, expected) if e == topic]
        by_topic[topic] = {"n": len(hits), "accuracy": round(sum(hits) / len(hits), 4)}
    macro = f1_score(expected, counted, labels=sorted(set(expected)), average="macro")
    return {
        "n": len(expected),
        "accuracy": round(sum(right) / max(1, len(right)), 4),
        "macro_f1": round(float(macro), 4),
        "by_topic": by_topic,
        "errors": [
            [n, e, g] for n, (e, g, ok) in enumerate(zip(expected, got, right), 1) if not ok
        ],
    }


def _table(report: dict[str, Any]) -> str:
    lines = [
        f"n {report['n']}  accuracy {report['accuracy']:.3f}  macro-F1 {report['macro_f1']:.3f}"
    ]
    for topic, row in report["by_topic"].items():
        lines.append(f"{topic:22}{row['n']:6}{row['accuracy']:8.1%}")
    return "\n".join(lines)
