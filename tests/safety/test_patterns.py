import pytest

from bot.nlu.normalise import normalise
from bot.safety.patterns import load_patterns
from bot.settings import ROOT

PATTERNS = load_patterns(ROOT / "data" / "safety")


@pytest.mark.parametrize(
    ("pattern", "text"), [(p, t) for p in PATTERNS.all for t in p.matches], ids=str
)
def test_a_pattern_finds_its_examples(pattern, text: str) -> None:
    sign = PATTERNS.most_urgent(normalise(text))
    assert sign is not None
    assert sign.label == pattern.label


@pytest.mark.parametrize("text", [t for p in PATTERNS.all for t in p.leaves])
def test_a_pattern_leaves_the_harmless_neighbour_alone(text: str) -> None:
    assert PATTERNS.most_urgent(normalise(text)) is None


def test_a_sign_counts_in_any_sentence_of_a_message() -> None:
    text = "it was an ok day. had pasta. i'm not hungry any more but i want to die"
    sign = PATTERNS.most_urgent(normalise(text))
    assert sign is not None
    assert sign.label == "crisis"
