"""The reference: the assistant that `rasa init` makes, trained as it comes."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


class Stock:
    """A stock assistant in a folder that is removed afterwards."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="stock-rasa-"))
        self.training_seconds = 0.0

    def __enter__(self) -> "Stock":
        self._rasa("init", "--no-prompt", "--init-dir", str(self.folder), wait_for="domain.yml")
        return self

    def __exit__(self, *_error: Any) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def train(self, force: bool = False) -> None:
        """Train with the stock pipeline (DIET, TED); `rasa init` has trained once already."""
        if list((self.folder / "models").glob("*.tar.gz")) and not force:
            return
        started = time.perf_counter()
        self._rasa("train", "--force", cwd=self.folder)
        self.training_seconds = round(time.perf_counter() - started, 1)

    def _rasa(self, *words: str, cwd: "Path | None" = None, wait_for: str = "") -> None:
        environment = {**os.environ, "TIDELINE_FULL_RASA": "1", "RASA_TELEMETRY_ENABLED": "false"}
        command = [sys.executable, "-m", "rasa", *words]
        with contextlib.suppress(subprocess.TimeoutExpired):
            done = subprocess.run(  # noqa: S603
                command, cwd=cwd or self.folder, env=environment, capture_output=True, timeout=900
            )
            if done.returncode and not (wait_for and (self.folder / wait_for).exists()):
                raise RuntimeError(f"rasa {words[0]} failed: {done.stderr[-400:]!r}")
