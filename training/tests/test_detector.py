"""What the detector's graph, regions and figures promise, on networks and pages small enough to check by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
pytest.importorskip("cv2")

import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from parallax_training.detector.base import DEVIATION, MEAN, grey_detector, rename, take_grey
from parallax_training.detector.card import card_of
from parallax_training.detector.evaluate import Report, judge, regions_of
from parallax_training.detector.pages import MULTIPLE, SCALE, box_of, shown, shrunk
from parallax_training.reader.base import WrongBase

WHEEL = Path(__file__).parents[1] / "out" / "rapidocr-3.10.0-py3-none-any.whl"


def test_one_grey_channel_gives_the_numbers_of_three_equal_ones() -> None:
    rng = np.random.default_rng(3)
    weight, bias = rng.normal(size=(5, 3, 3, 3)).astype(np.float32), rng.normal(size=5).astype(np.float32)
    graph = helper.make_graph(
        [helper.make_node("Conv", ["x", "w", "b"], ["y"], pads=[1, 1, 1, 1])], "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, "h", "v"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 5, "h", "v"])],
        [numpy_helper.from_array(weight, "w"), numpy_helper.from_array(bias, "b")],
    )  # fmt: skip
    picture = rng.integers(0, 256, (12, 17)).astype(np.uint8)
    three = ((picture / 255 - MEAN[:, None, None]) / DEVIATION[:, None, None])[None].astype(np.float32)
    expected = answer(graph, {"x": three})
    take_grey(graph)
    graph.input[0].type.tensor_type.shape.dim[1].dim_value = 1
    np.testing.assert_allclose(answer(graph, {"x": shown(picture)})[..., 1:-1, 1:-1], expected[..., 1:-1, 1:-1], atol=1e-4)


def answer(graph, feeds):  # type: ignore[no-untyped-def]
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    return onnxruntime.InferenceSession(model.SerializeToString()).run(None, feeds)[0]


def test_names_change_wherever_they_are_used() -> None:
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "x"], ["z"]), helper.make_node("Mul", ["z", "x"], ["y"])], "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])], [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])],
    )  # fmt: skip
    rename(graph, "page", "probabilities")
    page = np.full((1, 1, 2, 3), 3, np.float32)
    np.testing.assert_array_equal(answer(graph, {"page": page}), 18)


def test_a_missing_wheel_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongBase, match="There is no"):
        grey_detector(tmp_path / "none.whl")


@pytest.mark.skipif(not WHEEL.exists(), reason="needs RapidOCR's wheel")
def test_the_published_detector_finds_a_bar_of_print() -> None:
    picture = np.full((96, 320), 255, np.uint8)
    picture[40:52, 40:280:6] = 0
    network = onnxruntime.InferenceSession(grey_detector(WHEEL).SerializeToString())
    probabilities = network.run(["probabilities"], {"page": shown(picture)})[0][0, 0]
    assert probabilities[46, 60:260].mean() > 0.5 and probabilities[:20].max() < 0.3


def test_pictures_are_shrunk_to_sides_that_can_be_halved() -> None:
    small = shrunk(np.full((1000, 700), 200, np.uint8))
    assert all(side % MULTIPLE == 0 for side in small.shape)
    assert abs(small.shape[0] - 1000 * SCALE) <= MULTIPLE / 2 and (small == 200).all()


def test_a_box_is_as_high_as_the_middles_of_its_ends() -> None:
    assert box_of(np.array([[10, 20], [50, 24], [50, 44], [10, 40]], np.float64)) == (10, 22, 50, 42)


def test_marks_become_regions_where_they_are_sure_and_large() -> None:
    map_ = np.zeros((60, 100), np.float32)
    map_[10:14, 20:60] = 0.9
    map_[30:34, 20:60] = 0.4  # not sure
    map_[50:52, 20:22] = 0.9  # a speck
    marked, grown = regions_of(map_)
    by = 40 * 4 / (2 * 44)
    np.testing.assert_allclose(marked, [[20, 10, 60, 14]])
    np.testing.assert_allclose(grown, [[20 - by, 10 - by, 60 + 1.25 * by, 14 + 1.25 * by]])


LINES = np.array([[10, 10, 110, 20], [10, 30, 110, 40], [10, 50, 110, 60]], np.float64)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ([[10, 13, 110, 17]], Report(3, 1, found=1)),
        ([[10, 13, 58, 17], [60, 13, 110, 17]], Report(3, 2, found=1, split=1)),
        ([[10, 13, 70, 17]], Report(3, 1)),
        ([[10, 12, 110, 38]], Report(3, 1, found=2, merged=1)),
        ([[10, 80, 110, 84]], Report(3, 1, idle=1)),
        ([], Report(3)),
    ],
)
def test_lines_are_found_split_merged_or_missed(marked: list[list[float]], expected: Report) -> None:
    boxes = np.array(marked, np.float64).reshape(-1, 4)
    assert judge(LINES, boxes, boxes + np.array([-3, -3, 3, 3])) == expected


def test_reports_add_up() -> None:
    assert Report(1, 2, 3, 4, 5, 6) + Report(10, 20, 30, 40, 50, 60) == Report(11, 22, 33, 44, 55, 66)


def test_the_card_says_what_was_measured() -> None:
    card = card_of(
        {
            "name": "line-detector", "version": "9", "picture": {"scale": 0.6, "mostSide": 2400, "multiple": 32},
            "base": {"wheel": "some.whl"},
            "metrics": {"pages": 7, "networks": {"in 8 bits": vars(Report(200, 100, found=190, split=3, merged=2, idle=1))}},
        }
    )  # fmt: skip
    assert card.startswith("# line-detector 9\n") and "On 7 scanned receipts" in card
    assert "| in 8 bits | 200 | 95.00% | 1.50% | 100 | 2.00% | 1.00% |" in card
