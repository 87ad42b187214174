"""A linear text model: sentence vector and character n-grams, logistic regression.

Both readers of a message (topic, safety) are this model with other labels. The
vector carries meaning, the character n-grams carry spelling. Beside it the
nearest learnt messages may vote, which catches a rare wording that one straight
border per label does not. It is stored as plain arrays: loading a model never
runs code from the file.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression

from bot.nlu.encoder import Vectors

HASHED = 2**13
_HASHER = HashingVectorizer(
    analyzer="char_wb", ngram_range=(2, 5), n_features=HASHED, alternate_sign=False
)
NEAREST, SHARPNESS = 12, 12.0
"""How many of the nearest messages vote, and how much more the nearer ones count."""
DIRECTIONS = 96
"""Numbers of a vector that are kept for the vote: along those directions that hold most of the learnt
ones (a quarter of what is read in each turn; nine in ten neighbours are the same, and the votes are as right)."""


def _spelt(texts: list[str]) -> Any:
    """The character n-grams of texts, a sparse row each."""
    return _spelt_once(texts[0]) if len(texts) == 1 else _counted(texts)


@lru_cache(maxsize=4)
def _spelt_once(text: str) -> Any:
    """Those of one text: every reader of a turn shares them."""
    return _counted([text])


def _counted(texts: list[str]) -> Any:
    return _HASHER.transform(texts).astype(np.float32)


def _directions(vectors: Vectors) -> NDArray[np.float32]:
    """The directions that hold most of some vectors, shape (SIZE, DIRECTIONS): the first
    eigenvectors of their second moments, so that products between vectors stay what they are."""
    _, found = np.linalg.eigh(vectors.T @ vectors)
    kept: NDArray[np.float32] = found[:, ::-1][:, :DIRECTIONS].astype(np.float32)
    return kept


class LinearTextModel:
    """Predicts a distribution over labels from a text and its sentence vector."""

    def __init__(
        self,
        strength: float = 8.0,
        spelling: float = 0.6,
        neighbours: float = 0.0,
        balanced: bool = True,
    ) -> None:
        """
        Args:
            strength: inverse regularisation (sklearn's C).
            spelling: weight of the character n-grams beside the vector.
            neighbours: share of the nearest messages in the result, 0 to 1.
            balanced: whether rare labels count more while learning. Without it the
                probabilities are true to how often each label was written.
        """
        self._strength = strength
        self._spelling = spelling
        self._neighbours = neighbours
        self._balanced = balanced
        self.labels: list[str] = []
        self._weights: Optional[NDArray[np.float32]] = None
        self._bias: Optional[NDArray[np.float32]] = None
        self._along: NDArray[np.float32] = np.empty((0, 0), dtype=np.float32)
        self._learnt: NDArray[np.float32] = np.empty((0, 0), dtype=np.float32)
        self._of: NDArray[np.int64] = np.empty(0, dtype=np.int64)

    def fit(self, texts: list[str], vectors: Vectors, labels: list[str]) -> "LinearTextModel":
        """Learn from texts, their vectors of shape (n, SIZE), and their labels."""
        model = LogisticRegression(
            C=self._strength,
            max_iter=60,  # as accurate as 300 in cross-validation, in half the time
            tol=1e-3,
            class_weight="balanced" if self._balanced else None,
            random_state=7,
        )
        model.fit(self._features(texts, vectors), labels)
        self.labels = [str(label) for label in model.classes_]
        two = len(self.labels) == 2  # sklearn then keeps one row, for the second label
        rows = np.vstack([0 * model.coef_, model.coef_]) if two else model.coef_
        self._weights = rows.astype(np.float32).T
        bias = np.r_[0 * model.intercept_, model.intercept_] if two else model.intercept_
        self._bias = bias.astype(np.float32)
        if self._neighbours:
            self._along = _directions(vectors)
            self._learnt = vectors @ self._along
            self._of = np.searchsorted(model.classes_, labels)
        return self

    def predict(self, texts: list[str], vectors: Vectors) -> NDArray[np.float32]:
        """Probabilities, shape (n, len(labels))."""
        scores = self._scores(texts, vectors)
        scores -= scores.max(axis=1, keepdims=True)
        raised = np.exp(scores)
        shares: NDArray[np.float32] = raised / raised.sum(axis=1, keepdims=True)
        if self._neighbours:
            shares = (1 - self._neighbours) * shares + self._neighbours * self._votes(vectors)
        return shares

    def _scores(self, texts: list[str], vectors: Vectors) -> NDArray[np.float32]:
        """The same as features times weights, without joining the two halves of the features."""
        if self._weights is None or self._bias is None:
            raise ValueError("the model has not learnt anything: call fit or load first")
        width = vectors.shape[1]
        spelling = self._spelling * (_spelt(texts) @ self._weights[width:])
        scores: NDArray[np.float32] = vectors @ self._weights[:width] + spelling + self._bias
        return scores

    def _votes(self, vectors: Vectors) -> NDArray[np.float32]:
        """How the nearest learnt messages vote, the nearer the more; shape as `predict`."""
        near = (vectors @ self._along) @ self._learnt.T
        count = min(NEAREST, near.shape[1])
        best = np.argpartition(-near, count - 1, axis=1)[:, :count]
        weights = np.exp(SHARPNESS * np.take_along_axis(near, best, axis=1))
        votes = np.zeros((len(vectors), len(self.labels)), dtype=np.float32)
        for row, (columns, strong) in enumerate(zip(self._of[best], weights)):
            np.add.at(votes[row], columns, strong / strong.sum())
        return votes

    def save(self, path: Path) -> None:
        """Write the model as arrays (`.npz`)."""
        assert self._weights is not None
        assert self._bias is not None
        np.savez_compressed(
            path,
            labels=np.array(self.labels),
            weights=self._weights,
            bias=self._bias,
            spelling=np.float32(self._spelling),
            neighbours=np.float32(self._neighbours),
            along=self._along,
            learnt=self._learnt.astype(np.float16),
            of=self._of,
        )

    @classmethod
    def load(cls, path: Path) -> "LinearTextModel":
        """Read what `save` wrote.

        Raises:
            OSError, ValueError: the file is missing or is no such model.
        """
        with np.load(path, allow_pickle=False) as stored:
            model = cls(spelling=float(stored["spelling"]), neighbours=float(stored["neighbours"]))
            model.labels = [str(label) for label in stored["labels"]]
            model._weights = stored["weights"]
            model._bias = stored["bias"]
            model._along = stored["along"]
            model._learnt = stored["learnt"].astype(np.float32)
            model._of = stored["of"]
        return model

    def _features(self, texts: list[str], vectors: Vectors) -> Any:
        spelling = _spelt(texts) * self._spelling
        return sparse.hstack([sparse.csr_matrix(vectors), spelling], format="csr")
