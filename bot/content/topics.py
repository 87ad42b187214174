"""The topics and their intents: `data/topics.yml`."""

from functools import lru_cache
from pathlib import Path

import yaml


@lru_cache(maxsize=2)
def topic_of_intents(path: Path) -> dict[str, str]:
    """The topic of each intent.

    Raises:
        ValueError: the file is wrong, or an intent has two topics.
    """
    topics: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for topic, intents in topics.items():
        for intent in intents:
            if intent in found:
                raise ValueError(f"{path}: {intent} is in {found[intent]} and in {topic}")
            found[intent] = topic
    return found
