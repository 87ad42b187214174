"""Training: the safety model, then Rasa's, only when their sources changed."""

import contextlib
import hashlib
import io
import json
import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from bot.settings import ROOT, Settings, settings

logger = logging.getLogger(__name__)

RASA_DATA = ("nlu", "rules", "stories", "responses")
CODE = ("bot/nlu", "bot/safety", "bot/training.py", "data/encoder")


class TrainingProblem(Exception):
    """A source cannot be trained on; the text names it."""


def train(force: bool = False) -> None:
    """Train what changed; prints one line about what was done.

    Raises:
        TrainingProblem: the data is wrong; nothing is replaced.
    """
    in_force = settings()
    mark, present = in_force.models / "trained-from", _fingerprint(in_force)
    if not force and mark.exists() and mark.read_text() == present:
        sys.stdout.write("model is up to date\n")
        return
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch)
        sys.stdout.write("training the safety model …\n")
        sys.stdout.flush()
        from bot.nlu.encoder import Encoder, share
        from bot.safety.train import train_safety

        share(Encoder(threads=os.cpu_count() or 1, remembered=10**6))
        train_safety(in_force.data / "safety", fresh)
        sys.stdout.write("training the assistant …\n")
        sys.stdout.flush()
        _train_rasa(in_force, fresh)
        _replace(in_force.models, fresh)
    mark.write_text(present)
    sys.stdout.write(f"trained in {time.perf_counter() - started:.0f} s\n")


def _train_rasa(in_force: Settings, out: Path) -> None:
    os.environ["TQDM_DISABLE"] = "1"
    from rasa.model_training import train as rasa_train

    sources = [str(in_force.data / part) for part in RASA_DATA]
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            result = rasa_train(
                domain=str(ROOT / "domain.yml"),
                config=str(ROOT / "config.yml"),
                training_files=sources,
                output=str(out),
                fixed_model_name="tideline",
                force_training=True,
            )
    except SystemExit:
        raise TrainingProblem("the training data is wrong: run `tideline content check`") from None
    if result.code or not result.model:
        raise TrainingProblem("the training data is wrong: run `tideline content check`")


def _replace(models: Path, fresh: Path) -> None:
    models.mkdir(parents=True, exist_ok=True)
    for path in fresh.iterdir():
        shutil.move(str(path), models / path.name)


def _fingerprint(in_force: Settings) -> str:
    """A digest of everything the models are made from."""
    roots = [in_force.data / part for part in (*RASA_DATA, "safety", "questions", "chats")]
    roots += [ROOT / part for part in (*CODE, "config.yml", "domain.yml", "uv.lock")]
    digest = hashlib.sha256()
    for root in roots:
        files = sorted(root.rglob("*")) if root.is_dir() else [root]
        for path in files:
            if path.is_file() and path.suffix in {".yml", ".jsonl", ".py", ".lock", ".onnx"}:
                digest.update(json.dumps([str(path.name)]).encode() + path.read_bytes())
    return digest.hexdigest()
