"""A page of words with what is known about their tags."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .labels import OUTSIDE, UNKNOWN
from .words import Floats, Ints, Words


@dataclass(frozen=True)
class Example:
    """``n`` words and their targets.

    ``tags`` [n] index ``TAGS``, or are ``UNKNOWN``. ``choices`` [n]: the tag that an unknown word has if
    its place is the one meant among several that print the same value, else ``OUTSIDE``. ``guesses`` [n]:
    the tag that an unknown word probably has; ``OUTSIDE``: none, or a caption's; ``UNKNOWN``: no guess.
    ``starts`` [n]: 1 where a word begins an item record, 0 on its other words, nan elsewhere.
    ``barred`` [tags]: what a word of unknown tag certainly is not.
    """

    words: Words
    tags: Ints
    choices: Ints
    guesses: Ints
    starts: Floats
    barred: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.words)

    def take(self, index: Ints) -> Example:
        """The words at ``index``, in order."""
        words, guesses = self.words.take(index), self.guesses[index]
        return Example(words, self.tags[index], self.choices[index], guesses, self.starts[index], self.barred)

    def with_words(self, **changes: Any) -> Example:
        return replace(self, words=replace(self.words, **changes))

    def allowed(self) -> NDArray[np.bool_]:
        """[n, tags]: the tags each word may have."""
        known = self.tags != UNKNOWN
        mask = np.repeat(~self.barred[None], len(self), axis=0)
        mask[known] = False
        mask[known, self.tags[known]] = True
        open_places = np.flatnonzero(~known & (self.choices != OUTSIDE))
        mask[open_places, self.choices[open_places]] = True
        return mask
