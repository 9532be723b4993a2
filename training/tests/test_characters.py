"""The character model is a probability model, and its file is what it says."""

import math

import pytest

from parallax_training.characters.arpa import arpa
from parallax_training.characters.ngrams import estimate
from parallax_training.characters.texts import synthetic_lines

LINES = ["TOTAL 9.00", "TOTAL 12.50", "TOTAL RM 4.00", "CASH 20.00"] * 3
GRAMS = estimate(LINES, 4)


def probability(text: str) -> float:
    """Of the last character after those before, by backing off."""
    if text in GRAMS:
        return math.exp(GRAMS[text][0])
    shorter = math.exp(GRAMS[text[:-1]][1]) if text[:-1] in GRAMS else 1.0
    return shorter * probability(text[1:]) if len(text) > 1 else 1 / 200


@pytest.mark.parametrize("history", ["", "T", "TO", "TOT", "0", " 0", "\nC"])
def test_probabilities_of_what_follows_sum_to_at_most_one(history: str) -> None:
    characters = {gram[-1] for gram in GRAMS}
    total = sum(probability(history + c) for c in characters)
    assert 0.7 < total <= 1 + 1e-6


def test_likely_continuations_are_likelier() -> None:
    assert probability("TOTA") > 0.8
    assert probability("TOTX") < 0.05


def test_digits_are_one_character() -> None:
    assert not any(c in gram for gram in GRAMS for c in "123456789")
    assert any("0" in gram for gram in GRAMS)


def test_the_file_counts_its_entries() -> None:
    lines = list(arpa(GRAMS))
    declared = sum(int(line.split("=")[1]) for line in lines if line.startswith("ngram "))
    assert declared == sum("\t" in line for line in lines) == len(GRAMS)
    assert any(line.split("\t")[1] == "A L ▁ 0" for line in lines if "\t" in line)


def test_synthetic_lines_depend_on_the_seed_only() -> None:
    assert list(synthetic_lines(2, 1)) == list(synthetic_lines(2, 1))
    assert list(synthetic_lines(2, 1)) != list(synthetic_lines(2, 2))
