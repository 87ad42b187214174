"""Graph component: says honestly that a message was not understood.

Three answers to doubt: a message that fits nothing becomes `nlu_fallback`; one
that fits two topics about equally well becomes `nlu_ambiguous`, and the person
is asked which they meant, unless one of the two is what is being talked of; and
what is told a moment after a subject, with no topic of its own that is clear,
becomes an `aside` to that subject and starts no other.
"""

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.content.topics import topic_of_intents
from bot.nlu.asking import asks
from bot.nlu.components import Stateless, plain_text
from bot.nlu.coping import correction
from bot.nlu.kinds import (
    AMBIGUOUS,
    ASIDE,
    COURTESIES,
    DANGER,
    DOUBTS,
    FALLBACK,
    HEAVY,
    JUDGED,
    OTHERS,
    OWN_STORIES,
    STORIES,
    YES_NO,
)
from bot.nlu.ranking import Ranking, without
from bot.nlu.subject_reader import SUBJECT_SHARES
from bot.nlu.times import names_another_time
from bot.settings import settings

Shares = list[tuple[str, float]]
Likely = dict[str, float]
"""How likely each topic is as the subject of the message in its talk; empty outside of one."""

FEW, LONG = 4, 7
"""Words up to which those are taken at their word, and from which hardly ever."""
ENDS = ("smalltalk_thanks", "stop", "greet")
"""Topics of courtesies: where the talk says so, one is meant, however long it is."""
OPEN = frozenset({"distress"})
"""Subjects that were left open on purpose: what is told next is the topic that was asked for."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class UnsureFallback(Stateless):
    """Replaces an unsure intent; the ranking keeps what was considered."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._topic_of = topic_of_intents(settings().data / "topics.yml")

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Shares of probability: least for a topic, least for two to ask between, and
        from which a statement is `clear` about another topic than the one talked of, or
        `certain` about one that hardly belongs there, or `turned` from oneself to somebody
        loved; least for what nobody wants by mistake (`heavy`), and for the topic of a
        statement that only sounds like a yes (`other`). Of the topics in the talk: from
        which share of its subject a doubtful message adds to it (`stays`), and from which
        share of another topic a statement is about that one (`away`), or from which of its own
        it is so all the same (`sure`)."""
        return {
            "least": 0.22,
            "margin": 0.06,
            "together": 0.5,
            "clear": 0.65,
            "certain": 0.97,
            "turned": 0.9,
            "heavy": 0.5,
            "other": 0.12,
            "stays": 0.4,
            "away": 0.5,
            "sure": 0.85,
        }

    def process(self, messages: list[Message]) -> list[Message]:
        """Replace the intent of each unsure message."""
        for message in messages:
            ranking = message.get("intent_ranking") or []
            if ranking:
                self._weigh(message, ranking)
        return messages

    def _weigh(self, message: Message, ranking: Ranking) -> None:
        around = message.get("metadata") or {}
        about, walk = around.get("about") or {}, around.get("walk")
        if not about and not walk:  # with nothing before it, it can be an aside to nothing
            ranking = without(ranking, {ASIDE})
            message.set(INTENT, dict(ranking[0]), add_to_output=True)
        shares = [(str(one["name"]), float(one["confidence"])) for one in ranking]
        best, share = shares[0]
        likely = message.get(SUBJECT_SHARES) or {}
        name = self._instead(plain_text(message), about, bool(walk), shares, likely)
        if name:
            sure = 1 - share if name in DOUBTS and name != best else share
            message.set(INTENT, {"name": name, "confidence": sure}, add_to_output=True)

    def _instead(
        self, plain: str, about: dict[str, Any], in_walk: bool, shares: Shares, likely: Likely
    ) -> str:
        """The intent to read the message as, or an empty text when the best one stands."""
        best, asked = shares[0][0], asks(plain)
        if about and (continued := _continues(about, plain)):
            return continued
        outside = about and not in_walk
        if outside and not asked and self._is_aside(plain, about, *shares[0], likely):
            return ASIDE
        stays = bool(about) and likely.get(about["topic"], 0.0) >= self._config["stays"]
        if outside and asked and self._only_sounds(likely, about["topic"], best):
            return ASIDE
        doubt = self._doubt(shares, asked)
        if doubt == AMBIGUOUS and (calm := _the_calm_one(shares)):
            return calm
        if doubt == AMBIGUOUS and about:
            near = [name for name, _ in shares[:2] if self._topic_of.get(name) == about["topic"]]
            return near[0] if near else ASIDE if stays else doubt
        if doubt or in_walk:
            return ASIDE if stays and not in_walk else doubt
        if best == ASIDE:  # a question that only the moment before could explain
            return ASIDE if stays else FALLBACK
        return self._other(plain, shares)

    def _only_sounds(self, likely: Likely, subject: str, best: str) -> bool:
        """Whether a question about the subject only sounds like one that starts another."""
        there = likely.get(self._topic_of.get(best, best), 0.0)
        here = likely.get(subject, 0.0)
        return best in STORIES and here >= self._config["away"] and there < here / 3

    def _is_aside(
        self, plain: str, about: dict[str, Any], best: str, share: float, likely: Likely
    ) -> bool:
        """Whether a statement only adds to what was talked of a moment ago."""
        subject = about["topic"]
        if best == ASIDE:
            return True
        if best in YES_NO:
            return len(plain.split()) > FEW
        if best in COURTESIES:
            if sum(likely.get(topic, 0.0) for topic in ENDS) >= self._config["away"]:
                return False
            sure_enough = subject in DANGER or len(plain.split()) >= LONG
            return (
                share < self._config["certain" if sure_enough else "clear"]
                and len(plain.split()) > FEW
            )
        if subject in OPEN or (self._topic_of.get(best) == subject and not about.get("walked")):
            return False
        if likely and best in STORIES | HEAVY:
            here, there = (likely.get(topic, 0.0) for topic in (subject, self._topic_of[best]))
            if there >= self._config["away"] and share >= self._config["heavy"]:
                return False
            if here > there and share < self._config["sure"]:
                return True
        if subject in OTHERS and best in OWN_STORIES:
            return share < float(self._config["certain"])
        part = "certain" if subject in DANGER and best in ("out_of_scope", "greet") else "clear"
        if best == "loved_one" and subject not in OTHERS:
            part = "turned"
        return best in (STORIES | HEAVY) and share < float(self._config[part])

    def _other(self, plain: str, shares: Shares) -> str:
        """The topic of a longer statement that only sounds like a courtesy, with no subject before."""
        best, share = shares[0]
        courteous = best in COURTESIES | YES_NO and share < self._config["clear"]
        if not courteous or len(plain.split()) <= FEW:
            return ""
        others = [one for one in shares[1:] if one[0] not in COURTESIES | YES_NO]
        return others[0][0] if others and others[0][1] >= self._config["other"] else ""

    def _doubt(self, shares: Shares, asked: bool) -> str:
        best, share = shares[0]
        second, next_share = shares[1] if len(shares) > 1 else (best, 0.0)
        near = share - next_share < self._config["margin"]
        apart = self._topic_of.get(best, best) != self._topic_of.get(second, second)
        if near and apart and share + next_share >= self._config["together"]:
            return AMBIGUOUS
        return (
            FALLBACK
            if share < self._config["heavy" if best in HEAVY and not asked else "least"]
            else ""
        )


def _the_calm_one(shares: Shares) -> str:
    """Of two topics the one that is no danger to life: that is the detector's to judge, which asks."""
    two = [name for name, _ in shares[:2]]
    calm = [name for name in two if name not in JUDGED]
    return calm[0] if len(calm) == 1 else ""


def _continues(about: dict[str, Any], plain: str) -> str:
    """The intent of what can only go on with the subject: a corrected rating, another time."""
    if about["topic"] == "coping_report" and correction(plain):
        return "coping_report"
    return "checkin" if about["topic"] == "checkin" and names_another_time(plain) else ""
