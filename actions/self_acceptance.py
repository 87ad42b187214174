"""Self-acceptance: a kinder look at oneself, at one's own pace."""

from actions.walk import WalkAction


class SelfAcceptanceForm(WalkAction):
    """Walks someone towards a kinder sentence about themselves."""

    topic = "self_acceptance"
