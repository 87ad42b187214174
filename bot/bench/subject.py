"""One measured assistant, in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
import time
from typing import Any

ALONE = ("fresh", "long", "people_10", "memory", "start")


class Subject:
    """Runs `bot.bench.worker` for one assistant and collects its figures."""

    def __init__(self, name: str, module: list[str], names: set[str]) -> None:
        self._name = name
        self._command = [sys.executable, "-m", *module]
        self._wanted = [name for name in ALONE if name in names]

    def measure(self) -> dict[str, dict[str, float]]:
        """The figures of each benchmark, by its name."""
        if not self._wanted:
            return {}
        with tempfile.TemporaryDirectory() as home:
            environment = {
                **os.environ,
                "TIDELINE_HOME": home,
                "TIDELINE_TURNS_PER_MINUTE": "1000000",
            }
            environment["TIDELINE_DATABASE_URL"] = ""
            if self._name == "stock":
                environment["TIDELINE_FULL_RASA"] = "1"
            started = time.time()
            done = subprocess.run(  # noqa: S603
                [*self._command, str(started), *self._wanted],
                env=environment,
                capture_output=True,
                text=True,
            )
        if done.returncode:
            raise RuntimeError(f"the {self._name} process failed: {done.stderr[-600:]}")
        figures: dict[str, dict[str, float]] = json.loads(done.stdout.splitlines()[-1])
        return figures

    def training(self) -> float:
        """Seconds that a training from nothing takes."""
        with tempfile.TemporaryDirectory() as models:
            environment: dict[str, Any] = {**os.environ, "TIDELINE_MODELS": models}
            started = time.perf_counter()
            command = [sys.executable, "-m", "bot.cli", "train", "--force"]
            done = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603
            if done.returncode:
                raise RuntimeError(f"training failed: {done.stderr[-600:]}")
            return round(time.perf_counter() - started, 1)
