"""Meaning of recovery: clinical, lived and theoretical views; theirs counts."""

from actions.walk import WalkAction


class MeaningOfRecoveryForm(WalkAction):
    """Walks someone through what recovery means to them."""

    topic = "meaning_of_recovery"
