"""The responses, read as data: every sentence with where it stands."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Sentence:
    """One variation of a response."""

    file: str
    response: str
    text: str
    buttons: tuple[dict[str, str], ...]
    metadata: dict[str, Any]
    conditional: bool
    """Whether it is said only on a condition or in one channel."""

    @property
    def place(self) -> str:
        """Where it stands, for a finding."""
        return f"{self.file}: {self.response} ({self.metadata.get('id', '?')})"


def read_responses(folder: Path, files: str = "*.yml") -> list[Sentence]:
    """Every variation of every response, in the order of the files.

    Raises:
        ValueError: a file is no valid YAML; the text names it.
    """
    found = []
    for path in sorted(folder.glob(files)):
        try:
            responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
        except (yaml.YAMLError, KeyError, TypeError) as error:
            raise ValueError(f"{path}: {error}") from None
        for name, variations in responses.items():
            for variation in variations:
                found.append(
                    Sentence(
                        file=path.name,
                        response=name,
                        text=str(variation.get("text") or ""),
                        buttons=tuple(variation.get("buttons") or ()),
                        metadata=variation.get("metadata") or {},
                        conditional="condition" in variation or "channel" in variation,
                    )
                )
    return found
