"""`tideline bench`: speed and memory, each as a ratio against a stock Rasa assistant.

The stock assistant is what `rasa init` makes, trained and run in the same
environment in the same run, so that a ratio holds on any machine.
"""

import json
import platform
import sys
from typing import Any

from bot.bench import pipelines, widget
from bot.bench.machine import describe
from bot.bench.stock import Stock
from bot.bench.subject import Subject

NAMES = ("fresh", "long", "people_10", "memory", "start", "training")
"""What runs when no benchmark is named."""
ALSO = {"pipelines": pipelines.measure, "widget": widget.measure}
"""What runs by name, as it takes long or needs a browser; the widget runs wherever there is one."""


class BenchProblem(Exception):
    """A benchmark could not be run; the text names the cure."""


def run(names: list[str], as_json: bool) -> None:
    """Run benchmarks by name (all, when none is named) and print the figures.

    Raises:
        BenchProblem: a name is unknown, or a measured process failed.
    """
    unknown = [name for name in names if name not in (*NAMES, *ALSO)]
    if unknown:
        raise BenchProblem(f"no benchmark {unknown[0]}: choose of {', '.join((*NAMES, *ALSO))}")
    if "widget" in names and not widget.possible():
        raise BenchProblem("the widget needs a browser: apt-get install chromium")
    if not names:
        names = [*NAMES, *(["widget"] if widget.possible() else [])]
    compared = [name for name in names if name in NAMES]
    report = measure(compared) if compared else {"machine": _machine()}
    report.update({name: ALSO[name]() for name in names if name in ALSO})
    if as_json:
        sys.stdout.write(json.dumps(report) + "\n")
        return
    for name, row in report.items():
        figures = "  ".join(f"{key} {value}" for key, value in row.items())
        sys.stdout.write(f"{name:10} {figures}\n")


def measure(names: list[str]) -> dict[str, Any]:
    """The report of the contract, for some benchmarks."""
    ours = Subject("tideline", ["bot.bench.worker", "tideline"], set(names))
    with Stock() as stock:
        theirs = Subject("stock", ["bot.bench.worker", "stock", str(stock.folder)], set(names))
        if "training" in names:
            stock.train(force=True)
        else:
            stock.train()
        mine, other = ours.measure(), theirs.measure()
        training = (
            {"s": ours.training(), "stock_s": stock.training_seconds} if "training" in names else {}
        )
    report: dict[str, Any] = {"machine": _machine()}
    for name in names:
        report[name] = training if name == "training" else _compared(name, mine[name], other[name])
    return report


def _machine() -> dict[str, Any]:
    return {**describe(), "python": platform.python_version()}


def _compared(name: str, mine: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    if name == "fresh":
        ratio = mine["p50_ms"] / other["p50_ms"]
        return {
            **_rounded(mine),
            "stock_p50_ms": round(other["p50_ms"], 2),
            "ratio": round(ratio, 3),
        }
    if name == "long":
        grows = mine["turn_500_ms"] / mine["turn_5_ms"]
        stock = other["turn_500_ms"] / other["turn_5_ms"]
        return {**_rounded(mine), "ratio": round(grows, 3), "stock_ratio": round(stock, 3)}
    key = {"people_10": "per_s", "memory": "mb", "start": "s"}[name]
    ratio = mine[key] / other[key]
    return {**_rounded(mine), f"stock_{key}": round(other[key], 2), "ratio": round(ratio, 3)}


def _rounded(row: dict[str, float]) -> dict[str, float]:
    return {key: round(value, 2) for key, value in row.items()}
