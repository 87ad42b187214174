"""A ranking of intents, as the classifier leaves it on a message."""

from collections.abc import Callable, Collection
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


def weighed(ranking: Ranking, weight: Callable[[str], float]) -> Ranking:
    """The ranking with each intent's share multiplied by its weight, shared out anew."""
    shares = [float(one["confidence"]) * weight(str(one["name"])) for one in ranking]
    total = sum(shares) or 1.0
    anew = [{**one, "confidence": share / total} for one, share in zip(ranking, shares)]
    return sorted(anew, key=lambda one: -one["confidence"])
