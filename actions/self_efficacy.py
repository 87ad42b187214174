"""Self-efficacy: times when urges were overcome, and what it took."""

from actions.walk import WalkAction


class SelfEfficacyForm(WalkAction):
    """Elicits and gives back times that an urge was overcome."""

    topic = "self_efficacy"
