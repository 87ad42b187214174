"""What is said to somebody who does not write in English: `data/languages.yml`."""

import re
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, Extra

UNKNOWN = "und"
"""A language that cannot be told (ISO 639-2: undetermined)."""


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid


class Language(_Strict):
    """One language: its ISO 639-1 code, words that give it away, and our sentence in it."""

    code: str
    words: list[str]
    danger: str
    """A regular expression of plain words for suicide and dying."""
    says: str

    def in_danger(self, text: str) -> bool:
        """Whether a text in this language plainly speaks of suicide or dying."""
        return bool(re.search(self.danger, text.lower()))


class Languages(_Strict):
    """All of them, with who has reviewed them."""

    languages: list[Language]
    otherwise: str
    """What is said, in English, where the language cannot be told."""
    sources: list[str]
    reviewed_by: str
    reviewed_on: str

    def get(self, code: str) -> Language:
        """The language of a code.

        Raises:
            KeyError: there is no sentence in it.
        """
        if code == UNKNOWN:
            return Language(code=UNKNOWN, words=[], danger="$^", says=self.otherwise)
        return {one.code: one for one in self.languages}[code]


@lru_cache(maxsize=2)
def load_languages(path: Path) -> Languages:
    """Read the languages.

    Raises:
        ValueError: the file is missing or wrong; the text names it.
    """
    try:
        return Languages(**yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, yaml.YAMLError) as error:
        raise ValueError(f"{path}: {error}") from None
