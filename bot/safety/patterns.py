"""High-precision signs of danger, as data: `data/safety/patterns.yml`."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import yaml

from bot.safety.verdict import LEVELS, Label, Level

_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+|\s+(?:but|although|though|however)\s+")


@dataclass(frozen=True)
class Pattern:
    """One sign: where it is found, and what withdraws it in the same sentence."""

    id: str
    label: Label
    level: Level
    find: "re.Pattern[str]"
    unless: tuple["re.Pattern[str]", ...]
    before: tuple["re.Pattern[str]", ...]
    """Guards that look only at the words before the match (negation)."""
    matches: tuple[str, ...]
    leaves: tuple[str, ...]

    def found_in(self, sentence: str) -> bool:
        """Whether the sign stands in a sentence of normalised text."""
        for match in self.find.finditer(sentence):
            ahead = sentence[: match.start()].rstrip()
            if any(guard.search(ahead) for guard in self.before):
                continue
            if not any(guard.search(sentence) for guard in self.unless):
                return True
        return False


def load_patterns(path: Path) -> tuple[Pattern, ...]:
    """Read and compile the patterns.

    Raises:
        OSError, ValueError, KeyError, re.error: the file is missing or wrong.
    """
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    guards = {name: re.compile(text) for name, text in raw["guards"].items()}
    return tuple(_pattern(item, guards) for item in raw["patterns"])


def first_sign(patterns: tuple[Pattern, ...], text: str) -> Optional[Pattern]:
    """The most urgent sign in a normalised text, or None."""
    found = [p for s in _SENTENCE.split(text) for p in patterns if p.found_in(s)]
    return max(found, key=lambda p: LEVELS.index(p.level), default=None)


def _pattern(item: dict[str, Any], guards: dict[str, "re.Pattern[str]"]) -> Pattern:
    names = item.get("unless", [])
    unless = [guards[name] for name in names if name != "negated"]
    if item.get("but_not"):
        unless.append(re.compile(item["but_not"]))
    return Pattern(
        id=item["id"],
        label=item["label"],
        level=item["level"],
        find=re.compile(item["find"]),
        unless=tuple(unless),
        before=(guards["negated"],) if "negated" in names else (),
        matches=tuple(item["matches"]),
        leaves=tuple(item["leaves"]),
    )
