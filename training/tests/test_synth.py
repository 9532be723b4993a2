"""What the synthetic receipts promise: same seed same receipt, sums that add up, boxes that fit."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from parallax_training.synth import fonts
from parallax_training.synth.bulk import random_recipe, write_pages
from parallax_training.synth.capture import PROFILES
from parallax_training.synth.content import Receipt
from parallax_training.synth.countries import COUNTRIES
from parallax_training.synth.money import MoneyFormat, rounded_to
from parallax_training.synth.samples import SAMPLES
from parallax_training.synth.specimen import Recipe, lay_out, make
from parallax_training.synth.truth import truth_of
from parallax_training.synth.vendors import VENDORS

COUNT = 200
SAMPLE_FOLDER = Path(__file__).resolve().parents[2] / "samples" / "receipt"


@pytest.fixture(scope="module")
def laid_out():
    """COUNT random receipts as (recipe, receipt, pages)."""
    recipes = [random_recipe(7, index) for index in range(COUNT)]
    return [(recipe, *lay_out(recipe)) for recipe in recipes]


def number_in(text: str, receipt: Receipt, decimals: bool) -> float:
    """The number a printed text holds, read by the country's rules."""
    money = receipt.country.money
    for symbol in receipt.country.symbols:
        text = text.replace(symbol.strip(), "")
    kept = "".join(c for c in text if c.isdigit() or c in (money.point if decimals else "") or c == "-")
    return float(kept.replace(money.point, "."))


def test_money_formats():
    assert MoneyFormat(2, ",", ".").text(123456) == "1.234,56"
    assert MoneyFormat(2, ".", ",", lakhs=True).text(123456789) == "12,34,567.89"
    assert MoneyFormat(0, ",", ".").text(25000) == "25.000"
    assert MoneyFormat().text(-5) == "-0.05"
    assert MoneyFormat(2, ".", "'").text(99999) == "999.99"
    assert rounded_to(1998, 5) == 2000


def test_same_seed_same_specimen():
    recipe = random_recipe(3, 5)
    first, second = make(recipe), make(recipe)
    assert first.truth == second.truth
    assert first.labels == second.labels
    assert all(np.array_equal(a.image, b.image) for a, b in zip(first.sheets, second.sheets, strict=True))


def test_other_seed_other_specimen():
    recipe = Recipe("a", "MY", "restaurant", "scan")
    other = replace(recipe, seed="b")
    assert lay_out(recipe)[0] != lay_out(other)[0]


def test_lines_add_up_to_the_total(laid_out):
    for recipe, r, _ in laid_out:
        for item in r.items:
            assert item.amount == round(item.quantity * item.unit_price), recipe
        assert r.gross_lines == sum(item.amount for item in r.items) or not r.items, recipe
        added = 0 if r.inclusive else r.tax or 0
        due = r.gross_lines - r.discount + r.service + added + (r.tip or 0)
        assert r.total == due + r.rounding, recipe
        assert abs(r.rounding) <= r.country.cash_step / 2, recipe
        assert r.payment.tendered >= r.total, recipe
        assert (r.total < 0) == recipe.refund and r.total != 0, recipe


def test_tax_lines_are_consistent(laid_out):
    for recipe, r, _ in laid_out:
        for line in r.tax_lines:
            assert line.net + line.tax == line.gross, recipe
            assert abs(line.tax - line.net * line.rate / 100) <= 1.01, recipe
        if r.tax_lines and r.inclusive:
            assert sum(line.gross for line in r.tax_lines) == r.gross_lines - r.discount + r.service, recipe


def test_truth_agrees_with_the_content(laid_out):
    for recipe, r, pages in laid_out:
        truth, number = truth_of(pages, r.country.currency), r.country.money.number
        assert truth["total"] == number(r.total), recipe
        assert truth["date"] == r.when.strftime("%Y-%m-%d"), recipe
        assert truth["tax"] in (None, number(r.tax or 0)), recipe
        assert truth["tip"] == (None if r.tip is None else number(r.tip)), recipe
        assert [item["amount"] for item in truth["items"]] == [number(item.amount) for item in r.items], recipe
        assert truth["currency"] in (None, r.country.currency), recipe
        assert truth["merchant"]["name"].casefold() == r.merchant.name.casefold(), recipe


def test_truth_tells_the_parts_of_the_total(laid_out):
    """Every discount, service charge, rounding and tax that is printed, and no other; each kind is drawn."""
    seen = {"discount": 0, "serviceCharge": 0, "rounding": 0, "one tax": 0, "several taxes": 0, "bases": 0, "refunds": 0}
    for recipe, r, pages in laid_out:
        truth, number = truth_of(pages, r.country.currency), r.country.money.number
        assert truth["discount"] == (number(abs(r.discount)) if r.discount else None), recipe
        assert truth["serviceCharge"] == (number(r.service) if r.service else None), recipe
        assert truth["rounding"] == (number(r.rounding) if r.rounding else None), recipe
        taxes = truth["taxes"] or []
        assert (truth["taxes"] is None) == (truth["tax"] is None), recipe
        if taxes:
            assert sum(t["amount"] for t in taxes) == pytest.approx(truth["tax"], abs=0.011), recipe
        for t in taxes:
            assert t["label"] and t["rate"] is not None, recipe
            if t["base"] is not None:
                assert abs(t["base"] * t["rate"] / 100 - t["amount"]) <= 1.01 / 10**r.country.money.decimals, recipe
        seen["bases"] += any(t["base"] is not None for t in taxes)
        seen["one tax"] += len(taxes) == 1
        seen["several taxes"] += len(taxes) > 1
        seen["refunds"] += recipe.refund
        for key in ("discount", "serviceCharge", "rounding"):
            seen[key] += truth[key] is not None
    assert min(seen.values()) > 0, seen


@pytest.mark.parametrize(("country", "layout"), [("DE", "supermarket"), ("MY", "restaurant"), ("IN", "invoice")])
def test_a_refund_turns_every_amount(country, layout):
    recipe = Recipe("back", country, layout, "scan")
    bought, given = (truth_of(lay_out(r)[1], "X") for r in (recipe, replace(recipe, refund=True)))
    assert [item["amount"] for item in given["items"]] == [-item["amount"] for item in bought["items"]]
    assert given["total"] < 0 and given["discount"] == bought["discount"] and given["tip"] is None
    assert [t["amount"] for t in given["taxes"] or []] == [-t["amount"] for t in bought["taxes"] or []]


def test_labelled_text_says_its_value(laid_out):
    """Money and quantities parse back, from the text alone, to the value in the truth."""
    money = ("/subtotal", "/tax", "/tip", "/total")
    for recipe, r, pages in laid_out:
        for run in (run for page in pages for run in page.runs if run.label):
            if run.label in money or run.label.endswith(("/amount", "/unitPrice", "/quantity")):
                decimals = bool(r.country.money.decimals) or run.label.endswith("/quantity")
                assert number_in(run.text, r, decimals) == pytest.approx(run.value), (recipe, run)


def test_labels_cover_the_truth(laid_out):
    for recipe, r, pages in laid_out:
        runs = [run for page in pages for run in page.runs]
        labels = {run.label for run in runs}
        truth = truth_of(pages, r.country.currency)
        fields = {f"/merchant/{key}": value for key, value in truth["merchant"].items()}
        fields |= {f"/items/{i}/{key}": value for i, item in enumerate(truth["items"]) for key, value in item.items()}
        fields |= {f"/{key}": truth[key] for key in ("date", "time", "subtotal", "tax", "tip", "total")}
        for pointer, value in fields.items():
            assert (value is not None) == (pointer in labels), (recipe, pointer)
        assert (truth["currency"] is not None) == any(run.shows_currency for run in runs), recipe


def test_runs_lie_on_their_page_and_apart(laid_out):
    for recipe, _, pages in laid_out:
        for page in pages:
            for run in page.runs:
                left, top, right, bottom = run.box
                assert 0 <= left <= right <= page.width and 0 <= top <= bottom <= page.height, (recipe, run.text)
            assert not overlapping(page.runs), (recipe, overlapping(page.runs))


def overlapping(runs):
    """Pairs of texts on one line whose boxes cross by more than a few pixels."""
    lines: dict[float, list] = {}
    for run in runs:
        lines.setdefault(round(run.baseline), []).append(run)
    pairs = []
    for line in lines.values():
        line.sort(key=lambda run: run.box[0])
        pairs += [(a.text, b.text) for a, b in pairwise(line) if a.box[2] > b.box[0] + 3]
    return pairs


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_boxes_stay_inside_and_on_their_ink(profile):
    """After capture every box is inside the image, and darker or busier than blank paper."""
    layout = "pharmacy" if profile != "a4" else "supermarket"
    specimen = make(Recipe("boxes", "GB", layout, profile, lines=4))
    for page, sheet in zip(specimen.pages, specimen.sheets, strict=True):
        assert sheet.corners.min() >= 0
        assert (sheet.corners[..., 0] <= sheet.width).all() and (sheet.corners[..., 1] <= sheet.height).all()
        grey = sheet.image.mean(axis=2)
        for run, corners in zip(page.runs, sheet.corners, strict=True):
            if run.label and len(run.text) > 2:
                (x0, y0), (x1, y1) = corners.min(axis=0).astype(int), np.ceil(corners.max(axis=0)).astype(int)
                assert np.ptp(grey[y0:y1, x0:x1]) > 0.15, (profile, run.text)


def test_bulk_pages_have_truth_and_labels(tmp_path):
    write_pages(2, 1, tmp_path)
    for index in range(2):
        folder = tmp_path / f"{index:06d}"
        truth, labels = (json.loads((folder / f"{name}.json").read_text()) for name in ("truth", "labels"))
        assert (folder / "page.jpg").stat().st_size > 10_000
        sums = ("subtotal", "discount", "serviceCharge", "taxes", "tax", "rounding", "tip", "total")
        assert {"merchant", "date", "time", "currency", "items", *sums} == set(truth)
        assert any(run["label"] == "/total" for page in labels["pages"] for run in page["runs"])


def test_stored_samples_are_the_ones_the_code_draws():
    for sample in SAMPLES:
        receipt, pages = lay_out(sample.recipe)
        stored = json.loads((SAMPLE_FOLDER / sample.slug / "truth.json").read_text())
        assert stored == truth_of(pages, receipt.country.currency), sample.slug
        assert (SAMPLE_FOLDER / sample.slug / f"page.{sample.form}").exists()


def test_missing_font_names_its_package(monkeypatch, tmp_path):
    face = replace(fonts.FACES["lato"], regular=tmp_path / "gone.ttf")
    monkeypatch.setitem(fonts.FACES, "lato", face)
    fonts.load.cache_clear()
    with pytest.raises(fonts.MissingFont, match="apt-get install fonts-lato"):
        fonts.load("lato", False, 20)
    assert "fonts-lato" in fonts.missing_packages()


def test_every_country_can_sell_something():
    for code in COUNTRIES:
        for layout in ("restaurant", "supermarket", "invoice", "fuel", "parking", "taxi", "cafe", "hardware"):
            assert truth_of(lay_out(Recipe("x", code, layout, "scan"))[1], "X")["total"] > 0


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.slug)
def test_receipts_of_a_vendor_differ_in_what_was_bought_only(vendor):
    specimens = [make(vendor.recipe(*receipt)) for receipt in vendor.receipts]
    first, second = (specimen.receipt for specimen in specimens)
    assert first.merchant == second.merchant and first.tax_name == second.tax_name
    assert (first.when, first.total) != (second.when, second.total)
    for specimen, (receipt, _) in zip(specimens, vendor.receipts, strict=True):
        committed = SAMPLE_FOLDER.parent / "vendors" / vendor.slug / receipt / "truth.json"
        assert specimen.truth == json.loads(committed.read_text(encoding="utf-8"))
