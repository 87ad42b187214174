"""Graph component: a message that shows danger goes to crisis help, whatever else it says.

The verdict is made before Rasa by the guard (`bot.conversation.service`), which
knows the last turns, and travels in the message's metadata. Without it (in
`rasa shell`, in `rasa test`) the detector is asked here.
"""

from typing import Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.components import Stateless
from bot.safety.detector import detector
from bot.safety.verdict import Verdict

INTENT_OF = {
    "crisis": "crisis",
    "self_harm": "crisis",
    "medical": "medical",
    "third_party": "third_party_crisis",
}

MORE = {"crisis": "help_more", "third_party": "help_more_other", "medical": "help_more_medical"}
VAGUE = frozenset(
    {"nlu_fallback", "nlu_ambiguous", "aside", "out_of_scope", "other_difficulty", "distress",
     "adversities", "self_acceptance",
     "ambivalence", "loved_one", "unplanned_disclosure", "coping_report", "scarring", "strengths",
     "self_efficacy", "meaning_of_recovery", "nothing_works", "idk", "explain", "affirm", "deny",
     "checkin", "progress", "plan_disclosure", "third_party_crisis", "medical", "crisis"}
)  # fmt: skip
"""What a message right after crisis help is read as when it only says more about it: nobody who
was told to get help a moment ago is led into a talk about something else."""
TOPICS = VAGUE - {"nlu_fallback", "nlu_ambiguous", "aside", "out_of_scope", "distress", "idk",
                  "explain", "affirm", "deny", "third_party_crisis", "medical", "crisis"}  # fmt: skip
CLEAR = 0.9
"""How sure a topic of those must be for a calm message to go there all the same."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyGate(Stateless):
    """Overrides the intent at level `crisis`; at `check_in` it only adds the verdict."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training examples keep their intents."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add `safety` to each message and override the intent of a dangerous one."""
        for message in messages:
            verdict = _verdict(message)
            if verdict is None:
                continue
            message.set("safety", verdict.as_dict(), add_to_output=True)
            name = override(verdict) or _more(message)
            if name:
                intent = {"name": name, "confidence": 1.0}
                message.set(INTENT, intent, add_to_output=True)
        return messages


def override(verdict: Verdict) -> Optional[str]:
    """The intent that a verdict forces, or None."""
    if verdict.level == "crisis":
        return INTENT_OF.get(verdict.label, "crisis")
    wants_care = verdict.level == "check_in" and verdict.label == "medical"
    return "medical" if wants_care else None


def _more(message: Message) -> Optional[str]:
    """The intent of a message that goes on about the danger just met with help, or None."""
    helped = str((message.get("metadata") or {}).get("helped"))
    intent = message.get(INTENT) or {}
    calm = (message.get("safety") or {}).get("level") == "none"
    topics = TOPICS - {"plan_disclosure"} if helped == "third_party" else TOPICS
    clear = intent.get("name") in topics and float(intent.get("confidence") or 0.0) >= CLEAR
    vague = intent.get("name") in VAGUE and not (calm and clear)
    written = not str(message.get("text")).startswith("/")
    return MORE.get(helped) if vague and written else None


def _verdict(message: Message) -> Optional[Verdict]:
    carried = (message.get("metadata") or {}).get("safety")
    if carried:
        return Verdict(**carried)
    text = message.get("text")
    return detector().assess(text) if text else None
