"""What the reader's alphabet, base, lines, loss, training and export promise, on lines small enough to check by hand."""

from __future__ import annotations

import string
import zipfile
from dataclasses import replace
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
pytest.importorskip("onnxscript")
pytest.importorskip("faker")

import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

from parallax_training.reader.alphabet import ALPHABET, BLANK, CLASS, CLASSES, LOWER, MARKED, UPPER, capital, decode, encode, plain_of, spelling
from parallax_training.reader.base import FILE, Base, WrongBase, content_of, read_base, weights_of
from parallax_training.reader.batches import Batch, Stream, as_shown, batch_of, readable, widened
from parallax_training.reader.card import card_of
from parallax_training.reader.cases import cased, with_cases
from parallax_training.reader.config import Config, Course, Data, load
from parallax_training.reader.drawn import drawn_line, lacks
from parallax_training.reader.evaluate import Report, distance, report_of, single_digit, spoken
from parallax_training.reader.export import manifest_of, write_networks
from parallax_training.reader.lines import Line, cut, jittered, line_of
from parallax_training.reader.loss import reading
from parallax_training.reader.model import HEIGHT, Reader, begin_with, unknown
from parallax_training.reader.texts import LANGUAGES, strew
from parallax_training.reader.train import Run, rate_at

TRAINING = Path(__file__).parents[1]
WHEEL = TRAINING / "out" / "rapidocr-3.10.0-py3-none-any.whl"


def written(text: str, cased: bool = True) -> Line:
    """A line in plain strokes, black on white, with paper around."""
    (width, height), below = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 1, 2)
    piece = np.full((height + below + 40, width + 40), 255, np.uint8)
    cv2.putText(piece, text, (20, 20 + height), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    corners = np.array([[20, 20], [20 + width, 20], [20 + width, 20 + height + below], [20, 20 + height + below]], np.float64)
    return Line(piece, corners, text, cased)


# The alphabet


def test_the_alphabet_has_every_claimed_letter_once_and_the_space_last() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) and ALPHABET[-1] == " "
    assert set(string.digits + string.ascii_letters + string.punctuation + "€£¥₹₩₫₺₽฿") <= set(ALPHABET)
    for letters in MARKED.values():
        assert set(letters) | {capital(c) for c in letters} <= set(ALPHABET)


@pytest.mark.parametrize("text", ["Żabka Łódź", "Ferretería Olmo", "Beschläge Groß", "TP. Hồ Chí Minh", "İstanbul", "aabb  ≤"[:4]])
def test_texts_and_classes_go_both_ways(text: str) -> None:
    classes = encode(spelling(text))
    assert decode([c for label in classes for c in (BLANK, label, label)]) == spelling(text)


def test_repeats_need_a_blank_between() -> None:
    a = CLASS["a"]
    assert decode([a, a, BLANK, a, BLANK, BLANK, CLASS["b"]]) == "aab"


@pytest.mark.parametrize("text", ["漢字", "a\u0301\u0302\u0300", "Москва", "a\tb"])
def test_what_the_alphabet_misses_is_not_spelt(text: str) -> None:
    assert encode(text) is None


def test_a_batch_refuses_what_cannot_be_spelt() -> None:
    line = written("9")
    with pytest.raises(ValueError, match="漢"):
        batch_of([cut(line)], [replace(line, text="漢")])


def test_texts_are_spelt_with_composed_letters_and_single_spaces() -> None:
    assert spelling(" Malmo\u0308  AB\n") == "Malmö AB"


def test_every_letter_has_one_capital() -> None:
    pairs = [(ALPHABET[a - 1], ALPHABET[b - 1]) for a, b in zip(LOWER, UPPER, strict=True)]
    assert [(a, b) for a, b in pairs if a.upper() != b] == [("ß", "ẞ")]
    assert len(set(LOWER)) == len(LOWER) and len(set(UPPER)) == len(UPPER)


# The base


@pytest.mark.parametrize(
    ("names", "complaint"),
    [(None, "There is no"), ((), "has no rapidocr/models"), ((FILE,), "has the SHA-256"), (("other.onnx",), "has no rapidocr/models")],
)
def test_a_wheel_without_the_expected_file_is_refused(tmp_path: Path, names: tuple[str, ...] | None, complaint: str) -> None:
    wheel = tmp_path / "a.whl"
    if names is not None:
        with zipfile.ZipFile(wheel, "w") as archive:
            for name in names:
                archive.writestr(name, b"other weights")
    with pytest.raises(WrongBase, match=complaint) as raised:
        content_of(wheel)
    assert "pip download --no-deps rapidocr==3.10.0" in str(raised.value)


def test_a_file_that_is_no_wheel_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.whl").write_bytes(b"no archive")
    with pytest.raises(WrongBase, match="is no wheel"):
        content_of(tmp_path / "a.whl")


def test_weights_come_in_order_with_normalisations_folded() -> None:
    rng = np.random.default_rng(1)
    known = {
        "conv": rng.normal(size=(24, 1, 3, 3)), "scale": rng.uniform(0.5, 2, 24), "shift": rng.normal(size=24),
        "mean": rng.normal(size=24), "variance": rng.uniform(0.5, 2, 24), "linear": rng.normal(size=(24, 30)), "bias": rng.normal(size=30),
    }  # fmt: skip
    graph = helper.make_graph(
        [
            helper.make_node("Conv", ["x", "conv"], ["a"]),
            helper.make_node("BatchNormalization", ["a", "scale", "shift", "mean", "variance"], ["b"], epsilon=1e-5),
            helper.make_node("GlobalAveragePool", ["b"], ["c"]),
            helper.make_node("Flatten", ["c"], ["d"]),
            helper.make_node("MatMul", ["d", "linear"], ["e"]),
            helper.make_node("Add", ["e", "bias"], ["y"]),
        ],
        "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 1, 8, 8])], [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 30])],
        [numpy_helper.from_array(v.astype(np.float32), k) for k, v in known.items()],
    )  # fmt: skip
    conv, shift, linear, bias = (torch.from_numpy(np.array(w, np.float32)) for w in weights_of(graph))
    x = rng.normal(size=(1, 1, 8, 8)).astype(np.float32)
    session = onnxruntime.InferenceSession(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10).SerializeToString())
    ours = torch.nn.functional.conv2d(torch.from_numpy(x), conv, shift).mean((2, 3)) @ linear.T + bias
    np.testing.assert_allclose(ours.numpy(), session.run(None, {"x": x})[0], atol=1e-5)


def test_a_rare_character_begins_below_its_twin() -> None:
    model, rng = Reader(), np.random.default_rng(1)
    characters = [c for c in ALPHABET if c not in "ếẞ"] + ["漢"]
    made = [rng.normal(size=tuple(p.shape)).astype(np.float32) for p in model.parameters()]
    made[0] = np.repeat(made[0], 3, axis=1) / 3
    made[-2:] = [rng.normal(size=(len(characters) + 1, 120)).astype(np.float32), rng.normal(size=len(characters) + 1).astype(np.float32)]
    base = Base(characters, made)
    begin_with(model, base)
    assert unknown(base) == "ẞế"
    logits = model.head(torch.randn(3, 120))
    assert (logits[:, CLASS["ế"]] < logits[:, CLASS[plain_of("ế")]] - 3.9).all()
    assert (logits[:, CLASS["ẞ"]] < logits[:, CLASS["ß"]] - 3.9).all()


@pytest.mark.skipif(not WHEEL.exists(), reason="RapidOCR's wheel is not in training/out")
@pytest.mark.parametrize("width", [16, 130, 321])
def test_the_network_computes_what_the_base_does(width: int) -> None:
    base, model = read_base(WHEEL), Reader().eval()
    begin_with(model, base)
    line = np.random.default_rng(width).uniform(-1, 1, (1, 1, HEIGHT, width)).astype(np.float32)
    theirs = onnxruntime.InferenceSession(content_of(WHEEL)).run(None, {"x": np.repeat(line, 3, axis=1)})[0]
    with torch.no_grad():
        ours = model(torch.from_numpy(line)).numpy()
    known = [c for c in ALPHABET if c in base.characters]
    expected = np.log(theirs[..., [0, *(base.characters.index(c) + 1 for c in known)]])
    found = ours[..., [0, *(CLASS[c] for c in known)]]
    np.testing.assert_allclose(found - found[..., :1], expected - expected[..., :1], atol=1e-3)


# Lines


def test_a_line_is_cut_upright_at_the_networks_height() -> None:
    image = np.full((200, 300), 255, np.uint8)
    cv2.rectangle(image, (50, 80), (249, 119), 0, -1)
    line = line_of(image, np.array([[50, 80], [250, 80], [250, 120], [50, 120]], np.float64), "total  9.00")
    assert line is not None and line.text == "total 9.00" and not line.cased
    assert cut(line).shape == (HEIGHT, 240) and cut(line)[2:-2, 2:-2].max() < 60


@pytest.mark.parametrize(
    ("corners", "text"),
    [
        ([[50, 80], [250, 80], [250, 84], [50, 84]], "too low"),
        ([[400, 80], [600, 80], [600, 120], [400, 120]], "outside"),
        ([[50, 80], [250, 80], [250, 120], [50, 120]], "漢字"),
        ([[50, 80], [250, 80], [250, 120], [50, 120]], "  "),
        ([[0, 80], [300, 80], [300, 90], [0, 90]], "too long for its height"),
    ],
)
def test_what_cannot_be_cut_or_spelt_is_left_out(corners: list[list[int]], text: str) -> None:
    assert line_of(np.full((200, 300), 255, np.uint8), np.array(corners, np.float64), text) is None


def test_jittered_corners_stay_near_the_line() -> None:
    line = written("RM 12.50")
    _, height = line.size
    moves = [np.abs(jittered(line, Random(seed)) - line.corners).max() for seed in range(50)]
    assert 0 < max(moves) < 0.6 * height


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_are_drawn_in_every_claimed_language(language: str) -> None:
    for image, line in spoken(language, 3):
        assert image.shape[0] == HEIGHT and line.cased and encode(line.text) is not None


@pytest.mark.parametrize("language", [language for language in MARKED if MARKED[language]])
def test_all_marks_of_a_language_are_strewn(language: str) -> None:
    rng = Random(language)
    seen = set("".join(strew(string.ascii_lowercase, MARKED[language], rng) for _ in range(3000)))
    assert set(MARKED[language]) <= seen <= {*MARKED[language], *string.ascii_lowercase}


@pytest.mark.parametrize(("transcript", "reading", "expected"), [
    ("TOTAL DUE 9.00", "Total due 9.00", "Total due 9.00"), ("TOTAL DUE", "TotalDue", "Total Due"),
    ("GOODS SOLD", "Go0ds s0ld", "Goods sold"), ("KEDAI", "KEBAI", "KEDAI"), ("CASH", "xyz", None), ("12.50", "12.50", "12.50"),
    ("RM 5", "RM5", "RM 5"),
])  # fmt: skip
def test_transcripts_take_the_case_that_is_read(transcript: str, reading: str, expected: str | None) -> None:
    assert cased(transcript, reading) == expected


def test_cases_are_read_once(tmp_path: Path) -> None:
    torch.manual_seed(1)
    lines = [written("ONE", cased=False), written("TWO", cased=False)]
    (tmp_path / "cases.json").write_text('["One", null]')
    first, second = with_cases(lines, Reader().eval(), tmp_path / "cases.json")
    assert (first.text, first.cased) == ("One", True) and (second.text, second.cased) == ("TWO", False)
    assert [line.cased for line in with_cases(lines, Reader().eval(), tmp_path / "new.json")] == [False, False]


def test_no_line_shows_a_sign_that_its_typeface_lacks() -> None:
    assert lacks("liberation-mono", "漢") and lacks("dejavu-mono", "ế")
    assert not lacks("noto-mono", "ế") and not lacks("liberation-mono", "a")


def test_the_same_seed_draws_the_same_line() -> None:
    first, again = drawn_line(Random(3)), drawn_line(Random(3))
    assert first.text == again.text and (first.piece == again.piece).all()
    assert (as_shown(first, Random(4)) == as_shown(again, Random(4))).all()


# Batches and loss


@pytest.mark.parametrize(("text", "width", "right"), [("abc", 24, True), ("abc", 23, False), ("aab", 24, False), ("aab", 32, True), ("", 16, True)])
def test_a_text_needs_a_frame_a_character_and_one_between_repeats(text: str, width: int, right: bool) -> None:
    assert readable(text, width) is right


def test_narrow_lines_are_stretched_a_little_and_then_drawn_out() -> None:
    image = np.tile(np.array([0, 255] * 50, np.uint8), (HEIGHT, 1))
    assert widened(image, 105).shape == (HEIGHT, 105)
    much = widened(image, 400)
    assert much.shape == (HEIGHT, 400) and (much[:, 112:] == much[:, 111:112]).all()


def test_a_stream_goes_on_where_it_was_cut() -> None:
    lines = [written(text) for text in ("ONE", "TWO 2", "THREE 3.00")]
    whole = Stream(lines, 0.5, 2, 1, 0).__iter__()
    later = Stream(lines, 0.5, 2, 1, 3).__iter__()
    batches = [next(whole) for _ in range(5)]
    for expected in batches[3:]:
        batch = next(later)
        assert torch.equal(batch.images, expected.images) and torch.equal(batch.texts, expected.texts)


def spelt(text: str, frames: int) -> torch.Tensor:
    """Logits [1, frames, classes] that spell a text surely, a blank after every character."""
    logits = torch.zeros(1, frames, CLASSES)
    for frame in range(frames):
        character = text[frame // 2] if frame % 2 == 0 and frame // 2 < len(text) else None
        logits[0, frame, CLASS[character] if character else BLANK] = 12
    return logits


@pytest.mark.parametrize(("read", "text", "cased", "right"), [
    ("Total", "TOTAL", False, True), ("TOTAL", "TOTAL", False, True), ("Total", "TOTAL", True, False),
    ("Tötal", "TÖTAL", False, True), ("Totel", "TOTAL", False, False), ("Total", "Total", False, True), ("A B", "AB", False, False),
])  # fmt: skip
def test_where_the_transcript_is_in_capitals_either_case_is_right(read: str, text: str, cased: bool, right: bool) -> None:
    classes = torch.from_numpy(encode(text))
    batch = Batch(torch.zeros(1, 1, HEIGHT, 96), classes, torch.tensor([len(classes)]), torch.tensor([cased]))
    assert (reading(spelt(read, 12), batch).item() < 0.1) is right


# Training


def data(folder: Path) -> Data:
    return Data(receipts=folder, wheel=folder / "none.whl")


def test_frozen_parts_stay_and_the_rest_learns_and_a_run_goes_on(tmp_path: Path) -> None:
    torch.manual_seed(1)
    run = Run(Config(data(tmp_path), Course(steps=4, warm_up=0, frozen=4, rate=1e-3)), tmp_path)
    before = {name: value.clone() for name, value in run.model.state_dict().items()}
    lines = [written(text) for text in ("ONE 1", "TWO 2")]
    batch = batch_of([cut(line) for line in lines], lines)
    costs = [run.learn(batch)["read"] for _ in range(3)]
    run.step = 3
    assert costs[-1] < costs[0]
    changed = [name.split(".") for name, value in run.model.state_dict().items() if not torch.equal(value, before[name])]
    assert {part if kind == "parts" else kind for kind, part, *_ in changed} == {*map(str, range(4, 14)), "neck", "head"}
    run.save()
    again = Run(run.config, tmp_path)
    assert again.restore() and again.step == 3
    assert all(torch.equal(a, b) for a, b in zip(again.mean.parameters(), run.mean.parameters(), strict=True))


def test_the_rate_rises_and_falls() -> None:
    course = Course(steps=100, warm_up=10, rate=1.0)
    rates = [rate_at(step, course) for step in range(120)]
    assert rates[9] == 1 and rates[:10] == sorted(rates[:10]) and rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[100] == pytest.approx(1 / 30) == rates[119]


def test_a_configuration_is_read_and_a_wrong_key_refused(tmp_path: Path) -> None:
    config = load(TRAINING / "configs" / "line-reader.toml")
    assert config.data.fold == 0 and config.course.lines == 20
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[data]\nreceipts = "a"\nwheel = "b"\nsheep = 3\n')
    with pytest.raises(TypeError, match="sheep"):
        load(wrong)


# Measuring and export


@pytest.mark.parametrize(("text", "truth", "edits"), [
    ("", "abc", 3), ("abc", "abc", 0), ("abd", "abc", 1), ("a c", "ac", 1), ("kitten", "sitting", 3),
])  # fmt: skip
def test_edits_are_counted(text: str, truth: str, edits: int) -> None:
    assert distance(text, truth) == edits == distance(truth, text)


def test_case_counts_only_where_the_transcript_has_it() -> None:
    drawn, real = written("Total 9.00"), written("TOTAL 9.00", cased=False)
    assert report_of([("total 9.00", drawn), ("total 9.00", real)]) == Report(2, 1 / 20, 0.5, 0.5)
    assert report_of([("Total9.00", drawn), ("TOTAL 9.0O", real)]) == Report(2, 2 / 20, 0, 0.5)
    assert report_of([]) == Report(0, 0, 0, 0)


@pytest.mark.parametrize(("text", "truth", "mistake"), [
    ("12.80", "12.50", "5→8"), ("12.50", "12.50", None), ("12.5O", "12.50", None), ("22.80", "12.50", None),
    ("2.50", "12.50", None), ("1", "7", "7→1"),
])  # fmt: skip
def test_single_misread_digits_are_found(text: str, truth: str, mistake: str | None) -> None:
    assert single_digit(text, truth) == mistake


def test_a_published_network_reads_lines_of_any_width_in_8_bits(tmp_path: Path) -> None:
    torch.manual_seed(1)
    model, out = Reader().eval(), tmp_path / "line-reader" / "1"
    lines = [written(text) for text in ("ONE 1", "TWO 22", "A LONGER LINE 3.00")]
    write_networks(model, lines, out)
    session = onnxruntime.InferenceSession(out / "model.onnx")
    for line in lines:
        given = (cut(line).astype(np.float32) / 127.5 - 1)[None, None]
        (found,) = session.run(["probabilities"], {"line": given})
        with torch.no_grad():
            expected = model(torch.from_numpy(given)).softmax(dim=-1).numpy()
        assert found.shape == expected.shape
        np.testing.assert_allclose(found, expected, atol=0.01)
    graph = onnx.load(out / "model.onnx").graph
    in_bytes = sum(tensor.data_type == TensorProto.INT8 and len(tensor.dims) == 4 for tensor in graph.initializer)
    assert in_bytes == 54  # convolutions of the backbone
    metrics = {"sets": {"drawn": {"lines": 3, "misread": 0.1, "exact": 0.5, "exact_but_spaces": 0.6}}, "languages": {"sv": 0.02}}
    manifest = manifest_of(out, Config(data(tmp_path)), 7, "ế", {"5→6": 2}, metrics)
    assert manifest["name"] == "line-reader" and manifest["version"] == "1" and set(manifest["files"]) == {"model.onnx", "weights.pt"}
    card = card_of(manifest)
    assert "PP-OCRv6" in card and "Apache-2.0" in card and "sv 2.0%" in card and "7 steps" in card
