"""Published networks in 8 bits compute the same on processors with VNNI and without."""

from pathlib import Path

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")

MODELS = Path(__file__).parents[2] / "models"
SEVEN_BITS = 64

networks = sorted(path for path in MODELS.glob("*/*/*.onnx"))


def weights_in_bytes(path: Path) -> dict[str, np.ndarray]:
    """Constants of a network that are bytes with a sign: its quantised weights."""
    graph = onnx.load(path).graph
    return {t.name: onnx.numpy_helper.to_array(t) for t in graph.initializer if t.data_type == onnx.TensorProto.INT8 and t.dims}


@pytest.mark.parametrize("path", networks, ids=lambda path: "/".join(path.parts[-3:]))
def test_weights_have_seven_bits(path: Path) -> None:
    largest = {name: int(np.abs(values.astype(int)).max()) for name, values in weights_in_bytes(path).items() if values.size}
    assert {name: most for name, most in largest.items() if most > SEVEN_BITS} == {}


def test_some_networks_are_in_bytes() -> None:
    assert sum(bool(weights_in_bytes(path)) for path in networks) >= 3
