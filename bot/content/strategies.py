"""Alternatives to self-injury, as data: `data/strategies.yml`."""

import random
from pathlib import Path
from typing import Literal, Optional, get_args

import yaml
from pydantic import BaseModel, Extra

Function = Literal["calm", "release", "feel", "punish", "control", "be_heard", "distract"]
FUNCTIONS = frozenset(get_args(Function))
"""What an urge can be for."""


class Strategy(BaseModel):
    """One thing to try, with what it is for and where that comes from."""

    id: str
    title: str
    says: str
    functions: list[Function]
    minutes: int
    needs: list[str] = []
    sources: list[str]
    reviewed_by: str
    reviewed_on: str

    class Config:
        extra = Extra.forbid


class Strategies:
    """Picks what fits."""

    def __init__(self, strategies: list[Strategy]) -> None:
        self.all = {strategy.id: strategy for strategy in strategies}

    def get(self, strategy_id: str) -> Optional[Strategy]:
        """The strategy of an id, or None."""
        return self.all.get(strategy_id)

    def matching(
        self, function: Optional[str], hidden: set[str], shown: set[str]
    ) -> list[Strategy]:
        """Strategies for a function (any, when None), not hidden, the unseen first.

        Among equals the order is drawn, so that nobody is led to one idea.
        """
        fits = [
            strategy
            for strategy in self.all.values()
            if strategy.id not in hidden and (not function or function in strategy.functions)
        ]
        random.shuffle(fits)
        return sorted(fits, key=lambda strategy: strategy.id in shown)

    def named(self, plain: str) -> Optional[Strategy]:
        """The strategy whose title stands in a normalised text, or None."""
        return next((s for s in self.all.values() if s.title.lower() in plain), None)


def load_strategies(path: Path) -> Strategies:
    """Read the strategies.

    Raises:
        ValueError: the file is missing or wrong; the text names the cure.
    """
    try:
        return Strategies(
            [Strategy(**item) for item in yaml.safe_load(path.read_text(encoding="utf-8"))]
        )
    except (OSError, ValueError, TypeError, yaml.YAMLError) as error:
        raise ValueError(f"{path}: {error}") from None
