"""What all exports of networks do alike: weights in half precision, and the hashes of a manifest."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HALVED_FROM = 256  # numbers from which a constant is stored in half precision


def halve(graph: onnx.GraphProto) -> None:
    """Large constants in half precision, each followed by a cast that the runtime folds away."""
    casts = []
    for tensor in graph.initializer:
        if tensor.data_type == TensorProto.FLOAT and np.prod(tensor.dims) >= HALVED_FROM:
            name, half = tensor.name, numpy_helper.to_array(tensor).astype(np.float16)
            tensor.CopyFrom(numpy_helper.from_array(half, f"{name}.half"))
            casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:], graph.value_info[:]
    graph.node.extend(nodes)


def fingerprint(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
