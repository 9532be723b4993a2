"""The characters that the reading head knows, and texts as classes of it."""

from __future__ import annotations

import numpy as np

from ..tagger.words import Ints

BLANK = 0
ALPHABET = "".join(map(chr, range(32, 127))) + "£€₹ÄÖÜäöüßÀÂÇÈÉÛàâçèéû"
CLASSES = 1 + len(ALPHABET)
CLASS = {c: i + 1 for i, c in enumerate(ALPHABET)}

LOWER = [CLASS[c] for c in ALPHABET if c.upper() != c and c.upper() in CLASS]
UPPER = [CLASS[c.upper()] for c in ALPHABET if c.upper() != c and c.upper() in CLASS]


def encode(text: str) -> Ints:
    """Classes of the characters; what the alphabet lacks is left out."""
    return np.array([CLASS[c] for c in text if c in CLASS], dtype=np.int64)


def decode(classes: list[int]) -> str:
    """The text of the best class of every frame: repeats are one character, blanks none."""
    kept = [c for c, before in zip(classes, [BLANK, *classes[:-1]], strict=True) if c != before and c != BLANK]
    return "".join(ALPHABET[c - 1] for c in kept)
