"""What tuning promises: it learns a user's pages, keeps seeing made-up ones, holds folds out, and writes models that are the network."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("faker")
pytest.importorskip("onnx")

import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from parallax_training.document.examples import UNKNOWN, Example
from parallax_training.document.model import Asker, Shape
from parallax_training.document.own import folds_of, own_pages
from parallax_training.document.questions import NAME, TITLE, TYPES
from parallax_training.document.reweight import arrays, reweight
from parallax_training.document.tune import Tuning, made_up, steps_of, tuned, weights_of

SMALL = Shape(embedding=16, width=32, heads=2, layers=1, inner=32, hidden=16)
QUICK = Tuning(steps=30, own=2, replay=2, drawn=6, longest=120, rate=3e-3)


def a_row(down: float, *words: str) -> list[dict[str, object]]:
    return [{"text": word, "box": [0.1 + 0.12 * i, down, 0.2 + 0.12 * i, down + 0.02]} for i, word in enumerate(words)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six slips that print their number after a caption nobody has heard of."""
    questions = [
        {"phrases": [["title", "Order number"], ["name", "order"]], "type": "string", "column": False},
        {"phrases": [["name", "weight"]], "type": "number", "column": False},
    ]
    (tmp_path / "questions.json").write_text(json.dumps(questions))
    pages = [
        {
            "fold": number % 3,
            "rows": [a_row(0.1, "Frobnicate", "Ltd"), a_row(0.2, "Zork:", f"A{number}77"), a_row(0.3, "Page", "1")],
            "answers": [{"question": 0, "runs": [[3]]}, {"question": 1, "runs": []}],
        }
        for number in range(6)
    ]
    (tmp_path / "pages.jsonl").write_text("".join(f"{json.dumps(page)}\n" for page in pages))
    return tmp_path


@pytest.fixture
def replay() -> list[Example]:
    return made_up(QUICK)


def test_a_users_pages_are_read_as_they_were_written(folder: Path):
    pages = own_pages(folder)
    assert len(pages) == 6 and folds_of(pages) == [0, 1, 2]
    one = pages[4].example
    assert one.words.texts == ["Frobnicate", "Ltd", "Zork:", "A477", "Page", "1"]
    assert one.words.rows.tolist() == [0, 0, 1, 1, 2, 2]
    assert one.questions[0].phrases == ((TITLE, "Order number"), (NAME, "order")) and TYPES[one.questions[1].type] == "number"
    assert one.answers == [[[3]], []]
    assert set(one.goes_right.tolist()) == {UNKNOWN}


def test_half_of_every_step_is_made_up(folder: Path, replay: list[Example]):
    own = [page.example for page in own_pages(folder)]
    steps = list(islice(steps_of(own, replay, QUICK, Random(1)), 6))
    for users, others in steps:
        assert len(users) == len(others) == 2
        assert all(any(page is one for one in own) for page in users)
        assert all(any(page is one for one in replay) for page in others)
    seen = [sum(page is one for users, _ in steps for page in users) for one in own]
    assert seen == [2] * 6


def test_it_learns_what_the_pages_call_a_field(folder: Path, replay: list[Example], capsys: pytest.CaptureFixture[str]):
    own = [page.example for page in own_pages(folder)]
    torch.manual_seed(3)
    begin = Asker(SMALL).state_dict()
    network, losses = tuned(begin, SMALL, own, replay, QUICK, "all")
    assert np.mean(losses[-5:]) < 0.7 * np.mean(losses[:5])
    assert not network.training
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told[-1] == {"network": "all", "step": 30, "steps": 30, "loss": round(losses[-1], 4)}


def test_weights_may_be_stored_in_half_precision(tmp_path: Path):
    state = Asker(SMALL).state_dict()
    torch.save({name: value.half() for name, value in state.items()}, tmp_path / "weights.pt")
    read = weights_of(tmp_path / "weights.pt")
    assert {value.dtype for value in read.values()} == {torch.float32}
    assert torch.equal(read["looks.bias"], state["looks.bias"].half().float())


def constant(name: str, value: np.ndarray) -> TensorProto:
    return numpy_helper.from_array(value, name)


def graph_of(*constants: TensorProto) -> onnx.ModelProto:
    return helper.make_model(helper.make_graph([], "g", [], [], list(constants)))


def test_weights_take_the_place_of_those_that_a_graph_holds_turned_halved_or_one_by_one():
    rng = np.random.default_rng(1)
    before = {name: rng.normal(size=size).astype(np.float32) for name, size in {"w": (3, 4), "b": (12,), "sharp": (2,)}.items()}
    after = {name: value + 1 for name, value in before.items()}
    held = before["w"].T.astype(np.float16), before["b"], before["sharp"][0], before["sharp"][1]
    graph = graph_of(*(constant(f"c{i}", np.asarray(value)) for i, value in enumerate(held)))
    reweight(graph, before, after)
    w, b, first, second = (numpy_helper.to_array(one) for one in graph.graph.initializer)
    np.testing.assert_array_equal(w, after["w"].T.astype(np.float16))
    np.testing.assert_array_equal(b, after["b"])
    np.testing.assert_array_equal([first, second], after["sharp"])


def test_weights_of_another_network_are_refused():
    with pytest.raises(ValueError, match="those of another network"):
        reweight(graph_of(constant("c", np.ones((3, 4), np.float32))), {"w": np.zeros((3, 4), np.float32)}, {"w": np.ones((3, 4), np.float32)})


def test_the_published_model_holds_every_weight_of_its_network():
    folder = sorted((Path(__file__).resolve().parents[2] / "models" / "document").iterdir())[-1]
    if not (folder / "weights.pt").exists():
        pytest.skip(f"{folder} has no weights.pt")
    weights = weights_of(folder / "weights.pt")
    moved = {name: value * 1.5 + 0.01 if value.is_floating_point() else value for name, value in weights.items()}
    reweight(onnx.load(folder / "model.onnx"), arrays(weights), arrays(moved))
