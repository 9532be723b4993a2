"""What the tagger's data, features and decoding promise, on pages small enough to check by hand."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from parallax_training.tagger import guesses
from parallax_training.tagger.align import NOTHING, UNTOLD, Line, Mark, given_words, label_words, to_page
from parallax_training.tagger.augment import Vocabulary, augment
from parallax_training.tagger.batches import Source, Stream, batch_of
from parallax_training.tagger.config import load
from parallax_training.tagger.decode import entities_of
from parallax_training.tagger.evaluate import normalised, oracle, true_entities
from parallax_training.tagger.features import LENGTH, NAMES, UNSEEN, chars_of, code_of, features_of
from parallax_training.tagger.labels import LABELS, TAGS, UNKNOWN, begin, of_pointer
from parallax_training.tagger.loss import loss_of, places
from parallax_training.tagger.model import Shape, Tagger
from parallax_training.tagger.noise import cut, glue
from parallax_training.tagger.predict import WINDOW, windows
from parallax_training.tagger.search import nearest, occurrences
from parallax_training.tagger.sroie import Receipt, centres_of, find_fields, marks_of
from parallax_training.tagger.synthetic import laid_out
from parallax_training.tagger.words import Words, in_rows

SMALL = Shape(width=24, heads=2, layers=1, inner=32, character=8, filters=16)
TEXTS = ["ACME SDN BHD", "12, JALAN SETIA,", "81100 JOHOR", "DATE: 02/03/2018", "TOTAL", "9.00", "CASH", "9.00"]
TRUTH = {"company": "ACME SDN BHD", "address": "12, JALAN SETIA, 81100 JOHOR", "date": "02/03/2018", "total": "9.00"}


@pytest.fixture(scope="module")
def receipt() -> Receipt:
    places, forbidden = find_fields(TRUTH, TEXTS)
    marks = marks_of(places, sum(map(len, TEXTS)))
    lines, at = [], 0
    for i, text in enumerate(TEXTS):
        row, x = (i, 0.1) if i < 5 else ((4, 0.6), (5, 0.1), (5, 0.6))[i - 5]
        box = (x, 0.1 * row, x + 0.02 * len(text), 0.1 * row + 0.05)
        corners = np.array([box[:2], (box[2], box[1]), box[2:], (box[0], box[3])])
        lines.append(Line(text, corners, marks[at : at + len(text)]))
        at += len(text)
    return Receipt("acme", TRUTH, lines, forbidden)


@pytest.fixture(scope="module")
def pages():
    return [page for index in range(12) for page in laid_out(3, index)]


def tags_of(example):
    return dict(zip(example.words.texts, (TAGS[t] if t != UNKNOWN else "?" for t in example.tags), strict=True))


def test_fields_are_found_on_the_page(receipt):
    tags = tags_of(receipt.given())
    assert [tags[w] for w in ("ACME", "SDN", "BHD")] == ["B-MERCHANT_NAME", "I-MERCHANT_NAME", "I-MERCHANT_NAME"]
    assert [tags[w] for w in ("12,", "81100", "JOHOR")] == ["B-ADDRESS", "I-ADDRESS", "I-ADDRESS"]
    assert tags["02/03/2018"] == "B-DATE" and tags["DATE:"] == "?"


def test_the_announced_total_is_meant(receipt):
    example = receipt.given()
    nines = [i for i, text in enumerate(example.words.texts) if text == "9.00"]
    assert [int(example.tags[i]) for i in nines] == [begin(LABELS.index("TOTAL")), UNKNOWN]
    assert not example.allowed()[nines[1], begin(LABELS.index("TOTAL"))]


def test_equal_places_stay_open():
    places, _ = find_fields({**TRUTH, "total": "9.00"}, ["9.00", "x", "9.00"])
    marks = marks_of(places, 9)
    assert [marks[0].certain, marks[-1].certain] == [False, False]


def test_what_is_not_found_forbids_nothing():
    _, forbidden = find_fields(TRUTH, ["nothing", "of it"])
    assert forbidden == frozenset()


def test_an_engines_words_are_labelled_through_its_turned_and_cropped_page(receipt):
    given = receipt.given().words
    seen = given.boxes * np.tile([1.25, 1.1], 2) + np.tile([-0.05, 0.02], 2)
    cells = [
        {"text": t, "confidence": 1, "box": list(b), "submitted": list(s)}
        for t, b, s in zip(given.texts, seen, given.boxes, strict=True)
    ]
    page = {"rows": [[c for c, r in zip(cells, given.rows, strict=True) if r == row] for row in range(6)]}
    assert np.allclose(to_page(page, np.array([[0.4, 0.5]])), [[0.45, 0.57]])
    assert receipt.read(page).tags.tolist() == receipt.given().tags.tolist()


def guess(label, texts, wanted, record=-1):
    at = "".join(texts).index(wanted)
    return guesses.Finding(label, record, np.arange(at, at + len(wanted)), sure=True)


def guessed(receipt, found, forbidden=frozenset({"TOTAL", "DATE"})):
    text = "".join(line.text for line in receipt.lines)
    rows = guesses.rows_of(receipt.lines, centres_of(receipt.lines))
    return guesses.add([m for line in receipt.lines for m in line.marks], found, rows, text, forbidden), text


def test_rules_settle_which_place_is_meant():
    texts = ["CASH", "9.00", "DUE", "9.00"]
    second = guesses.Finding("TOTAL", -1, np.arange(11, 15), sure=True)
    assert guesses.settled({"TOTAL": [(4, 8), (11, 15)]}, [second]) == {"TOTAL": [(11, 15)]}
    assert guesses.settled({"TOTAL": [(4, 8), (11, 15)]}, []) == {"TOTAL": [(4, 8), (11, 15)]}
    assert "".join(texts)[11:15] == "9.00"


def test_truth_wins_over_guesses(receipt):
    marks, text = guessed(receipt, [guess("PHONE", TEXTS, "81100 JOHOR"), guess("ITEM_AMOUNT", TEXTS, "CASH")])
    assert marks[text.index("81100")].label == LABELS.index("ADDRESS")
    assert marks[text.index("CASH")] == Mark(LABELS.index("ITEM_AMOUNT"), "guess 1", weak=True)


def test_captions_left_of_values_are_guessed(receipt):
    marks, text = guessed(receipt, [])
    names = {word: LABELS[marks[text.index(word)].label] for word in ("DATE:", "TOTAL")}
    assert names == {"DATE:": "DATE_KEY", "TOTAL": "TOTAL_KEY"}
    assert marks[text.index("CASH")] == Mark(NOTHING, weak=True)


def test_between_items_that_do_not_add_up_nothing_is_guessed(receipt):
    marks, text = guessed(receipt, [])
    assert marks[text.index("02/03/2018")].label == LABELS.index("DATE")
    between = guesses.middle(marks)
    assert text[between.start :].startswith("DATE") and text[: between.stop].endswith("TOTAL9.0")
    paid = [Mark(UNTOLD)] * 4 + [Mark(LABELS.index("TOTAL"))] * 4
    item = guesses.Finding("ITEM_AMOUNT", 0, np.arange(4), sure=True)
    assert guesses.add_up([item], paid, "9.009.02") and not guesses.add_up([item], paid, "8.009.02")


def test_guesses_are_weak_targets(receipt):
    marks, _ = guessed(receipt, [guess("ITEM_AMOUNT", TEXTS, "CASH", record=0)])
    at, lines = 0, []
    for line in receipt.lines:
        lines.append(Line(line.text, line.corners, marks[at : at + len(line.text)]))
        at += len(line.text)
    example = Receipt("acme", TRUTH, lines, receipt.forbidden, guesses.NOTHING_ELSE).given()
    cash = example.words.texts.index("CASH")
    assert example.tags[cash] == UNKNOWN and TAGS[example.guesses[cash]] == "B-ITEM_AMOUNT" and example.starts[cash] == 1
    assert example.allowed()[cash].sum() > 1 and (example.guesses[example.tags != UNKNOWN] == UNKNOWN).all()


def test_one_of_several_places_suffices(receipt):
    batch = batch_of([receipt.given()])
    total = begin(LABELS.index("TOTAL"))
    nines = [i for i, text in enumerate(receipt.given().words.texts) if text == "9.00"]
    batch.tags[0, nines], batch.choices[0, nines] = UNKNOWN, total
    logits = torch.zeros(*batch.tags.shape, len(TAGS))
    logits[0, batch.tags[0] > 0, batch.tags[0][batch.tags[0] > 0]] = 20
    missed = places(logits.log_softmax(-1), batch).item()
    logits[0, nines[1], total] = 20
    assert missed > 2 and places(logits.log_softmax(-1), batch).item() == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[1] / "configs").glob("receipt-tagger*.toml")), ids=lambda p: p.stem)
def test_configurations_load(path):
    data = load(path).data
    assert max(data.receipt_words, key=data.receipt_words.get).name == "pp-ocr"


def test_a_value_wins_over_the_caption_glued_to_it():
    marks = [Mark(LABELS.index("TOTAL_KEY"), "caption")] * 6 + [Mark(LABELS.index("TOTAL"), "/total")] * 4
    line = Line("TOTAL:9.00", np.array([[0, 0], [1, 0], [1, 0.1], [0, 0.1]], dtype=float), marks)
    example = label_words(given_words([line]), [line], centres_of([line]))
    assert [TAGS[t] for t in example.tags] == ["B-TOTAL"]


def test_laid_out_receipts_label_values_captions_and_records(pages):
    names = {TAGS[tag] for page in pages for tag in page.tags}
    assert {"B-TOTAL", "B-TOTAL_KEY", "B-DATE", "B-MERCHANT_NAME", "B-ITEM_AMOUNT", "I-ADDRESS"} <= names
    for page in pages:
        items = [e for e in true_entities(page) if e.label == "ITEM_AMOUNT"]
        assert len({e.group for e in items}) == len(items)


def test_pointers_have_labels():
    assert of_pointer("/items/3/unitPrice") == "ITEM_UNIT_PRICE" and of_pointer("/merchant/name") == "MERCHANT_NAME"


def test_nearest_finds_the_misread_text():
    assert nearest("TAMAN SETIA", "12 TAMAM SET1A 81100") == (3, 14, 2)
    assert occurrences("aa", "aaaa b aa") == [(0, 2), (2, 4), (7, 9)]


def test_rows_are_rebuilt_from_boxes():
    boxes = np.array([(0.5, 0.01, 0.6, 0.05), (0.1, 0.1, 0.2, 0.14), (0.1, 0.0, 0.2, 0.04)])
    words = in_rows(["b", "c", "a"], boxes)
    assert words.texts == ["a", "b", "c"] and words.rows.tolist() == [0, 0, 1]


def test_characters_fold_to_the_alphabet():
    assert code_of("é") == code_of("e") and code_of("漢") == UNSEEN
    assert chars_of(["x" * 99]).shape == (1, LENGTH)


def test_features_do_not_depend_on_scale_or_place(receipt):
    words = receipt.given().words
    moved = Words(words.texts, words.boxes * np.tile([3.0, 0.5], 2) + 7, words.confidences, words.rows)
    assert np.allclose(features_of(words), features_of(moved), atol=1e-5)


def test_features_of_a_row():
    words = in_rows(["ab", "cd"], np.array([(0.0, 0.0, 0.2, 0.1), (0.4, 0.0, 0.6, 0.1)]))
    first = dict(zip(NAMES, features_of(words)[0].tolist(), strict=True))
    assert first["left"] == 0 and first["right"] == pytest.approx(1 / 3) and first["gap_left"] == 1
    assert first["gap_right"] == pytest.approx(2 / 20) and first["place_from_end"] == pytest.approx(1 / 8)


def test_augmentation_keeps_targets_in_step(receipt, pages):
    vocabulary = Vocabulary([receipt.given()])
    for seed, page in enumerate([receipt.given(), *pages] * 4):
        rng = Random(seed)
        changed = augment(page, vocabulary, rng, clean=True)
        n = len(changed)
        assert len(changed.words.boxes) == len(changed.tags) == len(changed.choices) == len(changed.starts) == n > 0
        assert changed.allowed().any(axis=1).all()
        assert np.isfinite(features_of(changed.words)).all()


def test_glued_and_cut_words_keep_their_entities(pages):
    page = pages[0]
    labels = {e.label for e in true_entities(page)}
    assert {e.label for e in true_entities(cut(page, 1.0, Random(1)))} == labels
    assert "".join(glue(page, 1.0, Random(1)).words.texts) == "".join(page.words.texts)


def test_a_stream_begins_again_where_it_stopped(pages):
    def stream(first):
        return Stream([Source([[page] for page in pages], 1.0, clean=True)], Vocabulary([]), 2, 5, first, 512)

    whole, later = iter(stream(0)), iter(stream(6))
    batches = [next(whole) for _ in range(8)]
    assert torch.equal(batches[6].chars, next(later).chars)


def test_partial_truth_is_learnt(receipt):
    torch.manual_seed(0)
    model, batch = Tagger(SMALL), batch_of([receipt.given()])
    optimizer = torch.optim.Adam(model.parameters(), 1e-2)
    for _ in range(120):
        loss = loss_of(*model(batch.chars, batch.features, batch.present), batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.1


def test_filling_changes_nothing(receipt, pages):
    torch.manual_seed(0)
    model = Tagger(SMALL).eval()
    alone, beside = batch_of([receipt.given()]), batch_of([receipt.given(), max(pages, key=len)])
    n = len(receipt.given())
    a, b = (model(x.chars, x.features, x.present)[0][0, :n] for x in (alone, beside))
    assert torch.allclose(a, b, atol=1e-5)


def test_perfect_logits_decode_to_the_truth(pages):
    for page in pages:
        logits = np.full((len(page), len(TAGS)), -9.0, dtype=np.float32)
        logits[np.arange(len(page)), page.tags] = 9
        starts = np.where(page.starts == 1, 9.0, -9.0)
        read = {(e.label, tuple(e.words)) for e in entities_of(logits, starts, page.words.rows)}
        assert read == {(e.label, tuple(e.words)) for e in true_entities(page)}


def test_words_in_the_middle_of_a_value_belong_to_it():
    name, phone = (begin(LABELS.index(label)) for label in ("MERCHANT_NAME", "PHONE_KEY"))
    tags = [name, phone + 1, name + 1, 0, 0, 0, name + 1]
    logits = np.full((len(tags), len(TAGS)), -9.0, dtype=np.float32)
    logits[np.arange(len(tags)), tags] = 9
    starts = np.full(len(tags), -9.0, dtype=np.float32)
    rows = np.zeros(len(tags), dtype=np.int64)
    apart = np.arange(len(tags))
    first = [next(e.words for e in entities_of(logits, starts, r) if e.label == "MERCHANT_NAME") for r in (rows, apart)]
    assert first == [[0, 1, 2, 6], [0, 2, 6]]


def test_windows_cover_long_pages():
    for n in (1, WINDOW, WINDOW + 1, 3 * WINDOW):
        spans = windows(n)
        assert spans[0][0] == 0 and spans[-1][1] == n
        assert all(a[1] > b[0] for a, b in pairwise(spans))


def test_normalised_values():
    assert normalised("total", "RM 1,234.50") == 1234.5
    assert normalised("date", "Date:11/01/2019") == "11012019"
    assert normalised("company", "Acme, Sdn. Bhd.") == "ACMESDNBHD"


def test_oracle_reaches_what_the_words_spell(receipt):
    assert oracle([([receipt.given()], receipt)]) == {"company": 1, "address": 1, "date": 1, "total": 1}


def test_onnx_agrees_with_pytorch(tmp_path, pages):
    onnxruntime = pytest.importorskip("onnxruntime")
    from parallax_training.tagger.export import OnePage, write_onnx

    torch.manual_seed(0)
    model = Tagger(SMALL).eval()
    write_onnx(model, tmp_path / "model.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"))
    for page in (pages[0], pages[1].take(np.arange(1))):
        chars, features = chars_of(page.words.texts), features_of(page.words)
        logits, starts = session.run(None, {"chars": chars, "features": features})
        with torch.inference_mode():
            expected = OnePage(model)(torch.from_numpy(chars), torch.from_numpy(features))
        assert np.allclose(logits, expected[0].numpy(), atol=1e-2)
        assert np.allclose(starts, expected[1].numpy(), atol=1e-2)
