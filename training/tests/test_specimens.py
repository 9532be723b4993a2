"""What the samples of bank statements and forms promise: they print what they state, and statements add up."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("faker")

from parallax_training.document.values import checked
from parallax_training.specimens.forms import LAYOUTS, form
from parallax_training.specimens.statements import BANKS, Bank, statement
from parallax_training.synth import fonts

if fonts.missing_packages():
    pytest.skip("the fonts of drawn pages are not installed", allow_module_level=True)


@pytest.mark.parametrize("bank", BANKS)
@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_a_statement_adds_up_and_prints_what_it_states(language: str, bank: Bank) -> None:
    paper, truth = statement(language, bank, "test")
    moved = sum((t["amount"] or 0) + (t["paidIn"] or 0) - (t["paidOut"] or 0) for t in truth["transactions"])
    assert truth["opening"] + moved == pytest.approx(truth["closing"])
    printed = " ".join(paper.texts)
    assert truth["holder"] in printed and truth["number"] in printed and truth["bic"] in printed
    assert truth["iban"] in "".join(paper.texts)
    assert all(word in paper.texts for t in truth["transactions"] for word in t["description"].split())


def test_account_numbers_have_their_check_digits() -> None:
    assert checked("GB00 WEST 1234 5698 7654 32") == "GB82WEST12345698765432"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_form_states_what_was_filled_in(layout: str) -> None:
    paper, truth = form("en", layout, "test")
    printed = " ".join(paper.texts)
    assert len(truth["entries"]) > 3
    assert all(entry["value"] and entry["value"] in printed for entry in truth["entries"])
    assert all(re.search(rf"{re.escape(entry['label'])}:?", printed) for entry in truth["entries"])
