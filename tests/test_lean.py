"""The stand-ins for unused frameworks stay stand-ins."""

import subprocess
import sys

CODE = """
import bot, sys
import rasa.core.agent, spacy
tensorflow = sys.modules.get("tensorflow")
assert tensorflow is not None and not hasattr(tensorflow, "__version__"), "TensorFlow was loaded"
assert not any(name.startswith(("torch", "keras.engine")) for name in sys.modules)
"""


def test_rasa_is_imported_without_the_frameworks_that_nothing_uses() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-500:]


def test_the_full_rasa_can_be_asked_for() -> None:
    code = "import os; os.environ['TIDELINE_FULL_RASA'] = '1'\nimport bot, sys\nfrom bot.lean import _Finder\n"
    code += "assert not any(isinstance(f, _Finder) for f in sys.meta_path)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
