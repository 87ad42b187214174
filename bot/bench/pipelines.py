"""Our pipeline against Rasa's stock one (DIET and TED), on the same data and split.

One fifth of the NLU examples is held out, no near-duplicate across the split.
Each pipeline is trained and measured in a process of its own.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from bot.settings import ROOT

STOCK = {
    "recipe": "default.v1",
    "assistant_id": "stock",
    "language": "en",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy", "core_fallback_action_name": "action_listen"},
        {
            "name": "TEDPolicy",
            "max_history": 5,
            "epochs": 100,
            "constrain_similarities": True,
        },
    ],
}
"""What `rasa init` of 3.6.21 uses when its `config.yml` is left empty (UnexpecTED apart)."""


def measure() -> dict[str, Any]:
    """Accuracy, macro-F1, seconds of training, ms a message and memory of both pipelines."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        _split(scratch)
        return {name: _in_own_process(name, scratch) for name in ("tideline", "stock")}


def _split(scratch: Path) -> None:
    """Write the learnt part as NLU data and the held-out part as rows."""
    from sklearn.model_selection import StratifiedGroupKFold

    from bot.nlu.encoder import Encoder
    from bot.nlu.examples import read_examples
    from bot.nlu.normalise import normalise
    from bot.safety.train import groups

    texts, intents = read_examples(ROOT / "data" / "nlu")
    plain = [normalise(text) for text in texts]
    same = groups(plain, Encoder(threads=2, taught=False).many(plain))
    splitter = StratifiedGroupKFold(5, shuffle=True, random_state=7)
    learn, held = next(iter(splitter.split(texts, intents, same)))
    blocks: dict[str, list[str]] = {}
    for i in learn:
        blocks.setdefault(intents[i], []).append(texts[i])
    nlu = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in found)}
        for intent, found in sorted(blocks.items())
    ]
    written = yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True)
    (scratch / "nlu.yml").write_text(written, encoding="utf-8")
    rows = [[texts[i], intents[i]] for i in held]
    (scratch / "held.json").write_text(json.dumps(rows))
    (scratch / "stock.yml").write_text(yaml.safe_dump(STOCK))


def _in_own_process(name: str, scratch: Path) -> dict[str, Any]:
    environment = {**os.environ, "TIDELINE_FULL_RASA": "1" if name == "stock" else "0"}
    command = [sys.executable, "-m", "bot.bench.pipelines", name, str(scratch)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"the {name} pipeline failed: {done.stderr[-600:]}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _worker(name: str, scratch: Path) -> dict[str, Any]:
    """Train and measure one pipeline in this process."""
    from rasa.core.agent import load_agent
    from rasa.model_training import train
    from sklearn.metrics import f1_score

    rest = [str(ROOT / "data" / part) for part in ("rules", "stories", "responses")]
    started = time.perf_counter()
    config = scratch / "stock.yml" if name == "stock" else ROOT / "config.yml"
    result = train(
        domain=str(ROOT / "domain.yml"),
        config=str(config),
        training_files=[str(scratch / "nlu.yml"), *rest],
        output=str(scratch / name),
        force_training=True,
    )
    trained = time.perf_counter() - started
    agent = asyncio.run(load_agent(model_path=result.model))
    rows = json.loads((scratch / "held.json").read_text())
    got, took = [], []
    for text, _ in rows:
        started = time.perf_counter()
        parse = asyncio.run(agent.parse_message(text))
        took.append(time.perf_counter() - started)
        best = next(iter(parse.get("intent_ranking") or []), parse["intent"])
        got.append(best["name"])
    expected = [intent for _, intent in rows]
    right = sum(one == other for one, other in zip(got, expected))
    return {
        "n": len(rows),
        "accuracy": round(right / len(rows), 4),
        "macro_f1": round(float(f1_score(expected, got, average="macro")), 4),
        "training_s": round(trained, 1),
        "p50_ms": round(1000 * sorted(took)[len(took) // 2], 2),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


if __name__ == "__main__":
    from bot.logs import configure_logging

    configure_logging()
    sys.stdout.write(json.dumps(_worker(sys.argv[1], Path(sys.argv[2]))) + "\n")
