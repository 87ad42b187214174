"""Alternatives: what an urge is for, ideas that fit it, and what this person tried."""

from typing import Any, Optional

from actions.talk import Talk
from actions.walk import WalkAction
from bot.content.strategies import FUNCTIONS, Strategy
from bot.conversation.answering import Heard
from bot.nlu.normalise import normalise
from bot.record.coping import HIDDEN, OWN, helped_most, save_attempt

OFFERED = 3


class Offers:
    """The steps that the urge and the alternatives walk share."""

    def do_offer(self, talk: Talk) -> Optional[str]:
        """Offer up to three ideas: what helped this person first, then matches."""
        ideas = _ideas(talk)
        shown = talk.answers.setdefault("shown", [])
        shown += [idea["id"] for idea in ideas]
        talk.options = {idea["id"]: [normalise(idea["title"])] for idea in ideas}
        talk.buttons = [
            {"title": idea["title"], "payload": f'/choose{{"option": "{idea["id"]}"}}'}
            for idea in ideas
        ]
        talk.values["offered"] = _listed([idea["title"] for idea in ideas])
        return None

    def hear_pick(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Whether one of the offered ideas was picked."""
        return "picked" if heard.outcome in talk.options else None

    def do_describe(self, talk: Talk) -> Optional[str]:
        """Say how the picked idea goes, in its vetted words."""
        strategy = talk.services.strategies.get(str(talk.answers.get("strategy")))
        if strategy:
            talk.say("utter_strategy", title=strategy.title, says=strategy.says)
        else:
            talk.say(
                "utter_strategy_own",
                title=_own_title(talk, talk.answers.get("strategy")),
            )
        return None

    def hear_doing(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Hide an idea that this person never wants to see again."""
        if heard.outcome == "hide":
            talk.services.store.add(talk.person, HIDDEN, {"id": talk.answers.get("strategy")})
        return None

    def hear_add_own(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Keep an idea of their own, in their words."""
        if heard.outcome == "answered":
            talk.services.store.add(talk.person, OWN, {"title": str(heard.value)[:200]})
            talk.values["own"] = str(heard.value)[:200]
        return None


class AlternativesForm(Offers, WalkAction):
    """Walks someone to an alternative that fits."""

    topic = "alternatives"

    def hear_went(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Keep how an idea went, as an attempt without ratings."""
        if heard.outcome in ("helped", "bit", "no_help"):
            save_attempt(
                talk.services.store,
                talk.person,
                what=title_of(talk, talk.answers.get("strategy")),
                strategy=str(talk.answers.get("strategy") or ""),
                situation=str(talk.answers.get("function") or ""),
            )
        return None


def title_of(talk: Talk, strategy_id: Any) -> str:
    """What a strategy is called: the catalogue's title or the person's own words."""
    strategy: Optional[Strategy] = talk.services.strategies.get(str(strategy_id))
    return strategy.title if strategy else _own_title(talk, strategy_id)


def _ideas(talk: Talk) -> list[dict[str, str]]:
    store, strategies = talk.services.store, talk.services.strategies
    hidden = {str(entry.get("id")) for entry in _kept(talk, HIDDEN, "id")}
    shown = set(talk.answers.get("shown") or [])
    best = helped_most(store, talk.person)
    own = [
        {"id": f"own_{entry['id']}", "title": str(entry["title"])[:24]}
        for entry in store.entries(talk.person, OWN)
    ]
    by_title = {strategy.title: strategy.id for strategy in strategies.all.values()}
    helped = [{"id": by_title[what], "title": what} for what in best if what in by_title]
    function = talk.answers.get("function")  # or the person's own words, which fit any
    fits = strategies.matching(function if function in FUNCTIONS else None, hidden, shown)
    matched = [{"id": strategy.id, "title": strategy.title} for strategy in fits]
    ideas: dict[str, dict[str, str]] = {}
    for idea in [*helped, *own, *matched]:
        if idea["id"] not in hidden and idea["id"] not in shown:
            ideas.setdefault(idea["id"], idea)
    return list(ideas.values())[:OFFERED] or matched[:OFFERED]


def _kept(talk: Talk, kind: str, key: str) -> list[dict[str, Any]]:
    # `id` of an entry is its number; what was hidden is under the same key in its value
    return [entry for entry in talk.services.store.entries(talk.person, kind) if entry.get(key)]


def _own_title(talk: Talk, strategy_id: Any) -> str:
    number = str(strategy_id or "").rpartition("_")[2]
    for entry in talk.services.store.entries(talk.person, OWN):
        if str(entry["id"]) == number:
            return str(entry["title"])
    return ""


def _listed(titles: list[str]) -> str:
    return ", ".join(titles)
