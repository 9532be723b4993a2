"""The ARPA format of n-gram models: base-10 logarithms, one n-gram a line, tokens between spaces."""

from __future__ import annotations

from collections.abc import Iterator
from math import log

from .ngrams import BOUNDARY, Grams

SPACE = "▁"  # as SentencePiece writes a space


def token(character: str, first: bool) -> str:
    if character == BOUNDARY:
        return "<s>" if first else "</s>"
    return SPACE if character == " " else character


def entry(gram: str, probability: float, shorter: float) -> str:
    """A line; the weight of the shorter history, where it is 1, is left out."""
    tokens = " ".join(token(c, first=i == 0) for i, c in enumerate(gram))
    backoff = f"\t{shorter / log(10):.3f}" if shorter else ""
    return f"{probability / log(10):.3f}\t{tokens}{backoff}"


def arpa(grams: Grams) -> Iterator[str]:
    """The lines of the file."""
    order = max(map(len, grams))
    by_length = [[g for g in grams if len(g) == length] for length in range(1, order + 1)]
    yield "\\data\\"
    yield from (f"ngram {length}={len(some)}" for length, some in enumerate(by_length, 1))
    for length, some in enumerate(by_length, 1):
        yield f"\n\\{length}-grams:"
        yield from (entry(g, *grams[g]) for g in some)
    yield "\n\\end\\"
