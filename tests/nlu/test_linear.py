from pathlib import Path

import numpy as np
import pytest

from bot.nlu.encoder import SIZE, Encoder
from bot.nlu.linear import LinearTextModel

TEXTS = ["hello there", "good morning", "it won't stop hurting", "everything hurts"]
LABELS = ["greet", "greet", "distress", "distress"]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_a_vector_has_length_one_and_does_not_depend_on_its_batch(encoder: Encoder) -> None:
    alone, together = encoder.one(TEXTS[0]), encoder.many(TEXTS)
    assert alone.shape == (SIZE,)
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-4)
    assert float(alone @ together[0]) > 0.98  # int8 weights round differently under padding


def test_a_model_learns_and_is_the_same_after_storing(encoder: Encoder, tmp_path: Path) -> None:
    vectors = encoder.many(TEXTS)
    model = LinearTextModel().fit(TEXTS, vectors, LABELS)
    model.save(tmp_path / "model.npz")
    again = LinearTextModel.load(tmp_path / "model.npz")
    shares = again.predict(TEXTS, vectors)
    assert shares == pytest.approx(model.predict(TEXTS, vectors), abs=1e-5)
    assert [again.labels[i] for i in shares.argmax(axis=1)] == LABELS
    assert shares.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_the_nearest_messages_vote_the_same_after_storing(encoder: Encoder, tmp_path: Path) -> None:
    vectors = encoder.many(TEXTS)
    model = LinearTextModel(strength=1e-6, neighbours=0.9).fit(TEXTS, vectors, LABELS)
    model.save(tmp_path / "model.npz")
    near = encoder.many(["hurting so much"])
    shares = LinearTextModel.load(tmp_path / "model.npz").predict(["hurting so much"], near)
    assert shares == pytest.approx(model.predict(["hurting so much"], near), abs=1e-2)
    assert model.labels[int(shares[0].argmax())] == "distress"


def test_a_stored_model_cannot_carry_code(tmp_path: Path) -> None:
    np.savez(tmp_path / "bad.npz", labels=np.array([object()], dtype=object))
    with pytest.raises((ValueError, KeyError)):
        LinearTextModel.load(tmp_path / "bad.npz")
