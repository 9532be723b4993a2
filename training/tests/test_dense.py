"""What the direct model's data, losses and export promise, on pages small enough to check by hand."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from parallax_training.dense.alphabet import BLANK, CLASS, CLASSES, decode, encode
from parallax_training.dense.augment import augment, plain
from parallax_training.dense.batches import Batch, Picture, Stream, batch_of, readable, vocabulary_of
from parallax_training.dense.config import load
from parallax_training.dense.export import NETWORKS, inputs_of, write_networks
from parallax_training.dense.fine_tune import begin
from parallax_training.dense.loss import finding, folded, tuning
from parallax_training.dense.model import Dense, Shape
from parallax_training.dense.pages import Page, from_submitted
from parallax_training.dense.pairs import Pair, marks_of, page_of, read_pairs
from parallax_training.dense.quantise import picture_of, quantise
from parallax_training.dense.segments import Segment, segments_of
from parallax_training.dense.targets import CELL_ACROSS, CELL_DOWN, EXTENT, FINE, FRAMES, IGNORED, MARGIN, frames_of, maps_of, words_of
from parallax_training.dense.train import Run
from parallax_training.tagger.align import NOTHING, UNTOLD, Line, Mark
from parallax_training.tagger.labels import LABELS, TAGS
from parallax_training.tagger.model import Shape as TaggerShape

NAMING = TaggerShape(width=24, heads=2, layers=1, inner=32, character=8, filters=16)
SMALL = Shape(stem=4, fine=8, middle=8, coarse=8, joined=8, reading=16, spelling=16, tagger=NAMING)
PUBLISHED = Path(__file__).parents[2] / "models" / "receipt-dense" / "1"
INTEGERS = ("stretches", "chars")
TOTAL = Mark(LABELS.index("TOTAL"), "/total")
NONE = Mark(NOTHING)


def line(text: str, left: float, top: float, right: float, bottom: float, mark: Mark = NONE) -> Line:
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float64)
    return Line(text, corners, [mark] * len(text))


LINES = [line("TOTAL", 0.1, 0.5, 0.35, 0.6), line("9.00", 0.7, 0.5, 0.9, 0.6, TOTAL), line("Shop", 0.1, 0.1, 0.3, 0.2)]
WHOLE = np.array([[1.0, 0, 0], [0, 1, 0]])


@pytest.fixture
def page(tmp_path: Path) -> Page:
    image = np.full((200, 200), 255, np.uint8)
    for text, x, y in (("TOTAL", 20, 119), ("9.00", 140, 119), ("Shop", 20, 39)):
        cv2.putText(image, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.6, 0, 1)
    cv2.imwrite(str(tmp_path / "a.png"), image)
    (tmp_path / "a.json").write_text(json.dumps({"width": 200, "height": 200, "toSubmitted": [1, 0, 0, 1, 0, 0]}))
    return Page(tmp_path / "a.png", LINES, True)


def test_texts_and_classes_go_both_ways() -> None:
    classes = [BLANK, *(spelt for c in encode("Café 1.00") for spelt in (c, c, BLANK))]
    assert decode(classes) == "Café 1.00"
    assert encode("漢A") == [CLASS["A"]]


def test_texts_that_nearly_touch_are_read_together_and_others_apart() -> None:
    parts = [line("Tel ", 0.1, 0.1, 0.2, 0.15), line("555", 0.21, 0.1, 0.3, 0.15), line("x", 0.8, 0.1, 0.83, 0.15)]
    found = segments_of(parts, WHOLE, (200, 200))
    assert sorted(s.text for s in found) == ["Tel 555", "x"]
    joined = next(s for s in found if s.text == "Tel 555")
    assert len(joined.edges) == len(joined.text) + 1
    assert (np.diff(joined.edges) >= 0).all() and joined.edges[-1] == pytest.approx(joined.length)


def test_what_stands_outside_the_page_is_left_out() -> None:
    assert segments_of([line("gone", 1.1, 0.1, 1.3, 0.2)], WHOLE, (200, 200)) == []


def test_submitted_fractions_lead_back_to_the_page() -> None:
    back = from_submitted([0.5, 0, 0, 0.5, 0.25, 0.25])
    assert back @ [0.5, 0.25, 1] == pytest.approx([0.5, 0])


def test_maps_say_where_lines_run_and_what_stands_there() -> None:
    maps = maps_of(segments_of(LINES, WHOLE, (200, 200)), 200, 200)
    row, inside, beside = 110 // CELL_DOWN, 160 // CELL_ACROSS, 112 // CELL_ACROSS
    assert maps.core[row, inside] == 1 and maps.core[row, beside] == 0
    assert maps.fields[row, inside] == 1 + LABELS.index("TOTAL")
    assert maps.fields[row, 40 // CELL_ACROSS] == 0
    assert maps.fields[row, beside] == IGNORED
    above, below = maps.extent[:, row, inside] * EXTENT
    assert above + below == pytest.approx(20)
    assert (row + 0.5) * CELL_DOWN - above == pytest.approx(100)


def test_frames_run_along_a_line_with_margins() -> None:
    frames = frames_of(np.array([20.0, 50.0]), np.array([120.0, 50.0]), 18.0)
    middle = frames.points.mean(axis=0)
    assert frames.step == pytest.approx(18 / FRAMES)
    assert middle[0, 0] < 20 and middle[-1, 0] > 120 and np.allclose(middle[:, 1], 50)
    assert middle[0, 0] == pytest.approx(20 - MARGIN * 18 + frames.step / 2)
    assert frames.points[0, 0, 1] < 50 < frames.points[-1, 0, 1]


def test_words_know_their_place_on_their_line() -> None:
    segments = segments_of([line("TOTAL DUE", 0.1, 0.5, 0.55, 0.6), LINES[1]], WHOLE, (200, 200))
    words = words_of(segments, frozenset(), NONE)
    assert words.example.words.texts == ["TOTAL", "DUE", "9.00"]
    assert words.stretches[1] == pytest.approx([60, 90])
    assert [TAGS[t] for t in words.example.tags] == ["O", "O", "B-TOTAL"]


def test_a_line_is_readable_when_its_characters_fit_its_frames() -> None:
    assert readable(np.array([1, 2, 3]), 2)
    assert not readable(np.array([1, 1, 1]), 2)
    assert not readable(np.array([], dtype=np.int64), 2)


def batch(page: Page) -> Batch:
    return batch_of([Picture(*plain(page), page), Picture(*augment(page, Random(2)), page)], vocabulary_of([page]), Random(1))


def test_a_batch_points_into_its_pictures(page: Page) -> None:
    made = batch(page)
    assert made.images.shape[0] == 2 and made.images.shape[2] % 32 == 0
    assert len(made.present) == sum(made.frames)
    for first, count in made.lines.tolist():
        assert made.present[first : first + count].all() and not made.present[first + count]
    places = made.points[0, :, : made.frames[0]][:, made.present[: made.frames[0]]]
    assert (places.abs() <= 1.1).all()
    ink = torch.nn.functional.grid_sample(made.images[:1], made.points[:1], align_corners=False)[0, 0]
    assert ink[:, : made.frames[0]][:, made.present[: made.frames[0]]].mean() > 2 * made.images[0].mean()


def test_words_of_a_batch_look_at_their_own_readings(page: Page) -> None:
    made = batch(page)
    first = made.words.present[0].nonzero().flatten()
    stretches = made.stretches[0, first]
    assert ((stretches[:, 1] > stretches[:, 0]) & (stretches[:, 1] <= FINE * made.frames[0])).all()


def test_reading_forgives_case_only_where_the_transcript_has_none() -> None:
    logits = torch.full((2, CLASSES), -20.0)
    logits[0, CLASS["a"]] = logits[1, BLANK] = 20.0
    log_p = logits.log_softmax(dim=-1)
    assert log_p[0, CLASS["A"]] < -10
    assert folded(log_p)[0, CLASS["A"]] == pytest.approx(0, abs=1e-3)


def test_what_the_truth_does_not_tell_costs_nothing(page: Page) -> None:
    made = batch(page)
    model = Dense(SMALL)
    _, _, *maps = model.look(made.images)
    fields = maps[2].detach().clone().requires_grad_()
    finding(maps[0].detach(), maps[1].detach(), fields, made).backward()
    told = (made.fields != IGNORED).unsqueeze(1).expand_as(fields)
    assert (fields.grad[~told] == 0).all() and (fields.grad[told] != 0).any()


def config(tmp_path: Path, extra: str = "") -> Path:
    path = tmp_path / "run.toml"
    path.write_text(f'[data]\nreceipts = "x"\nreceipt_pages = "x"\n[weights]\nextract = 1.0\n[course]\nthreads = 1\n{extra}')
    return path


def test_a_wrong_key_of_a_configuration_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        load(config(tmp_path, "stepz = 3\n"))


def test_learning_lowers_every_loss(page: Page, tmp_path: Path) -> None:
    torch.manual_seed(1)
    run = Run(load(config(tmp_path, "warm_up = 1\nrate = 3e-3\n")), tmp_path)
    run.model, run.mean = Dense(SMALL), Dense(SMALL)
    run.optimizer = torch.optim.AdamW([{"params": list(run.model.parameters()), "share": 1.0}])
    made = batch(page)
    before = run.learn(made)
    for _ in range(40):
        after = run.learn(made)
    assert all(after[name] < 0.9 * before[name] for name in before)


def test_a_stream_goes_on_where_it_was_cut(page: Page) -> None:
    whole = iter(Stream([page], [], 0.0, 2, 7, 0))
    next(whole)
    second, again = next(whole), next(iter(Stream([page], [], 0.0, 2, 7, 1)))
    assert torch.equal(second.images, again.images)


def test_onnx_and_pytorch_agree(tmp_path: Path) -> None:
    runtime = pytest.importorskip("onnxruntime")
    pytest.importorskip("onnxscript")
    torch.manual_seed(3)
    model = Dense(SMALL).eval()
    write_networks(model, tmp_path)
    with torch.inference_mode():
        for name, given in inputs_of(model).items():
            part, inputs, _ = NETWORKS[name]
            expected = part(model).eval()(*given)
            session = runtime.InferenceSession(tmp_path / f"{name}.onnx")
            made = session.run(None, {k: v.numpy() for k, v in zip(inputs, given, strict=True)})
            for a, b in zip(expected, made, strict=True):
                np.testing.assert_allclose(a.numpy(), b, atol=2e-2)


def test_the_published_weights_make_what_the_published_networks_do() -> None:
    weights = torch.load(PUBLISHED / "weights.pt", weights_only=True)
    model = Dense(Shape()).eval()
    model.load_state_dict({name: value.float() if value.is_floating_point() else value for name, value in weights.items()})
    golden = json.loads((PUBLISHED / "golden.json").read_text())
    for name, (part, inputs, outputs) in NETWORKS.items():
        given = [tensor_of(golden[name]["inputs"][key], torch.long if key in INTEGERS else torch.float32) for key in inputs]
        with torch.inference_mode():
            made = dict(zip(outputs, part(model).eval()(*given), strict=True))
        for key, value in golden[name]["outputs"].items():
            expected = tensor_of(value, torch.float32)
            # The networks compute in 8 bits.
            assert (made[key] - expected).abs().mean() < 0.005 + 0.15 * expected.abs().mean(), (name, key)


def tensor_of(value: dict[str, list], kind: torch.dtype) -> torch.Tensor:
    return torch.tensor(value["data"], dtype=kind).reshape(value["shape"])


def test_networks_in_8_bits_make_nearly_the_same(tmp_path: Path, page: Page) -> None:
    runtime = pytest.importorskip("onnxruntime")
    pytest.importorskip("onnxscript")
    torch.manual_seed(3)
    write_networks(Dense(SMALL).eval(), tmp_path)
    image, places = picture_of(page)

    def run() -> dict[str, np.ndarray]:
        look, read = (runtime.InferenceSession(tmp_path / f"{name}.onnx") for name in ("look", "read"))
        fine, joined, core, *_ = look.run(None, image)
        return {"core": core, "probabilities": read.run(None, {"fine": fine, "joined": joined, **places})[1]}

    before = run()
    quantise(tmp_path, [page, page])
    for name, values in run().items():
        assert np.abs(values - before[name]).mean() < 0.01


def test_alike_marks_are_untold_until_known() -> None:
    segment = Segment("9.00", np.zeros(2), np.array([40.0, 0]), 18.0, np.linspace(0, 40, 5), [Mark(UNTOLD)] * 4)
    maps = maps_of([segment], 64, 64)
    assert (maps.fields == IGNORED).all() and (maps.weights == 0).all()


PRINTED = ["KEDAI", "MAJU", "2", "MAR", "2018", "TEH", "TARIK", "1", "2.00", "ROTI", "1", "3.50", "TOTAL", "5.50", "CASH", "5.50"]
TRUE = {
    "merchant": {"name": "Kedai Maju"}, "date": "2018-03-02", "total": 5.5,
    "items": [{"description": "TEH TARIK", "amount": 2.0}, {"description": "ROTI", "amount": 3.5}],
}


def test_values_without_boxes_are_found_on_the_words() -> None:
    page = " ".join(PRINTED) + " "
    rows = np.repeat(np.arange(len(PRINTED)) // 2, [len(t) + 1 for t in PRINTED])
    marks = marks_of(TRUE, page, rows)
    def printed(name: str) -> str:
        return "".join(c for c, mark in zip(page, marks, strict=True) if mark.label == LABELS.index(name))
    assert printed("MERCHANT_NAME") == "KEDAI MAJU" and printed("DATE") == "2 MAR 2018"
    assert printed("ITEM_DESCRIPTION") == "TEH TARIKROTI" and printed("TOTAL") == "5.505.50"
    assert printed("ITEM_AMOUNT") == "2.003.50"
    totals = [m for m in marks if m.label == LABELS.index("TOTAL")]
    assert not any(m.certain for m in totals)


def test_pairs_are_read_in_the_layout_of_donut(tmp_path: Path) -> None:
    line = {"file_name": "a.jpg", "ground_truth": json.dumps({"gt_parse": TRUE})}
    (tmp_path / "metadata.jsonl").write_text(json.dumps(line) + "\n\n")
    [pair] = read_pairs(tmp_path)
    assert pair.image == tmp_path / "a.jpg" and pair.truth == TRUE
    (tmp_path / "metadata.jsonl").write_text('{"file_name": "a.jpg"}\n')
    with pytest.raises(ValueError, match="line 1"):
        read_pairs(tmp_path)


@pytest.mark.usefixtures("page")
def test_a_pair_is_a_page_whose_words_stand_where_they_were_read(tmp_path: Path) -> None:
    words = [{"text": "TOTAL", "box": [0, 0, 1, 1], "submitted": [0.1, 0.5, 0.35, 0.6], "confidence": 1},
             {"text": "9.00", "box": [0, 0, 1, 1], "submitted": [0.7, 0.5, 0.9, 0.6], "confidence": 1}]
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "a.json").write_text(json.dumps({"pages": [{"width": 200, "height": 200, "rows": [words]}]}))
    made = page_of(Pair(tmp_path / "a.jpg", {"total": 9.0, "tax": 77.0}), tmp_path, tmp_path / "words")
    assert made is not None and made.forbidden == {"TOTAL"}
    assert made is not None and sorted(s.text for s in made.segments) == ["9.00", "TOTAL"]
    amount = next(s for s in made.segments if s.text == "9.00")
    assert all(LABELS[m.label] == "TOTAL" for m in amount.marks)


def test_learning_goes_on_from_a_published_model(tmp_path: Path) -> None:
    model = Dense(SMALL).eval()
    torch.save({k: v.half() if v.is_floating_point() else v for k, v in model.state_dict().items()}, tmp_path / "weights.pt")
    run = Run(load(config(tmp_path)), tmp_path)
    run.model, run.mean = Dense(SMALL), Dense(SMALL)
    begin(run, tmp_path)
    for a, b in zip(model.parameters(), run.mean.parameters(), strict=True):
        assert torch.allclose(a, b, atol=1e-3)


def test_the_course_of_a_run_is_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    from parallax_training.dense.plot import plot

    lines = [{"real": 1}, *({"step": s, "find": 1 / s, "read": 2 / s, "rate": 1e-3} for s in (25, 50, 75))]
    (tmp_path / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    picture = cv2.imread(str(plot(tmp_path)))
    assert picture is not None and picture.std() > 0


def test_fields_are_expected_right_when_they_are_read_and_named_right(page: Page) -> None:
    made = batch(page)
    spelt = torch.zeros(len(made.lines), requires_grad=True)
    sure = torch.full((*made.words.tags.shape, len(TAGS)), -20.0)
    sure.scatter_(-1, made.words.tags.clamp(min=0).unsqueeze(-1), 20.0)
    assert tuning(spelt, sure, made).item() == pytest.approx(0, abs=1e-3)
    assert tuning(spelt + 1.0, sure, made).item() == pytest.approx(1 - np.exp(-1), abs=1e-3)
    assert tuning(spelt, torch.zeros_like(sure), made) > 0.9
    (gradient,) = torch.autograd.grad(tuning(spelt + 0.1, sure, made), spelt)
    stands = made.word_lines[0, (made.words.tags[0] > 0)].item()
    assert gradient[stands] > 0 and (gradient != 0).sum() == len(made.words.tags)
