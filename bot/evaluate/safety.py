"""`tideline eval safety`: the detector on labelled messages, one at a time, as in a turn."""

import json
import sys
import time
from pathlib import Path
from typing import Any, Optional

import numpy as np
from sklearn.metrics import roc_auc_score

from bot.safety.classifier import LABELS
from bot.safety.detector import detector
from bot.safety.verdict import LEVELS, RISKS, Verdict


def run(file: Path, as_json: bool, predictions: Optional[Path]) -> None:
    """Print the shares of each label at each level.

    Raises:
        ValueError: a line is no labelled message; the text names it.
    """
    rows = read(file)
    reader = detector()
    reader.assess("warm up")
    verdicts, took = [], []
    for row in rows:
        started = time.perf_counter()
        verdicts.append(reader.assess(row["text"]))
        took.append((time.perf_counter() - started) * 1000)
    if predictions:
        _write(predictions, verdicts)
    report = measure([row["label"] for row in rows], verdicts, took)
    out = json.dumps(report) if as_json else _table(report)
    sys.stdout.write(out + "\n")


def read(file: Path) -> list[dict[str, Any]]:
    """The rows of a file of {"text", "label"}."""
    rows = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            known = row["label"] in LABELS and isinstance(row["text"], str)
        except (ValueError, KeyError, TypeError):
            known = False
        if not known:
            raise ValueError(f"{file}:{number}: needs text and a label of {', '.join(LABELS)}")
        rows.append(row)
    return rows


def measure(labels: list[str], verdicts: list[Verdict], took: list[float]) -> dict[str, Any]:
    """The report of the contract.

    Args:
        labels: the true label of each message.
        verdicts: what the detector said of each.
        took: milliseconds for each.
    """
    by_label = {}
    for label in [name for name in LABELS if name in labels]:
        found = [v for v, true in zip(verdicts, labels) if true == label]
        shares: dict[str, float] = {
            level: _share(v.level == level for v in found) for level in LEVELS
        }
        recognised = _share(v.label != "none" for v in found)
        by_label[label] = {"n": len(found), **shares, "recognised": recognised}
    risky = [label in RISKS for label in labels]
    both = any(risky) and not all(risky)
    auc = roc_auc_score(risky, [_ranked(v) for v in verdicts]) if both else None
    return {
        "n": len(labels),
        "by_label": by_label,
        "auc": None if auc is None else round(float(auc), 4),
        "p50_ms": round(float(np.percentile(took, 50)), 2) if took else None,
        "p95_ms": round(float(np.percentile(took, 95)), 2) if took else None,
    }


def _ranked(verdict: Verdict) -> float:
    return verdict.score


def _share(hits: Any) -> float:
    counted = list(hits)
    return round(sum(counted) / len(counted), 4) if counted else 0.0


def _write(path: Path, verdicts: list[Verdict]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for number, verdict in enumerate(verdicts, 1):
            line = {"line": number, "level": verdict.level, "label": verdict.label}
            out.write(json.dumps({**line, "score": round(verdict.score, 4)}) + "\n")


def _table(report: dict[str, Any]) -> str:
    lines = [f"{'label':12}{'n':>6}{'none':>8}{'check_in':>10}{'crisis':>8}{'recognised':>12}"]
    for label, row in report["by_label"].items():
        lines.append(
            f"{label:12}{row['n']:6}{row['none']:8.1%}{row['check_in']:10.1%}"
            f"{row['crisis']:8.1%}{row['recognised']:12.1%}"
        )
    lines.append(f"AUC {report['auc']}  p50 {report['p50_ms']} ms  p95 {report['p95_ms']} ms")
    return "\n".join(lines)
