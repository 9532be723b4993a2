"""The pretrained recogniser that the reader begins with, out of RapidOCR's wheel."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

WHEEL = "rapidocr-3.10.0-py3-none-any.whl"
FILE = "rapidocr/models/PP-OCRv6_rec_small.onnx"
SHA256 = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"
SMALLEST = 24  # numbers of a weight; shorter constants are shapes

Floats = NDArray[np.float32]


class WrongBase(ValueError):
    """The wheel does not hold the network that is expected; the message says what it has instead."""


@dataclass(frozen=True)
class Base:
    """``characters`` of the classes from 1, the space last; ``weights`` in the order of computing: of each layer its
    weight and its bias, convolutions as [out, in, h, w], linear layers as [out, in], normalisations folded or [width]."""

    characters: list[str]
    weights: list[Floats]


def read_base(wheel: Path) -> Base:
    """The recogniser in a wheel that ``pip download --no-deps rapidocr==3.10.0`` brings."""
    model = onnx.load_from_string(content_of(wheel))
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    return Base([*metadata["character"].split("\n"), " "], weights_of(model.graph))


def content_of(wheel: Path, file: str = FILE, sha256: str = SHA256) -> bytes:
    """A file of the wheel, its hash checked."""
    fetch = f"pip download --no-deps {WHEEL.split('-')[0]}=={WHEEL.split('-')[1]}"
    try:
        with zipfile.ZipFile(wheel) as archive:
            content = archive.read(file)
    except FileNotFoundError:
        raise WrongBase(f"There is no {wheel}: {fetch}") from None
    except zipfile.BadZipFile:
        raise WrongBase(f"{wheel} is no wheel: {fetch}") from None
    except KeyError:
        raise WrongBase(f"{wheel} has no {file}: it must be {WHEEL} ({fetch})") from None
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise WrongBase(f"{file} in {wheel} has the SHA-256 {found}, not {sha256}: it must be {WHEEL} ({fetch})")
    return content


def weights_of(graph: onnx.GraphProto) -> list[Floats]:
    """Weights in the order in which the graph uses them. Batch normalisations are folded into the convolutions before them."""
    known = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found: list[Floats] = []
    for node in graph.node:
        given = [known[name] for name in node.input if name in known and known[name].size >= SMALLEST]
        if node.op_type == "BatchNormalization":
            scale, shift, mean, variance = given
            epsilon = next(a.f for a in node.attribute if a.name == "epsilon")
            found += folded(found.pop(), scale, shift, mean, variance, epsilon)
        elif node.op_type == "MatMul":
            found += [weight.T for weight in given]
        elif node.op_type == "Add":
            found += [bias.reshape(-1) for bias in given]
        else:
            found += given
    return found


def folded(weight: Floats, scale: Floats, shift: Floats, mean: Floats, variance: Floats, epsilon: float) -> list[Floats]:
    """A convolution's weight and bias that do what it and the normalisation after it did."""
    factor = scale / np.sqrt(variance + epsilon)
    return [weight * factor.reshape(-1, 1, 1, 1), shift - mean * factor]
