"""A published model with other weights of the same network: its graph stays, so that nothing has to be traced and exported anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, numpy_helper
from torch import Tensor

from ..onnx_files import fingerprint
from .export import golden_of, golden_pages
from .model import Asker

Arrays = Mapping[str, NDArray[np.float32]]


def write_tuned(network: Asker, begin: Mapping[str, Tensor], model: Path, out: Path, told: dict[str, Any], golden: bool) -> None:
    """A model folder like ``model``, whose weights were ``begin``, with those of the network."""
    out.mkdir(parents=True, exist_ok=True)
    graph = onnx.load(model / "model.onnx")
    reweight(graph, arrays(begin), arrays(network.state_dict()))
    onnx.save(graph, out / "model.onnx")
    files = ["model.onnx"]
    if golden:
        page = {"pages": [golden_of(network, page) for page in golden_pages()[:1]]}
        (out / "golden.json").write_text(json.dumps(page, ensure_ascii=False) + "\n")
        files.append("golden.json")
    manifest = json.loads((model / "manifest.json").read_text())
    manifest |= {"files": {name: fingerprint(out / name) for name in files}, "training": manifest["training"] | told, "metrics": {}}
    (out / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")


def arrays(weights: Mapping[str, Tensor]) -> Arrays:
    return {name: value.detach().numpy() for name, value in weights.items()}


def reweight(graph: onnx.ModelProto, before: Arrays, after: Arrays) -> None:
    """Put ``after`` in the place of each constant that is one of ``before``, as it is, turned or a single number of it.

    ``ValueError`` where a weight that has changed is none of the graph's constants: these are not what the model was exported from.
    """
    constants = {tensor.name: tensor for tensor in graph.graph.initializer if tensor.data_type in (TensorProto.FLOAT, TensorProto.FLOAT16)}
    for name, old in before.items():
        if np.array_equal(old, after[name]):
            continue
        places = [(tensor, turned) for tensor in constants.values() if (turned := is_of(numpy_helper.to_array(tensor), old)) is not None]
        if not places and old.ndim == 1 and old.size < 8:
            put_numbers(constants, old, after[name], name)
            continue
        if not places:
            raise ValueError(f"{name} is not in the model: its weights are those of another network.")
        for tensor, turned in places:
            put(tensor, after[name].T if turned else after[name])
            del constants[tensor.name]


def is_of(constant: NDArray[Any], weight: NDArray[np.float32]) -> bool | None:
    """Whether a constant is a weight: False as it is, True turned, None if not. Either may have been stored in half precision."""
    for turned, one in ((False, weight), (True, weight.T)):
        if constant.shape == one.shape and constant.size > 1 and same(constant, one):
            return turned
    return False if constant.shape == weight.shape and same(constant, weight) else None


def same(a: NDArray[Any], b: NDArray[Any]) -> bool:
    return bool(np.array_equal(a.astype(np.float16), b.astype(np.float16)))


def put_numbers(constants: Mapping[str, TensorProto], old: NDArray[np.float32], new: NDArray[np.float32], name: str) -> None:
    """A few numbers that the graph has one by one."""
    for one, other in zip(old, new, strict=True):
        places = [tensor for tensor in constants.values() if not tensor.dims and same(numpy_helper.to_array(tensor), one)]
        if len(places) != 1:
            raise ValueError(f"{name} is not in the model: its weights are those of another network.")
        put(places[0], other)


def put(tensor: TensorProto, value: NDArray[np.float32]) -> None:
    kind = np.float16 if tensor.data_type == TensorProto.FLOAT16 else np.float32
    tensor.CopyFrom(numpy_helper.from_array(np.array(value, dtype=kind, order="C"), tensor.name))
