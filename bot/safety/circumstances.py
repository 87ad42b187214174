"""What the words around a sign make of it: negated, past, fiction, somebody else's.

medspaCy's ConText (Chapman et al. 2007; Harkema et al. 2009) with rules of our
own, as data: `data/safety/context.yml`. It is asked only when a sign was found.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from spacy.language import Language

GROUP = "signs"


@dataclass(frozen=True)
class Found:
    """A sign in a text: its pattern's id, and the characters from `start` to `end`."""

    id: str
    start: int
    end: int


class Circumstances:
    """Reads the categories that reach each sign.

    Raises:
        OSError, ValueError, KeyError: the file of rules is missing or wrong.
    """

    def __init__(self, path: Path) -> None:
        self._raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.categories = {str(rule["category"]) for rule in self._raw["rules"]}

    def around(self, text: str, signs: list[Found]) -> list[frozenset[str]]:
        """For each sign the categories of the words that reach it."""
        language, context = self._parts
        doc = language(text)
        spans = [
            doc.char_span(sign.start, sign.end, label=sign.id, alignment_mode="expand")
            for sign in signs
        ]
        doc.spans[GROUP] = spans
        context(doc)
        return [
            frozenset(modifier.category.lower() for modifier in span._.modifiers)
            for span in doc.spans[GROUP]
        ]

    @cached_property
    def _parts(self) -> tuple["Language", Any]:
        import spacy
        from medspacy.context import ConText

        language = spacy.blank("en")
        language.add_pipe("sentencizer", config={"punct_chars": list(".!?;")})
        context = ConText(
            language,
            rules=None,
            input_span_type="group",
            span_group_name=GROUP,
            prune_on_target_overlap=True,
            span_attrs=None,
        )
        context.add(list(_rules(self._raw)))
        return language, context


def _rules(raw: dict[str, Any]) -> Any:
    from medspacy.context import ConTextRule

    for word in raw["ends"]:
        yield ConTextRule(word, "TERMINATE", direction="TERMINATE")
    for rule in raw["rules"]:
        category, direction = str(rule["category"]).upper(), rule["direction"]
        for word in rule.get("words", []):
            yield ConTextRule(word, category, direction=direction, max_scope=rule.get("reach"))
        if rule.get("like"):
            yield ConTextRule(
                rule["like"], category, pattern=rule["like"], direction=direction,
                max_scope=rule.get("reach"),
            )  # fmt: skip
