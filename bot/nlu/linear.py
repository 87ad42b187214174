"""A linear text model: sentence vector and character n-grams, logistic regression.

Both readers of a message (topic, safety) are this model with other labels. The
vector carries meaning, the character n-grams carry spelling. It is stored as
plain arrays: loading a model never runs code from the file.
"""

from pathlib import Path
from typing import Any, Optional

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression

from bot.nlu.encoder import Vectors

HASHED = 2**14


class LinearTextModel:
    """Predicts a distribution over labels from a text and its sentence vector."""

    def __init__(self, strength: float = 8.0, spelling: float = 0.6, balanced: bool = True) -> None:
        """
        Args:
            strength: inverse regularisation (sklearn's C).
            spelling: weight of the character n-grams beside the vector.
            balanced: whether a rare label weighs as much as a common one.
        """
        self._strength = strength
        self._spelling = spelling
        self._balanced = balanced
        self._hasher = HashingVectorizer(
            analyzer="char_wb",
            ngram_range=(2, 5),
            n_features=HASHED,
            alternate_sign=False,
        )
        self.labels: list[str] = []
        self._weights: Optional[NDArray[np.float32]] = None
        self._bias: Optional[NDArray[np.float32]] = None

    def fit(
        self, texts: list[str], vectors: Vectors, labels: list[str], weights: Any = None
    ) -> "LinearTextModel":
        """Learn from texts, their vectors of shape (n, SIZE), and their labels."""
        model = LogisticRegression(
            C=self._strength,
            max_iter=300,
            tol=1e-3,
            class_weight="balanced" if self._balanced else None,
            random_state=7,
        )
        model.fit(self._features(texts, vectors), labels, sample_weight=weights)
        self.labels = [str(label) for label in model.classes_]
        two = len(self.labels) == 2  # sklearn then keeps one row, for the second label
        rows = np.vstack([0 * model.coef_, model.coef_]) if two else model.coef_
        self._weights = rows.astype(np.float32).T
        bias = np.r_[0 * model.intercept_, model.intercept_] if two else model.intercept_
        self._bias = bias.astype(np.float32)
        return self

    def predict(self, texts: list[str], vectors: Vectors) -> NDArray[np.float32]:
        """Probabilities, shape (n, len(labels))."""
        if self._weights is None or self._bias is None:
            raise ValueError("the model has not learnt anything: call fit or load first")
        scores = np.asarray(self._features(texts, vectors) @ self._weights) + self._bias
        scores -= scores.max(axis=1, keepdims=True)
        raised = np.exp(scores)
        shares: NDArray[np.float32] = raised / raised.sum(axis=1, keepdims=True)
        return shares

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
        )

    @classmethod
    def load(cls, path: Path) -> "LinearTextModel":
        """Read what `save` wrote.

        Raises:
            OSError, ValueError: the file is missing or is no such model.
        """
        with np.load(path, allow_pickle=False) as stored:
            model = cls(spelling=float(stored["spelling"]))
            model.labels = [str(label) for label in stored["labels"]]
            model._weights = stored["weights"]
            model._bias = stored["bias"]
        return model

    def _features(self, texts: list[str], vectors: Vectors) -> Any:
        spelling = self._hasher.transform(texts).astype(np.float32) * self._spelling
        return sparse.hstack([sparse.csr_matrix(vectors), spelling], format="csr")
