"""Adversities: what is underneath, named without digging."""

from actions.walk import WalkAction


class AdversitiesForm(WalkAction):
    """Names what is underneath and points to fitting support."""

    topic = "adversities"
