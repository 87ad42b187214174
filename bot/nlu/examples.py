"""The examples of `data/nlu`, read without Rasa."""

from pathlib import Path

import yaml


def read_examples(folder: Path) -> tuple[list[str], list[str]]:
    """The examples of `data/nlu` and their intents."""
    texts, intents = [], []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                if line.startswith("- "):
                    texts.append(line[2:].strip())
                    intents.append(block["intent"])
    return texts, intents
