"""What the pages, questions, features and network of the asked model promise, on pages small enough to check by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("faker")

import torch

from parallax_training.document import features, questions
from parallax_training.document.batches import Stream, batch_of
from parallax_training.document.blocks import above, beside, span_of_days, style_of
from parallax_training.document.config import load
from parallax_training.document.evaluate import scores
from parallax_training.document.examples import UNKNOWN, Example, example, in_order, links_of, rows_of
from parallax_training.document.facts import Fact, of_concept, rival
from parallax_training.document.features import GRAMS, SIZE, grams_of, normal, seen
from parallax_training.document.labelled import Labelled, day_of, number_of
from parallax_training.document.labelled import load as load_labelled
from parallax_training.document.lexicon import languages, spellings
from parallax_training.document.locales import LOCALES
from parallax_training.document.loss import loss_of
from parallax_training.document.model import Answers, Asker, Shape, bucket, segments
from parallax_training.document.noise import CLEAN, Rates, Written, spoil
from parallax_training.document.pages import Writer, page
from parallax_training.document.predict import answers_on, parts_of
from parallax_training.document.questions import NAME, OWNER, TITLE, Answered, Question, questions_of, slots, words_of
from parallax_training.document.sheet import new_sheet
from parallax_training.document.tables import Printer, layout_of, sold
from parallax_training.document.train import Run
from parallax_training.document.values import KINDS, day_text, habits, money_text, value_of
from parallax_training.tagger.words import Words

SMALL = Shape(embedding=16, width=32, heads=2, layers=1, inner=32, hidden=16)


def line_of(*cells: tuple[float, float, str], segment: int = 0) -> Written:
    """Words at x and y, letters half as wide as a line is high; every cell a segment."""
    written = Written([], [], [])
    for number, (x, y, text) in enumerate(cells):
        at = x
        for word in text.split():
            width = 0.5 * len(word)
            written.texts.append(word)
            written.boxes.append((at, y - 0.5, at + width, y + 0.5))
            written.segments.append(segment + number)
            at += width + 0.3
    return written


FORM = line_of((0, 1, "Contract No:"), (8, 1, "A-17"), (0, 3, "Bill to:"), (8, 3, "Acme & Sons"), (8, 4.3, "12 High Street"), (30, 3, "Total"), (36,
3, "9.00"))


@pytest.fixture(scope="module")
def form() -> Example:
    asked = [
        Answered(Question(((TITLE, "Contract number"),), 0), (1,)), Answered(Question(((TITLE, "Total"), (NAME, "total")), 1), (6,)),
        Answered(Question(((TITLE, "Weight"),), 0), ()),
    ]  # fmt: skip
    made = in_order(FORM, asked, 100)
    assert made is not None
    return made


@pytest.fixture(scope="module")
def made() -> list[Example]:
    return [one for number in range(40) if (one := example(3, number, 300, 12))]


def test_pages_are_functions_of_seed_and_number():
    assert page(5, 3).sheet.texts == page(5, 3).sheet.texts
    assert page(5, 3).sheet.texts != page(5, 4).sheet.texts


def test_a_fact_stands_where_its_segment_is():
    for number in range(60):
        one = page(9, number)
        for fact in one.facts:
            for segment in fact.spans:
                words = [text for text, own in zip(one.sheet.texts, one.sheet.segments, strict=True) if own == segment]
                assert words, fact
                if fact.text and fact.kind != "address":
                    assert "".join(fact.text.split())[:3] in "".join(words)


def test_the_days_of_a_span_stand_apart_or_in_one_word():
    german = habits(next(locale for locale in LOCALES if locale.language == "de"), Random(1))
    forms = set()
    for number in range(60):
        first, last = (Fact("Term", "date", (), text=text) for text in ("03.02.2024", "09.02.2024"))
        sheet = new_sheet(Random(number))
        span_of_days(sheet, 0, 1, first, last, german, Random(number))
        forms.add(len(sheet.texts))
        assert first.text in sheet.texts[first.spans[0]] and last.text in sheet.texts[-1]
        assert [sheet.segments[0], sheet.segments[-1]] == [first.spans[0], last.spans[0]]
    assert forms == {1, 2, 3}


@pytest.mark.parametrize("way", [beside, above])
def test_what_stands_below_a_value_is_no_part_of_it(way):
    fact = Fact("Consignee", "company", (), text="Halden Ltd", below=("14 Quay Street", "Hull"))
    sheet = new_sheet(Random(1))
    end = way(sheet, 0, 60, 1, [fact], style_of(Random(1)), Random(5))
    own = {text for text, segment in zip(sheet.texts, sheet.segments, strict=True) if segment in fact.spans}
    assert {"Quay", "Hull"} <= set(sheet.texts) and not own & {"Quay", "Hull"} and "Halden" in own
    assert end > max(box[1] for box in sheet.boxes)


def test_the_row_of_the_only_rate_states_the_sums():
    facts = [Fact("Net", "amount", (), "net", text="100,00"), Fact("VAT", "amount", (), "tax", text="19,00")]
    german = habits(next(locale for locale in LOCALES if locale.language == "de"), Random(1))
    stated = 0
    for number in range(40):
        writer = Writer("invoice", german, Random(number))
        writer.rates(100, 19, facts)
        texts, segments = writer.sheet.texts, writer.sheet.segments
        for fact in facts:
            stated += len(fact.spans)
            assert all(texts[segments.index(segment)] == fact.text for segment in fact.spans)
            fact.spans.clear()
    assert 40 < stated < 80


def test_every_language_has_pages_and_captions():
    assert len(languages()) == 12
    assert {locale.language for locale in LOCALES} == set(languages())
    assert "fakturanummer" in spellings("invoiceNumber", "no") and "Rechnungsnummer" in spellings("invoiceNumber", "de")
    assert spellings("tip", "cs") == spellings("tip", "en")


def test_values_are_written_as_their_country_writes_them():
    rng = Random(1)
    german = habits(next(locale for locale in LOCALES if locale.language == "de"), rng)
    written = {money_text(1234.5, german, Random(i)).strip("€ EUR") for i in range(40)}
    assert "1.234,50" in written and not any("1,234" in text for text in written)
    days = {day_text(german.day, german, Random(i)) for i in range(20)}
    assert all("{m}" not in text and str(german.day.day) in text for text in days)
    for kind in KINDS:
        assert value_of(kind, german, rng).strip()


def test_questions_ask_for_what_is_there_and_for_what_is_not():
    rng = Random(2)
    asked = [one for number in range(60) for one in questions_of(page(4, number), rng, 12)]
    absent = [one for one in asked if not one.segments]
    assert 0.1 < len(absent) / len(asked) < 0.35
    assert all(one.question.phrases for one in asked)


def test_captions_of_one_meaning_on_one_page_are_asked_for_by_themselves():
    german = habits(next(locale for locale in LOCALES if locale.language == "de"), Random(1))
    fact = of_concept("orderNumber", german, Random(3))
    [other] = rival(fact, german, Random(4))
    assert fact.calls == (fact.caption,) and other.calls == (other.caption,) and fact.caption != other.caption
    assert rival(Fact("Berth", "code", ("Berth",)), german, Random(4)) == []


def test_property_names_are_words():
    assert words_of("grossAmount") == words_of("gross_Amount") == ["gross", "Amount"]
    assert words_of("Account # / Ref") == ["Account", "#", "Ref"]
    filled = slots(Question(((NAME, "tenantName"), (OWNER, "tenant")), 0))
    assert filled[0] == (OWNER, ["tenant"]) and filled[1] == (NAME, ["tenant", "Name"]) and filled[2] == (0, [])


def test_words_are_spelled_alike_in_all_hands():
    assert normal("Größe:") == "große" and normal("Nº") == normal("NO.") == "no" and normal("12.50") == "00.00" and normal("--") == "--"
    assert len(normal("a" * 50)) == features.LENGTH


def test_hashes_are_those_of_fnv():
    def fnv(text: str, start: int) -> int:
        value = start
        for c in text:
            value = ((value ^ ord(c)) * features.PRIME) % 2**32
        return 1 + value % features.BUCKETS

    found = grams_of(["Total:", "x"])
    assert found[0, 0] == fnv("<total>", features.OFFSET)
    assert [found[0, 1 + i] for i in range(5)] == [fnv("<total>"[i : i + 3], features.OFFSET ^ 3) for i in range(5)]
    assert [found[0, 17 + i] for i in range(4)] == [fnv("<total>"[i : i + 4], features.OFFSET ^ 4) for i in range(4)]
    assert (found[1] > 0).sum() == 2 and found.shape == (2, GRAMS)


def test_neighbours_and_lines_below(form):
    texts, looks = form.words.texts, form.seen
    at = {text: i for i, text in enumerate(texts)}
    left, right, up, down = looks.neighbours[at["A-17"]]
    assert texts[left - 1] == "No:" and right == 0 and up == 0 and texts[down - 1] == "Acme"
    assert texts[looks.below[at["Sons"]] - 1] == "12" and looks.below[at["Acme"]] == 0
    assert looks.features.shape == (len(form), SIZE)


def test_features_know_no_pixels_and_no_aspect(form):
    words = form.words
    stretched = Words(words.texts, words.boxes * [0.3, 7, 0.3, 7] + [5, 9, 5, 9], words.confidences, words.rows)
    for ours, theirs in zip(vars(form.seen).values(), vars(seen(stretched)).values(), strict=True):
        assert np.allclose(ours, theirs, atol=1e-4)


def test_links_follow_a_value_over_its_lines(form):
    at = {text: i for i, text in enumerate(form.words.texts)}
    assert [form.goes_right[at[text]] for text in ("Acme", "&", "No:", "12", "High")] == [1, 1, 0, 1, 1]
    assert form.goes_below[at["Sons"]] == 0 and form.goes_right[at["Street"]] == UNKNOWN
    joined = links_of(form.seen, {0: [at["Acme"], at["&"], at["Sons"], at["12"]]})
    assert joined[1][at["Sons"]] == 1


def test_rows_are_read_from_boxes_alone():
    boxes = np.array([(5, 0.1, 6, 1.1), (0, 0, 1, 1), (0, 1.6, 1, 2.6), (3, 1.5, 4, 2.5)])
    order, rows = rows_of(boxes)
    assert order.tolist() == [1, 0, 2, 3] and rows.tolist() == [0, 0, 1, 1]


def test_a_reading_without_faults_changes_nothing():
    assert spoil(FORM, frozenset({1}), CLEAN, Random(1)) == FORM
    glued = spoil(line_of((0, 1, "Date: 01/02/03")), frozenset({0}), Rates(0, 0, 1.0, 0, 0), Random(1))
    assert glued.texts == ["Date:01/02/03"]
    two = Written(["Date:", "01/02/03"], [(0, 0, 2.5, 1), (2.8, 0, 7, 1)], [0, 1])
    assert spoil(two, frozenset({1}), Rates(0, 0, 1.0, 0, 0), Random(1)).segments == [1]


def test_targets_of_a_batch(form):
    batch = batch_of([form])
    at = {text: i for i, text in enumerate(form.words.texts)}
    assert batch.starts[0, 0].nonzero().flatten().tolist() == [at["A-17"]]
    assert batch.starts[0, 1].nonzero().flatten().tolist() == [at["9.00"]]
    assert not batch.starts[0, 2].any() and batch.asked.all()
    assert batch.belows[0, 0, at["A-17"]] == 0


def test_answers_go_on_from_word_to_word(made):
    reached = told = 0
    for one in made:
        for run in (run for runs in one.answers for run in runs):
            for word, after in pairwise(run):
                told += 1
                reached += after in (one.seen.neighbours[word, 1] - 1, one.seen.below[word] - 1)
    assert told > 100 and reached / told > 0.97


def test_streams_go_on_where_they_stopped():
    first = next(iter(Stream(7, 2, 0, 120, 6)))
    again = next(iter(Stream(7, 2, 0, 120, 6)))
    later = next(iter(Stream(7, 2, 4, 120, 6)))
    assert torch.equal(first.page.grams, again.page.grams)
    assert first.page.grams.shape != later.page.grams.shape or not torch.equal(first.page.grams, later.page.grams)


def test_padding_changes_no_answer(made):
    torch.manual_seed(1)
    model = Asker(SMALL).eval()
    short, long = sorted(made, key=len)[:: len(made) - 1]
    alone, among = batch_of([short]), batch_of([short, long])
    with torch.inference_mode():
        a, b = model(alone.page, alone.questions), model(among.page, among.questions)
    n, q = len(short), len(short.questions)
    assert torch.allclose(a.starts[0, :q, :n], b.starts[0, :q, :n], atol=1e-4)
    assert torch.allclose(a.absent[0, :q], b.absent[0, :q], atol=1e-4)
    assert torch.allclose(a.rights[0, :q, :n], b.rights[0, :q, :n], atol=1e-4)


def test_questions_do_not_change_each_others_answers(form):
    torch.manual_seed(1)
    model = Asker(SMALL).eval()
    together = answers_on(model, [form.words], form.questions)
    single = [answers_on(model, [form.words], [question])[0] for question in form.questions]
    for some, own in zip(together, single, strict=True):
        assert [one.words for one in some] == [one.words for one in own]
        assert some[0].probability == pytest.approx(own[0].probability, abs=1e-5)


def test_soft_segments_end_with_the_row(form):
    batch = batch_of([form])
    near = segments(torch.full((1, len(form)), 9.0), batch.page)[0]
    rows = form.words.rows
    assert all((near[i, j] > 0.9) == (rows[i] == rows[j]) for i in range(len(form)) for j in range(len(form)))


def test_distances_are_told_apart_on_both_sides():
    assert bucket(torch.tensor([-500.0, -1.0, 0.0, 1.0, 500.0]), 1.3).tolist() == [-6, -1, 0, 1, 6]


def test_it_learns_what_it_is_shown(form):
    torch.manual_seed(1)
    model, batch = Asker(SMALL), batch_of([form])
    optimizer = torch.optim.Adam(model.parameters(), 5e-3)
    for _ in range(150):
        loss = loss_of(model(batch.page, batch.questions), batch)["loss"]
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    answers = answers_on(model.eval(), [form.words], form.questions)
    assert [some[0].text for some in answers[:2]] == ["A-17", "9.00"] and answers[0][0].probability > 0.8
    assert answers[2][0].probability < 0.5


def test_long_pages_are_read_in_parts_of_whole_rows():
    rows = np.repeat(np.arange(100), 9)
    words = Words(["x"] * 900, np.zeros((900, 4)), np.ones(900), rows)
    parts = parts_of(words)
    assert [len(part) for part in parts] == [504, 396] and np.concatenate(parts).tolist() == list(range(900))


def test_a_run_goes_on_from_its_checkpoint(tmp_path: Path):
    (tmp_path / "config.toml").write_text(
        "[shape]\nembedding = 16\nwidth = 32\nheads = 2\nlayers = 1\ninner = 32\nhidden = 16\n"
        "[course]\nsteps = 4\npages = 2\nlongest = 80\nquestions = 4\nwarm_up = 1\n"
    )
    config = load(tmp_path / "config.toml")
    run = Run(config, tmp_path)
    batch = next(iter(Stream(1, 2, 0, 80, 4)))
    assert run.learn(batch)["loss"] > 0
    run.step = 1
    run.save()
    again = Run(config, tmp_path)
    assert again.restore() and again.step == 1
    assert all(torch.equal(a, b) for a, b in zip(run.mean.state_dict().values(), again.mean.state_dict().values(), strict=True))
    with pytest.raises(TypeError):
        (tmp_path / "config.toml").write_text("[course]\nstep = 4\n")
        load(tmp_path / "config.toml")


@pytest.fixture
def labelled(tmp_path: Path) -> Labelled:
    for folder in ("words", "truth"):
        (tmp_path / folder).mkdir()
    word = {"text": "A-17", "confidence": 1, "box": [0.1, 0.1, 0.2, 0.12]}
    (tmp_path / "words" / "one.json").write_text(json.dumps({"pages": [{"rows": [[word]]}, {"rows": []}]}))
    (tmp_path / "truth" / "one.json").write_text(json.dumps({"number": "a17", "paid": 1234.5, "day": "2020-02-01", "other": None}))
    (tmp_path / "set.toml").write_text(
        'name = "set"\nwords = "words"\ntruth = "truth"\nday_first = false\n[fields.number]\ntitle = "Number"\n[fields.paid]\ntype = "number"\n'
        '[fields.day]\ntype = "date"\n[fields.other]\ntitle = "Other"\n'
    )
    return load_labelled(tmp_path / "set.toml")


def test_documents_are_scored_by_their_normalised_values(labelled):
    assert labelled.stems() == ["one"] and [len(words) for words in labelled.pages("one")] == [1]
    read = {"number": {"text": "A-17", "probability": 0.9}, "paid": {"text": "$1,234.50", "probability": 0.4}, "day": {"text": "Feb 1, 2020",
    "probability": 0.6},
            "other": {"text": "x", "probability": 0.8}}  # fmt: skip
    report = scores(labelled, {"one": read})
    assert report["any"] == pytest.approx(2 * 3 / 7, abs=1e-4) and report["f1"] == pytest.approx(2 * 2 / 6, abs=1e-4)


def test_days_and_amounts_are_compared_as_such():
    assert day_of("02/01/20", day_first=False) == "2020-02-01" and day_of("02/01/20", day_first=True) == "2020-01-02"
    assert day_of("31 May 2019", day_first=True) == day_of("May 31, 2019", day_first=False) == "2019-05-31" and day_of("May", day_first=True) is None
    assert [number_of(text) for text in ("$1,234.50", "1.234,5 €", "12", "1 000,00", "x")] == [1234.5, 1234.5, 12.0, 1000.0, None]


def test_the_exported_network_is_the_trained_one(tmp_path: Path):
    runtime = pytest.importorskip("onnxruntime")
    pytest.importorskip("onnxscript")
    from parallax_training.document.export import golden_of, golden_pages, inputs_of, write_onnx
    from parallax_training.document.predict import page_of

    torch.manual_seed(1)
    model = Asker(SMALL).eval()
    write_onnx(model, tmp_path / "model.onnx")
    session = runtime.InferenceSession(tmp_path / "model.onnx", providers=["CPUExecutionProvider"])
    one = golden_pages()[1]
    starts, rights, belows, absent = session.run(None, inputs_of(one.words, one.questions))
    with torch.inference_mode():
        ours = model(page_of(one.seen), batch_of([one]).questions)
    for theirs, own in ((starts, ours.starts), (rights, ours.rights), (belows, ours.belows), (absent, ours.absent)):
        assert np.abs(theirs - own[0].numpy()).max() < 0.02
    golden = golden_of(model, one)
    assert len(golden["inputs"]["grams"]) == len(golden["words"]) == len(one)
    assert questions.TYPES[one.questions[0].type] == golden["questions"][0]["type"]


def table_of(number: int) -> tuple[Printer, list[Fact]]:
    rng = Random(number)
    h, sheet = habits(LOCALES[0], rng), new_sheet(rng)
    sheet.width = 70
    columns = sold(h, rng, narrow=False)
    printer = Printer(sheet, 1.0, columns, layout_of(columns, 0.0, 70.0, False, rng), h, rng)
    for _ in range(5):
        printer.record()
    return printer, columns


def test_cells_stand_below_each_other_in_their_column():
    for number in range(30):
        printer, columns = table_of(number)
        sheet = printer.sheet
        for i, column in enumerate(columns):
            assert len(column.spans) <= 5
            tops = []
            for segment in column.spans:
                boxes = [box for box, own in zip(sheet.boxes, sheet.segments, strict=True) if own == segment]
                middle = (min(b[0] for b in boxes) + max(b[2] for b in boxes)) / 2
                assert middle >= printer.layout.edges[i] - (12 if printer.layout.right[i] else 0)
                tops.append(min(b[1] for b in boxes))
            assert tops == sorted(tops)


def test_columns_are_asked_for_in_every_record():
    asked = [one for number in range(80) for one in questions_of(page(7, number), Random(number), 12)]
    columns = [one for one in asked if one.question.column]
    assert sum(len(one.segments) > 1 for one in columns) > 40
    assert any(not one.segments for one in columns)
    owned = [one for one in columns if any(kind == OWNER for kind, _ in one.question.phrases)]
    assert len(owned) > 0.7 * len(columns)
    assert all(len(one.segments) <= 2 for one in asked if not one.question.column)


def test_columns_have_types_of_their_own():
    single = Question(((TITLE, "Amount"),), 1)
    *_, types = questions.seen_questions([single, replace(single, column=True)])
    assert types.tolist() == [1, 1 + len(questions.TYPES)]


def test_cells_are_told_word_by_word():
    pages = (example(3, number, 300, 12) for number in range(50))
    one = next(p for p in pages if p and any(q.column and a for q, a in zip(p.questions, p.answers, strict=True)))
    batch = batch_of([one])
    right = torch.where(batch.starts, 8.0, -8.0)
    absent = torch.where(batch.starts.any(-1), 0.0, 8.0)
    answers = Answers(right, torch.zeros_like(right), torch.zeros_like(right), absent, torch.zeros(1, right.shape[-1], 2))
    good = loss_of(answers, batch)["cells"]
    assert good < 0.1
    assert loss_of(answers._replace(starts=-right), batch)["cells"] > 10 * good
