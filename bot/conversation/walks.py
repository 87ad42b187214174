"""Walks: the guided paths (urge, alternatives, disclosure, …) as data.

A walk is a list of steps in `data/walks/<topic>.yml`, so that a clinician can
read every path without reading code. A step says something, may ask something,
and names the step that follows each outcome. Rasa sees a walk as a form; the
loop action (`actions/walk.py`) moves through it.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Optional, Union

import yaml
from pydantic import BaseModel, Extra, root_validator

Expects = Literal["scale", "choice", "text", "yes_no", "minutes", "when", "country"]

END = "end"
CONTROL = ("skip", "idk", "later", "explain", "unclear")
"""Outcomes that any question can have besides its own."""


class Step(BaseModel):
    """One step of a walk."""

    do: Optional[str] = None
    """A method `do_<name>` of the walk's action, run on entering; it may return an outcome."""
    say: list[str] = []
    ask: Optional[str] = None
    expects: Optional[Expects] = None
    options: dict[str, list[str]] = {}
    """Each option of a choice, or what may be said instead of a number, with words that mean it."""
    verbatim: bool = False
    """Whether a free answer may well be a question itself: words for somebody, a hard voice."""
    keep: Optional[str] = None
    """The name under which the answer is kept for this walk."""
    hear: Optional[str] = None
    """A method `hear_<name>` of the walk's action, given the answer; it may return an outcome."""
    hint: Optional[str] = None
    """Said when the person does not know or asks what is meant."""
    next: Union[str, dict[str, str]] = END

    class Config:
        extra = Extra.forbid

    @root_validator
    def _asks_what_it_expects(cls, values: dict[str, Any]) -> dict[str, Any]:
        after = values.get("next")
        if isinstance(after, dict) and {"True", "False"} & set(after):
            raise ValueError("quote yes and no: YAML takes them for true and false")
        if bool(values.get("ask")) != bool(values.get("expects")):
            raise ValueError("`ask` and `expects` go together")
        if values.get("expects") == "choice" and not values.get("options"):
            raise ValueError("`expects: choice` needs `options`")
        beside = ("choice", "minutes", "scale", "yes_no")
        if values.get("options") and values.get("expects") not in beside:
            raise ValueError("`options` go with a choice, or beside a number or a yes or no")
        return values

    @property
    def asks_safety(self) -> bool:
        """Whether this step asks about danger to life."""
        return self.hear in ("safety", "danger")

    def leads(self, outcome: str) -> bool:
        """Whether this step has a way of its own for an outcome."""
        return isinstance(self.next, dict) and outcome in self.next

    def leads_to(self, step: str) -> bool:
        """Whether some outcome leads straight to a step."""
        return step in ([self.next] if isinstance(self.next, str) else self.next.values())

    def after(self, outcome: str) -> str:
        """The step that follows an outcome."""
        if isinstance(self.next, str):
            return self.next
        return self.next.get(outcome) or self.next.get("else") or END


class Walk(BaseModel):
    """One guided path."""

    walk: str
    topic: str = ""
    """The topic of its turns, when that is not the name of the walk."""
    own: list[str] = []
    """Intents that belong to this walk: they are answers in it, never a detour."""
    rating: Optional[str] = None
    """The step that a rating said instead of an answer leads to, from any step."""
    holds: bool = False
    """Whether somebody who has not answered yet stays all the same: they are here for a danger."""
    yields: list[str] = []
    """Intents that this walk gives way to even when they are only told: it asks for what went
    well, and somebody who answers with what was done to them is not asked for more of that."""
    back: str = "utter_walk_back"
    """Said before a question is asked again after a detour."""
    start: str
    variants: dict[str, str] = {}
    """Another first step for an intent that starts the walk."""
    jumps: dict[str, list[str]] = {}
    """Steps that a short message goes to from anywhere in the walk, by words that ask for them."""
    steps: dict[str, Step]

    class Config:
        extra = Extra.forbid

    @root_validator(skip_on_failure=True)
    def _every_step_is_there(cls, values: dict[str, Any]) -> dict[str, Any]:
        steps: dict[str, Step] = values["steps"]
        wanted = {values["start"], *values["variants"].values(), *values["jumps"]}
        wanted |= {values["rating"]} if values["rating"] else set()
        for step in steps.values():
            wanted.update([step.next] if isinstance(step.next, str) else step.next.values())
        missing = wanted - set(steps) - {END}
        values["topic"] = values["topic"] or values["walk"]
        if missing:
            raise ValueError(f"no such step: {', '.join(sorted(missing))}")
        unreachable = set(steps) - wanted
        if unreachable:
            raise ValueError(f"no way leads to: {', '.join(sorted(unreachable))}")
        return values

    @property
    def asks_safety(self) -> bool:
        """Whether a step of this walk asks about danger to life."""
        return any(step.asks_safety for step in self.steps.values())

    @property
    def form(self) -> str:
        """The name of the Rasa form that is this walk."""
        return f"{self.walk}_form"


@lru_cache(maxsize=4)
def load_walks(folder: Path) -> dict[str, Walk]:
    """Every walk by its name.

    Raises:
        ValueError: a file is no valid walk; the text names the file.
    """
    walks = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            walk = Walk(**yaml.safe_load(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError, yaml.YAMLError) as error:
            raise ValueError(f"{path}: {error}") from None
        if walk.walk != path.stem:
            raise ValueError(f"{path}: names itself {walk.walk}")
        walks[walk.walk] = walk
    return walks
