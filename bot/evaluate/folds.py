"""`tideline eval folds`: the whole understanding on texts that nothing was taught with.

`scripts/finetune.py --folds 5` teaches an encoder without one fifth of the texts
at a time, no near-duplicate across the split, and writes the vectors. Here the
heads are trained on each fold's learnt texts and read its held-out ones.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from bot.content.topics import topic_of_intents
from bot.evaluate.safety import measure
from bot.nlu.intent_classifier import LinearIntentClassifier, unlearnt
from bot.nlu.linear import LinearTextModel
from bot.safety.classifier import LABELS, decide
from bot.safety.detector import Detector, most_urgent
from bot.safety.train import THRESHOLDS
from bot.safety.train import unlearnt as unlearnt_head
from bot.settings import settings


class FoldsProblem(Exception):
    """The folder holds no folds; the text names the cure."""


def run(folder: Path, as_json: bool) -> None:
    """Print the detector's table and the figures of topics and questions.

    Raises:
        FoldsProblem: the folder holds no folds.
    """
    report = figures(folder)
    if as_json:
        sys.stdout.write(json.dumps(report) + "\n")
        return
    for label, row in report["safety"]["by_label"].items():
        shares = "  ".join(f"{name} {value:.1%}" for name, value in row.items() if name != "n")
        sys.stdout.write(f"{label:12} n {row['n']:5}  {shares}\n")
    sys.stdout.write(f"AUC {report['safety']['auc']}\n{json.dumps(report['topics'])}\n")


def figures(folder: Path) -> dict[str, Any]:
    """Both reports, over all folds together."""
    paths = sorted(folder.glob("fold-*.npz"))
    if not paths:
        raise FoldsProblem(
            f"no folds in {folder}: run scripts/finetune.py --folds 5 --out {folder}"
        )
    rows = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    texts, targets = [row[0] for row in rows], [row[1] for row in rows]
    patterns = Detector(settings().data / "safety", Path("none"))
    labels: list[str] = []
    verdicts: list[Any] = []
    expected: list[str] = []
    got: list[str] = []
    for path in paths:
        with np.load(path, allow_pickle=False) as stored:
            vectors, learn, held = stored["vectors"], stored["learn"], stored["held"]
        model = _fitted("safety", texts, targets, vectors, learn)
        for i in _knowing("safety", targets, held):
            shares = model.predict([texts[i]], vectors[[i]])[0]
            learnt = decide(dict(zip(model.labels, shares)), THRESHOLDS)
            if targets[i]["safety"] in LABELS:
                verdicts.append(most_urgent(patterns.by_pattern(texts[i]), learnt))
                labels.append(targets[i]["safety"])
        intents = _fitted("intent", texts, targets, vectors, learn)
        known = _knowing("intent", targets, held)
        shares = intents.predict([texts[i] for i in known], vectors[known])
        got += [intents.labels[best] for best in np.argmax(shares, axis=1)]
        expected += [targets[i]["intent"] for i in known]
    topics = topic_of_intents(settings().data / "topics.yml")
    right = [topics[one] == topics[other] for one, other in zip(got, expected)]
    return {
        "folds": len(paths),
        "safety": measure(labels, verdicts, []),
        "topics": {
            "n": len(right),
            "accuracy": round(sum(right) / len(right), 4),
            "macro_f1": round(float(f1_score(expected, got, average="macro")), 4),
        },
    }


def _knowing(task: str, targets: list[dict[str, str]], among: Any) -> list[int]:
    return [int(i) for i in among if task in targets[int(i)]]


def _fitted(
    task: str, texts: list[str], targets: list[dict[str, str]], vectors: Any, learn: Any
) -> LinearTextModel:
    known = _knowing(task, targets, learn)
    safety = task == "safety"
    model = unlearnt_head() if safety else unlearnt(LinearIntentClassifier.get_default_config())
    return model.fit([texts[i] for i in known], vectors[known], [targets[i][task] for i in known])
