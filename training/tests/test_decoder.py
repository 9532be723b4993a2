"""What the decoder over read characters promises, on made-up tokens."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from parallax_training.decoder import reading
from parallax_training.decoder.augment import augment, garbled, thinned
from parallax_training.decoder.baseline import example
from parallax_training.decoder.batches import Stream, batch_of, files_of, page_of
from parallax_training.decoder.compare import day_of, number_of, scores
from parallax_training.decoder.config import Config, Course, Data, load
from parallax_training.decoder.decode import decode
from parallax_training.decoder.fields import FIELDS, TOLD
from parallax_training.decoder.grammar import mask_of
from parallax_training.decoder.loss import log_p_of, loss_of
from parallax_training.decoder.model import END, Decoder, Shape, Spelt
from parallax_training.decoder.places import FEATURES, coordinates_of, features_of
from parallax_training.decoder.rewrite import Changes, rewritten
from parallax_training.decoder.tokens import Place, Read, Tokens, save
from parallax_training.decoder.tokens import load as load_read
from parallax_training.decoder.train import Run
from parallax_training.decoder.truth import aligned, sizes, truth_of
from parallax_training.decoder.value import Value
from parallax_training.dense.alphabet import ALPHABET, CLASS, CLASSES, encode
from parallax_training.dense.model import Dense
from parallax_training.dense.model import Shape as DenseShape
from parallax_training.dense.segments import Segment
from parallax_training.tagger.align import NOTHING, Mark
from parallax_training.tagger.labels import LABELS
from parallax_training.tagger.model import Shape as TaggerShape

SMALL = Shape(spelling=8, width=32, heads=2, inner=48, layers=1, dropout=0.0)
NONE = Mark(NOTHING)
TOTAL = Mark(LABELS.index("TOTAL"), "/total")
NAME = Mark(LABELS.index("MERCHANT_NAME"), "/name")


@pytest.fixture(autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)
    torch.manual_seed(1)


def tokens_of(*lines: str) -> Tokens:
    """Lines of print as they were read, letters ten pixels wide and twenty high."""
    places, classes, numbers, spaced = [], [], [], []
    for row, line in enumerate(lines):
        for column, character in enumerate(line):
            if character != " ":
                places.append((10.0 * column + 5, 30.0 * row + 15, 20.0))
                classes.append(CLASS[character])
                numbers.append(row)
                spaced.append(column == 0 or line[column - 1] == " ")
    hidden = torch.nn.functional.one_hot(torch.tensor(classes) % 8, 8).half()
    return Tokens(
        torch.tensor(classes), hidden, torch.tensor(places), torch.tensor(numbers), torch.tensor(spaced), torch.ones(len(classes))
    )


def place(tokens: Tokens, text: str, true: str | None = None) -> Place:
    """Where ``text`` stands, spaces left out; ``true`` is what is printed there."""
    start = "".join(ALPHABET[c - 1] for c in tokens.classes.tolist()).index(text)
    return Place(torch.from_numpy(encode(true or text)), torch.arange(start, start + len(text)))


def receipt(rng: Random) -> Read:
    """A made-up page: a name, goods, and a total."""
    name = "".join(rng.choice("ABCDEFGH") for _ in range(4))
    total = f"{rng.randint(1, 9)}.{rng.randint(10, 99)}"
    tokens = tokens_of(f"{name} INN", f"TEA {rng.randint(1, 9)}.00", f"TOTAL {total}")
    total_at = len(tokens) - 4
    truth = {
        "MERCHANT_NAME": [place(tokens, f"{name}INN")],
        "TOTAL": [Place(torch.from_numpy(encode(total)), torch.arange(total_at, total_at + 4))],
        "TIP": [],
    }
    return Read(tokens, truth)


def segment(text: str, top: float, marks: list[Mark]) -> Segment:
    start, end = np.array([0.0, top]), np.array([10.0 * len(text), top])
    return Segment(text, start, end, 20.0, np.linspace(0, 10.0 * len(text), len(text) + 1), marks)


def test_printed_characters_find_the_ones_read_for_them() -> None:
    assert aligned("9.80", "9.00") == [0, 1, 2, 3]
    assert aligned("9.0", "9.00")[0::3] == [0, 2] and aligned("9.0", "9.00").count(-1) == 1
    assert aligned("x9.00", "9.00") == [1, 2, 3, 4]
    assert aligned("", "9") == [-1]


def test_truth_keeps_the_token_of_a_misread_character() -> None:
    segments = [segment("Shop", 0, [NAME] * 4), segment("DUE 9.00", 30, [NONE] * 4 + [TOTAL] * 4)]
    lines = [tokens_of("Shop"), tokens_of("DUE 9.80")]
    truth = truth_of(lines, segments, sizes(segments), cased=True)
    assert truth["TOTAL"][0].tokens.tolist() == [7, 8, 9, 10]
    assert truth["TOTAL"][0].classes.tolist() == encode("9.00").tolist()
    assert truth["TIP"] == [] and set(truth) == set(FIELDS)


def test_capitals_of_a_transcript_take_the_case_that_was_read() -> None:
    segments = [segment("SHOP 24", 0, [NAME] * 7)]
    truth = truth_of([tokens_of("Shup 24")], segments, sizes(segments), cased=False)
    assert truth["MERCHANT_NAME"][0].classes.tolist() == encode("ShOp24").tolist()
    assert set(truth) <= set(TOLD)  # what a real receipt does not tell is not asked


def test_a_value_cut_off_is_not_asked_and_several_places_are_kept() -> None:
    segments = [segment("9.00", 0, [replace(TOTAL, entity="a", certain=False)] * 4)]
    segments.append(segment("9.00", 30, [replace(TOTAL, entity="b", certain=False)] * 4))
    lines = [tokens_of("9.00"), tokens_of("9.00")]
    assert len(truth_of(lines, segments, sizes(segments), cased=True)["TOTAL"]) == 2
    whole = sizes(segments) + Counter({("TOTAL", "a"): 1, ("TOTAL", "b"): 2})
    assert "TOTAL" not in truth_of(lines, segments, whole, cased=True)


def test_reading_gives_a_token_a_character() -> None:
    shape = DenseShape(
        stem=4, fine=8, middle=8, coarse=8, joined=8, reading=16, spelling=16,
        tagger=TaggerShape(width=24, heads=2, layers=1, inner=32, character=8, filters=16),
    )
    image = np.full((80, 120), 255, np.uint8)
    segments = reading.in_order([segment("below", 50, [NONE] * 5), segment("above", 20, [NONE] * 5)])
    assert [s.text for s in segments] == ["above", "below"]
    lines = reading.read(Dense(shape).eval(), image, segments, Random(1))
    tokens = reading.joined(lines)
    assert len(lines) == 2 and tokens.hidden.shape == (len(tokens), 16) and tokens.hidden.dtype == torch.float16
    assert not set(tokens.classes.tolist()) & {0, CLASS[" "]}
    assert all(line.spaced[0] for line in lines if len(line))


def test_read_pages_are_kept_and_lose_lines_but_no_value(tmp_path: Path) -> None:
    read = receipt(Random(1))
    save(read, tmp_path / "a.0.pt")
    again = load_read(tmp_path / "a.0.pt")
    assert again.tokens.text() == read.tokens.text() and again.truth.keys() == read.truth.keys()
    assert [len(files) for files in files_of(tmp_path)] == [1]
    for seed in range(30):
        thin = thinned(read, Random(seed))
        for name in ("MERCHANT_NAME", "TOTAL"):
            spot = thin.truth[name][0]
            assert thin.tokens.classes[spot.tokens].tolist() == spot.classes.tolist()


def test_places_mean_the_same_on_pages_of_any_size() -> None:
    tokens = tokens_of("AB CD", "EF")
    larger = replace(tokens, places=tokens.places * 3)
    assert features_of(tokens).shape == (len(tokens), FEATURES)
    assert torch.allclose(features_of(tokens), features_of(larger), atol=1e-5)
    assert torch.allclose(coordinates_of(tokens), coordinates_of(larger), atol=1e-4)


def test_rewriting_changes_tokens_and_truth_alike() -> None:
    reads = [receipt(Random(seed)) for seed in range(4)]
    changes = Changes(reads)
    assert changes.means.shape == (CLASSES, 8)
    seen = set()
    for seed in range(20):
        new = rewritten(thinned(reads[0], Random(seed)), changes, Random(seed))
        for places in new.truth.values():
            for spot in places:
                assert new.tokens.classes[spot.tokens].tolist() == spot.classes.tolist()
        seen.add(new.tokens.text())
    assert len(seen) > 10


def test_other_pages_misread_a_few_characters_and_keep_the_truth() -> None:
    read = receipt(Random(1))
    changes, long = Changes([read]), replace(read, tokens=tokens_of(*["SOLD 1085 BOXES"] * 40))
    for seed in range(5):
        new = garbled(long, changes, Random(seed))
        assert new.truth is long.truth
        assert (new.tokens.classes != long.tokens.classes).float().mean() < 0.06
    places = augment(read, changes, Random(1)).tokens.places
    assert places.shape[1] == 3 and places.isfinite().all()


def test_a_misread_word_is_not_rewritten() -> None:
    tokens = tokens_of("TOTAL 9.80")
    read = Read(tokens, {"TOTAL": [place(tokens, "9.80", "9.00")]})
    for seed in range(10):
        assert rewritten(read, Changes([read]), Random(seed)).tokens.text() == "TOTAL 9.80"


def test_a_date_is_replaced_by_one_of_its_shape() -> None:
    tokens = tokens_of("DATE 25Mar2018")
    read = Read(tokens, {"DATE": [place(tokens, "25Mar2018")]})
    days = {rewritten(read, Changes([read]), Random(seed)).tokens.text()[5:] for seed in range(20)}
    assert len(days) > 3 and all(day_of(day) for day in days)


def test_shapes_of_what_the_network_says() -> None:
    batch = batch_of([receipt(Random(1)), receipt(Random(2))])
    model = Decoder(SMALL)
    spelt = model(model.look(**vars(batch.page)), batch.fields, batch.said, batch.before, batch.rows, batch.steps)
    b, q = batch.target.shape
    assert (b, q) == (2, 8 + 5 + 1)
    assert spelt.pointer.shape == (b, q, batch.page.classes.shape[1]) and spelt.made.shape == (b, q, CLASSES)
    p = torch.stack([log_p_of(spelt, batch.page.classes, torch.full((b, q), c)).exp() for c in range(CLASSES)]).sum(0)
    assert torch.allclose(p, torch.ones(b, q), atol=1e-3)


def test_steps_know_only_what_was_said_before_in_the_same_value() -> None:
    batch = batch_of([receipt(Random(1))])
    model = Decoder(SMALL).eval()
    memory = model.look(**vars(batch.page))
    one = model(memory, batch.fields, batch.said, batch.before, batch.rows, batch.steps).made
    said = batch.said.clone()
    said[0, 4] = CLASS["Z"]
    other = model(memory, batch.fields, said, batch.before, batch.rows, batch.steps).made
    changed = (one != other).any(dim=-1)[0]
    assert not changed[:4].any() and changed[4:8].all() and not changed[8:].any()


def test_any_of_several_places_is_right() -> None:
    tokens = tokens_of("9.00 9.00")
    both = [Place(torch.from_numpy(encode("9.00")), torch.arange(at, at + 4)) for at in (0, 4)]
    batch = batch_of([Read(tokens, {"TOTAL": both})])
    assert batch.groups == [[0, 1]]
    q = batch.target.shape[1]
    pointer, made = torch.full((1, q, 8), -30.0), torch.full((1, q, CLASSES), -30.0)
    made[:, :, END] = 0.0
    copies = torch.where(batch.target == END, 0.0, 1.0)
    for step in range(5, 9):
        pointer[0, step, int(batch.aligned[0, step])] = 0.0
    assert loss_of(Spelt(pointer, made, copies), batch, 0.5)["loss"].item() == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize(
    ("field", "text", "follow", "not_follow"),
    [
        ("TOTAL", "", "R$9-", ":/"),
        ("TOTAL", "RM9", "90.,", "RM"),
        ("TOTAL", "1,234.5", "0", "R$"),
        ("TOTAL", "1.234", ".,", "A"),
        ("DATE", "25/", "01M", "Z$"),
        ("DATE", "25Ma", "ry", "x5"),
        ("DATE", "25/03/2018", "", "5/"),
        ("TIME", "12:3", "0", "x"),
        ("ADDRESS", "NO. 1", "aZ,#", " "),
    ],
)
def test_grammar(field: str, text: str, follow: str, not_follow: str) -> None:
    mask = mask_of(field, text)
    assert all(mask[CLASS[c]] for c in follow)
    assert not any(mask[CLASS[c]] for c in not_follow)


@pytest.mark.parametrize("field", FIELDS)
def test_nothing_is_always_an_answer_and_every_value_ends(field: str) -> None:
    assert mask_of(field, "")[END]
    rng, text = Random(field), ""
    while True:
        mask = mask_of(field, text)
        assert mask.any()
        if not mask[1:].any():
            assert mask[END]
            break
        text += ALPHABET[rng.choice(torch.nonzero(mask[1:]).flatten().tolist())]


def test_halves_of_values_do_not_end() -> None:
    for field, text in (("TOTAL", "RM"), ("TOTAL", "9."), ("DATE", "25/"), ("DATE", "25MA"), ("TIME", "12"), ("PHONE", "(0")):
        assert not mask_of(field, text)[END], (field, text)
    for field, text in (("TOTAL", "RM9.00"), ("DATE", "25MAR18"), ("DATE", "Mar25,2018"), ("TIME", "12:30PM"), ("PHONE", "(03)5551-234")):
        assert mask_of(field, text)[END], (field, text)


def saying(model: Decoder, bias: float) -> Decoder:
    """A network that makes up characters, and the end by ``bias``."""
    torch.nn.init.zeros_(model.make[2].weight)
    torch.nn.init.zeros_(model.make[2].bias)
    model.make[2].bias.data[END] = bias
    torch.nn.init.constant_(model.copy.bias, -30.0)
    torch.nn.init.zeros_(model.copy.weight)
    return model.eval()


def test_an_end_at_the_first_step_is_an_absent_field() -> None:
    read = receipt(Random(1))
    assert decode(saying(Decoder(SMALL), 20.0), read) == {}
    assert set(decode(saying(Decoder(SMALL), -20.0), read)) == set(FIELDS)


def test_values_have_the_spaces_and_the_hull_of_their_tokens() -> None:
    tokens = tokens_of("AB CD", "EF")
    value = Value("ABCDEF", [0, 1, 2, 3, 4, 5])
    assert value.text(tokens) == "AB CD EF"
    assert value.hull(tokens) == (0.0, 5.0, 50.0, 55.0)


def test_it_learns_to_copy_what_it_has_not_seen(tmp_path: Path) -> None:
    run = Run(Config(Data(tmp_path, tmp_path, tmp_path), SMALL, Course(rate=4e-3, warm_up=10, steps=170)), tmp_path)
    rng, losses = Random(1), []
    while run.step < 150:
        losses.append(run.learn(batch_of([receipt(rng) for _ in range(8)]))["loss"])
        run.step += 1
    assert losses[-1] < 0.25 * losses[0]
    fresh = receipt(Random(99))
    found = {ahead: decode(run.model.eval(), fresh, ("MERCHANT_NAME", "TOTAL", "TIP"), ahead) for ahead in (1, 5)}
    texts = [{name: (value.letters, value.tokens) for name, value in values.items()} for values in found.values()]
    assert texts[0] == texts[1]  # looking ahead saves time and changes nothing
    assert "TIP" not in found[1]


def test_training_goes_on_from_its_checkpoint(tmp_path: Path) -> None:
    config = Config(Data(tmp_path, tmp_path, tmp_path), SMALL, Course(steps=4))
    run = Run(config, tmp_path)
    run.learn(batch_of([receipt(Random(1))]))
    run.step = 1
    run.save()
    again = Run(config, tmp_path)
    assert again.restore() and again.step == 1
    for name, weight in run.model.state_dict().items():
        assert torch.equal(weight, again.model.state_dict()[name])


def test_a_batch_depends_on_its_number_alone(tmp_path: Path) -> None:
    for number in range(6):
        save(receipt(Random(number)), tmp_path / f"{number}.0.pt")
    pages = files_of(tmp_path)
    whole, rest = (iter(Stream(pages, [], 0.4, 2, 100, 1, first)) for first in (0, 2))
    third = [next(whole) for _ in range(3)][2]
    assert torch.equal(third.page.classes, next(rest).page.classes)


def test_scores_compare_values_not_their_print() -> None:
    assert number_of("RM1,234.50") == number_of("1.234,50") == 1234.5 and number_of("9") == 9 and number_of("RM") is None
    assert day_of("25/03/18") == day_of("25 Mar 2018") == day_of("2018-03-25") == date(2018, 3, 25)
    found = [{"MERCHANT_NAME": "the shop.", "TOTAL": "RM9.00", "DATE": "1/2/19"}]
    report = scores(found, [{"MERCHANT_NAME": "THE SHOP", "TOTAL": "9.0", "DATE": "2/2/2019"}])
    assert report["f1"] == pytest.approx(2 / 3, abs=1e-3) and report["DATE"] == 0


def test_tokens_make_words_for_a_tagger() -> None:
    words = example(tokens_of("AB CD", "EF")).words
    assert words.texts == ["AB", "CD", "EF"] and words.rows.tolist() == [0, 0, 1]


def test_the_configuration_is_known_whole() -> None:
    config = load(Path(__file__).parents[1] / "configs" / "receipt-decoder.toml")
    assert config.data.pages().fold == config.data.fold
    page = page_of([receipt(Random(1))])
    assert page.features.shape[-1] == FEATURES
