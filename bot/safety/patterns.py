"""High-precision signs of danger, as data: `data/safety/patterns.yml`."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import yaml

from bot.safety.circumstances import Circumstances, Found
from bot.safety.verdict import LEVELS, Label, Level


@dataclass(frozen=True)
class Pattern:
    """One sign: where it is found, and what withdraws it in the same sentence."""

    id: str
    label: Label
    level: Level
    find: "re.Pattern[str]"
    unless: frozenset[str]
    """Categories of `data/safety/context.yml` that withdraw it."""
    but_not: Optional["re.Pattern[str]"]
    """What withdraws it anywhere in the text."""
    matches: tuple[str, ...]
    leaves: tuple[str, ...]

    def found_in(self, text: str) -> list[Found]:
        """Where the sign stands in a normalised text."""
        if self.but_not and self.but_not.search(text):
            return []
        return [Found(self.id, m.start(), m.end()) for m in self.find.finditer(text) if m[0]]


class Patterns:
    """All signs, read together with the words around them."""

    def __init__(
        self,
        patterns: tuple[Pattern, ...],
        circumstances: Circumstances,
        urgent_for_another: "re.Pattern[str]",
    ) -> None:
        self.all = patterns
        self._urgent_for_another = urgent_for_another
        self._circumstances = circumstances
        self._by_id = {pattern.id: pattern for pattern in patterns}

    def may_cost_a_life(self, text: str) -> bool:
        """Whether a helper's words say that the other person's life may be at stake."""
        return bool(self._urgent_for_another.search(text))

    def most_urgent(self, text: str, circumstances: bool = True) -> Optional[Pattern]:
        """The most urgent sign of a normalised text that nothing withdraws, or None.

        Args:
            text: normalised.
            circumstances: read the words around each sign; without, every sign stands.
        """
        found = [sign for pattern in self.all for sign in pattern.found_in(text)]
        if not found:
            return None
        nothing: list[frozenset[str]] = [frozenset()] * len(found)
        around = self._circumstances.around(text, found) if circumstances else nothing
        standing = [
            self._by_id[sign.id]
            for sign, categories in zip(found, around)
            if not categories & self._by_id[sign.id].unless
        ]
        return max(standing, key=lambda p: LEVELS.index(p.level), default=None)


def load_patterns(folder: Path) -> Patterns:
    """Read and compile the patterns of `data/safety`.

    Raises:
        OSError, ValueError, KeyError, re.error: a file is missing or wrong.
    """
    raw: dict[str, Any] = yaml.safe_load((folder / "patterns.yml").read_text(encoding="utf-8"))
    circumstances = Circumstances(folder / "context.yml")
    patterns = tuple(_pattern(item) for item in raw["patterns"])
    for pattern in patterns:
        unknown = pattern.unless - circumstances.categories
        if unknown:
            raise ValueError(f"pattern {pattern.id}: no rule has the category {min(unknown)}")
    return Patterns(patterns, circumstances, re.compile(raw["urgent_for_another"]))


def _pattern(item: dict[str, Any]) -> Pattern:
    return Pattern(
        id=item["id"],
        label=item["label"],
        level=item["level"],
        find=re.compile(item["find"]),
        unless=frozenset(item.get("unless", [])),
        but_not=re.compile(item["but_not"]) if item.get("but_not") else None,
        matches=tuple(item["matches"]),
        leaves=tuple(item["leaves"]),
    )
