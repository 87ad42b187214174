"""What every sentence of the bot must be: short, plain, unpushy, with a known source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import textstat
import yaml

MOST_WORDS, READING_AGE, MOST_QUESTIONS = 60, 11, 2
GRADE_TO_AGE = 5
"""A US school grade is reached at about grade + 5 years of age."""
ROOM = 1.5
"""Years of grace: the grade of one short text is only roughly known."""


@dataclass(frozen=True)
class SentenceRules:
    """The rules with the data that they need."""

    sources: frozenset[str]
    forbidden: tuple[dict[str, str], ...]

    def findings(self, text: str, place: str, named: list[str]) -> Iterator[str]:
        """Every finding about one text.

        Args:
            text: as written, with its `{variables}`.
            place: where it stands, said with each finding.
            named: ids of its sources.
        """
        plain = re.sub(r"\{\w+\}", "this", text)
        words = len(plain.split())
        if not text.strip():
            yield f"{place}: says nothing"
            return
        if words > MOST_WORDS:
            yield f"{place}: {words} words, at most {MOST_WORDS}"
        if text.count("?") > MOST_QUESTIONS:
            yield f"{place}: more than {MOST_QUESTIONS} questions"
        age = reading_age(plain)
        if words > 8 and age > READING_AGE + ROOM:
            yield f"{place}: reading age {age:.1f}, at most {READING_AGE}"
        for rule in self.forbidden:
            found = re.search(rule["find"], text.lower())
            if found and not (rule.get("but") and rule["but"] in text.lower()):
                yield f"{place}: {found[0]!r}: {rule['why']}"
        yield from self.unknown_sources(place, named)

    def unknown_sources(self, place: str, named: list[str]) -> Iterator[str]:
        """A finding for each source that is not in `data/sources.yml`."""
        for source in named:
            if source not in self.sources:
                yield f"{place}: the source {source} is not in data/sources.yml"


def reading_age(plain: str) -> float:
    """The age in years at which a text can be read (Flesch-Kincaid grade + 5)."""
    return float(textstat.flesch_kincaid_grade(plain)) + GRADE_TO_AGE


def load_sentence_rules(data: Path) -> SentenceRules:
    """Read `sources.yml` and `forbidden.yml`.

    Raises:
        OSError, yaml.YAMLError: a file is missing or wrong.
    """
    sources: dict[str, Any] = yaml.safe_load((data / "sources.yml").read_text(encoding="utf-8"))
    forbidden = yaml.safe_load((data / "forbidden.yml").read_text(encoding="utf-8"))
    return SentenceRules(frozenset(sources), tuple(forbidden))
