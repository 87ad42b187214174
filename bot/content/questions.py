"""Questions that people ask, with vetted answers, as data: `data/questions/<topic>.yml`."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import yaml
from pydantic import BaseModel, Extra, Field

LEADS = {"urge": "urge_now", "alternatives": "ask_alternatives", "disclosure": "plan_disclosure",
         "helplines": "show_helplines"}  # fmt: skip
"""The intent that starts a walk, where it is not called as the walk."""

SHOWN = 5
"""The first wordings are plain enough for a button; those after them are as people type."""


class Question(BaseModel):
    """One question in several wordings, and its answer."""

    id: str
    topic: str
    ask: list[str] = Field(min_items=3)
    say: str
    sources: list[str]
    leads_to: Optional[str] = None
    """A walk or list that is offered beside the answer."""
    reviewed_by: str
    reviewed_on: str

    class Config:
        extra = Extra.forbid

    @property
    def short(self) -> str:
        """The shortest of its first wordings, which can be shown, for a button."""
        found = min(self.ask[:SHOWN], key=len).strip().rstrip("?")
        return f"{found[0].upper()}{found[1:]}?"

    @property
    def lead(self) -> str:
        """The intent of what is offered beside the answer, or an empty text."""
        return LEADS.get(self.leads_to, self.leads_to) if self.leads_to else ""


@lru_cache(maxsize=2)
def load_questions(folder: Path) -> dict[str, Question]:
    """Every question by its id.

    Raises:
        ValueError: a file is wrong, or an id stands twice; the text names the file.
    """
    found: dict[str, Question] = {}
    for path in sorted(folder.glob("*.yml")):
        for question in _read(path):
            if question.id in found:
                raise ValueError(f"{path}: the question {question.id} stands twice")
            found[question.id] = question
    return found


def _read(path: Path) -> list[Question]:
    try:
        raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        if raw["topic"] != path.stem:
            raise ValueError(f"names itself {raw['topic']}")
        return [Question(topic=raw["topic"], **item) for item in raw["questions"]]
    except (ValueError, TypeError, KeyError, yaml.YAMLError) as error:
        raise ValueError(f"{path}: {error}") from None
