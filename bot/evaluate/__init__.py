"""Evaluation: the safety detector and the understanding of topics, on labelled messages."""
