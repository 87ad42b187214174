"""A ranking of intents, as the classifier leaves it on a message."""

from collections.abc import Collection
from typing import Any

Ranking = list[dict[str, Any]]
"""`name` and `confidence` (share of probability) of each intent, the likeliest first."""


def without(ranking: Ranking, names: Collection[str]) -> Ranking:
    """The ranking with some intents taken out and their share given to the others in proportion."""
    taken = sum(float(one["confidence"]) for one in ranking if one["name"] in names)
    left = max(1e-6, 1.0 - taken)
    return [
        {**one, "confidence": min(1.0, float(one["confidence"]) / left)}
        for one in ranking
        if one["name"] not in names
    ]
