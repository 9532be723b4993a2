"""The pretrained detector out of RapidOCR's wheel, for pages of one channel."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from onnx import numpy_helper, version_converter
from onnxruntime.quantization.shape_inference import quant_pre_process

from ..reader.base import content_of

FILE = "rapidocr/models/PP-OCRv6_det_small.onnx"
SHA256 = "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f"
OPSET = 20  # the first that has GELU as one operator
MEAN = np.array([0.485, 0.456, 0.406], np.float32)  # of the pictures that it was trained on, 0 for black to 1 for white
DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)


def grey_detector(wheel: Path) -> onnx.ModelProto:
    """``page`` [1, 1, height, width], −1 for black to 1 for white, sides in multiples of 32, to ``probabilities`` of the same
    shape: of every pixel, that it is in the middle of a line. Raises ``WrongBase`` for a wheel without the network."""
    model = folded(onnx.load_from_string(content_of(wheel, FILE, SHA256)))
    take_grey(model.graph)
    rename(model.graph, "page", "probabilities")
    onnx.checker.check_model(model)
    return model


def folded(model: onnx.ModelProto) -> onnx.ModelProto:
    """Biases in their convolutions, activations as single operators."""
    with TemporaryDirectory() as scratch:
        before, after = Path(scratch) / "before.onnx", Path(scratch) / "after.onnx"
        onnx.save(version_converter.convert_version(model, OPSET), before)
        quant_pre_process(before, after, skip_symbolic_shape=True)
        return onnx.load(after)


def take_grey(graph: onnx.GraphProto) -> None:
    """The first convolution of three equal channels, each less its mean and by its deviation, becomes one of grey. The same
    numbers everywhere but at the rim, around which the network now sees grey."""
    known = {tensor.name: tensor for tensor in graph.initializer}
    first = next(node for node in graph.node if node.op_type == "Conv")
    weight, bias = (numpy_helper.to_array(known[name]) for name in first.input[1:])
    scale, shift = 0.5 / DEVIATION, (0.5 - MEAN) / DEVIATION
    grey = np.einsum("ochw,c->ohw", weight, scale)[:, None].astype(np.float32)
    moved = (bias + np.einsum("ochw,c->o", weight, shift)).astype(np.float32)
    for name, value in zip(first.input[1:], (grey, moved), strict=True):
        known[name].CopyFrom(numpy_helper.from_array(value, name))


def rename(graph: onnx.GraphProto, page: str, probabilities: str) -> None:
    """Names of what goes in and comes out, and their shapes; what was told of the shapes between them no longer holds."""
    names = {graph.input[0].name: page, graph.output[0].name: probabilities}
    for node in graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
        node.output[:] = [names.get(name, name) for name in node.output]
    del graph.value_info[:]
    for value in (graph.input[0], graph.output[0]):
        value.name = names[value.name]
        value.CopyFrom(onnx.helper.make_tensor_value_info(value.name, onnx.TensorProto.FLOAT, [1, 1, "height", "width"]))
