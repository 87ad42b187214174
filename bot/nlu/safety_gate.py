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

from bot.nlu.components import Stateless, plain_text
from bot.nlu.kinds import DANGER, GOES_ON_AFTER_HELP, LEADS_ELSEWHERE, SAYS_MORE
from bot.nlu.subject_reader import SUBJECT_SHARES
from bot.safety.detector import detector
from bot.safety.reply import BESIDE, may_be_no
from bot.safety.verdict import Verdict

INTENT_OF = {
    "crisis": "crisis",
    "self_harm": "crisis",
    "medical": "medical",
    "third_party": "third_party_crisis",
}

MORE = {"crisis": "help_more", "third_party": "help_more_other", "medical": "help_more_medical"}
HALF, SURE, AGREED = 0.5, 0.65, 0.8
BODY = 0.2
"""The share of a hurt body, in the talk, from which a doubt about one is met with care."""
NO_BODY = 0.1
"""The share of a hurt body below which the danger that a talk is about is none of the body."""
OVER = 0.3
"""The share of danger, in the talk, below which a calm message is not about it any more."""
CLEAR = 0.9
"""How sure another topic must be for a calm message to go there all the same."""


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
            shares = message.get(SUBJECT_SHARES) or {}
            name = _whose(override(verdict, shares.get("medical")), shares)
            name = name or _agreed(message, verdict)
            name = name or _denied(message, verdict) or _more(message)
            if name:
                intent = {"name": name, "confidence": 1.0}
                message.set(INTENT, intent, add_to_output=True)
        return messages


def override(verdict: Verdict, in_talk: Optional[float] = None) -> Optional[str]:
    """The intent that a verdict forces, or None.

    Args:
        verdict: the detector's.
        in_talk: the share of a hurt body as what the talk is about, where there is one. A doubt
            that neither it nor the score bears out ("i want my meds reviewed") is asked about.
    """
    if verdict.level == "crisis":
        return INTENT_OF.get(verdict.label, "crisis")
    wants_care = verdict.level == "check_in" and verdict.label == "medical"
    borne_out = in_talk is None or in_talk >= BODY or verdict.score >= HALF
    return "medical" if wants_care and borne_out else None


def _whose(name: Optional[str], shares: dict[str, float]) -> Optional[str]:
    """The intent of danger, where the talk is plainly about another's and about no hurt body."""
    elsewhere = shares.get("medical", 1.0) < NO_BODY
    others = elsewhere and shares.get("third_party_crisis", 0.0) >= HALF
    return "third_party_crisis" if name == "medical" and others else name


def _agreed(message: Message, verdict: Verdict) -> Optional[str]:
    """The intent of danger to another that the detector doubts and the topic model is sure of."""
    intent = message.get(INTENT) or {}
    both = verdict.label == "third_party" and intent.get("name") == "third_party_crisis"
    sure = float(intent.get("confidence") or 0.0) >= AGREED
    return "third_party_crisis" if both and sure and verdict.level == "check_in" else None


def _denied(message: Message, verdict: Verdict) -> Optional[str]:
    """The intent of a "no" in whatever words ("today it's not like that") to our safety question."""
    asked = (message.get("metadata") or {}).get("asked") == BESIDE
    intent = message.get(INTENT) or {}
    says_no = intent.get("name") == "deny" and float(intent.get("confidence") or 0.0) >= CLEAR
    says_no = says_no and may_be_no(plain_text(message))
    return "safety_denied" if asked and says_no and verdict.level == "none" else None


def _more(message: Message) -> Optional[str]:
    """The intent of a message that goes on about the danger just met with help, or None."""
    helped = str((message.get("metadata") or {}).get("helped"))
    intent = message.get(INTENT) or {}
    calm = (message.get("safety") or {}).get("level") == "none"
    name, sure = intent.get("name"), float(intent.get("confidence") or 0.0)
    if helped == "third_party":  # a helper speaks of the other, or of how it is for themselves
        clear = name == "distress" and sure >= HALF
    elif helped == "medical":  # "must i let him sleep it off" is about the same matter
        clear = name in LEADS_ELSEWHERE - {"loved_one"} and sure >= CLEAR
    else:
        clear = name in LEADS_ELSEWHERE and sure >= CLEAR
    unsure = sure < SURE and name not in GOES_ON_AFTER_HELP and not (calm and clear)
    vague = unsure or (name in SAYS_MORE and not (calm and clear))
    shares = message.get(SUBJECT_SHARES)
    if shares and calm and helped != "crisis" and _is_over(shares):
        return None
    written = not str(message.get("text")).startswith("/")
    return MORE.get(helped) if vague and written else None


def _is_over(shares: dict[str, float]) -> bool:
    """Whether a message, read after what came before it, is about another's danger no more.

    Whoever was in danger themselves is not let go by it: "it's all just so heavy" comes in passing.
    """
    danger = sum(shares.get(topic, 0.0) for topic in DANGER)
    others = max(share for topic, share in shares.items() if topic not in DANGER)
    return danger < max(OVER, others)


def _verdict(message: Message) -> Optional[Verdict]:
    carried = (message.get("metadata") or {}).get("safety")
    if carried:
        return Verdict(**carried)
    text = message.get("text")
    return detector().assess(text) if text else None
