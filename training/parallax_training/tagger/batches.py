"""Examples as tensors, and an endless stream of random batches out of several sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import IterableDataset

from .augment import Vocabulary, augment
from .example import Example
from .features import LENGTH, NAMES, chars_of, features_of
from .labels import OUTSIDE, TAGS, UNKNOWN

TOGETHER = 4  # batches


@dataclass(frozen=True)
class Batch:
    """Pages filled up to the longest of them; see ``Tagger`` and ``Example`` for the shapes."""

    chars: Tensor
    features: Tensor
    present: Tensor
    allowed: Tensor
    tags: Tensor
    choices: Tensor
    guesses: Tensor
    starts: Tensor


def batch_of(examples: Sequence[Example]) -> Batch:
    pages, n = len(examples), max(map(len, examples))
    batch = Batch(
        torch.zeros(pages, n, LENGTH, dtype=torch.long),
        torch.zeros(pages, n, len(NAMES)),
        torch.zeros(pages, n, dtype=torch.bool),
        torch.ones(pages, n, len(TAGS), dtype=torch.bool),
        torch.full((pages, n), UNKNOWN, dtype=torch.long),
        torch.full((pages, n), OUTSIDE, dtype=torch.long),
        torch.full((pages, n), UNKNOWN, dtype=torch.long),
        torch.full((pages, n), float("nan")),
    )
    for p, example in enumerate(examples):
        size = len(example)
        batch.chars[p, :size] = torch.from_numpy(chars_of(example.words.texts))
        batch.features[p, :size] = torch.from_numpy(features_of(example.words))
        batch.present[p, :size] = True
        batch.allowed[p, :size] = torch.from_numpy(example.allowed())
        batch.tags[p, :size] = torch.from_numpy(example.tags)
        batch.choices[p, :size] = torch.from_numpy(example.choices)
        batch.guesses[p, :size] = torch.from_numpy(example.guesses)
        batch.starts[p, :size] = torch.from_numpy(example.starts.astype(np.float32))
    return batch


@dataclass(frozen=True)
class Source:
    """A kind of page. ``groups`` hold variants of one page (as several engines read it), drawn alike."""

    groups: list[list[Example]]
    share: float  # of the pages of a batch
    clean: bool = False  # whether no engine has read them


class Stream(IterableDataset):
    """Batches of ``size`` augmented pages from batch ``first`` on, every one a function of ``seed`` and its
    number. Batches are drawn ``TOGETHER`` so that each can hold pages of about one length."""

    def __init__(self, sources: list[Source], vocabulary: Vocabulary, size: int, seed: int, first: int, longest: int) -> None:
        self.sources = [source for source in sources if source.groups]
        self.vocabulary, self.size, self.seed, self.first, self.longest = vocabulary, size, seed, first, longest

    def __iter__(self) -> Iterator[Batch]:
        for number in count(self.first // TOGETHER):
            batches = self.draw(Random(f"{self.seed}/{number}"))
            yield from batches[self.first % TOGETHER if number == self.first // TOGETHER else 0 :]

    def draw(self, rng: Random) -> list[Batch]:
        shares = [source.share for source in self.sources]
        chosen = rng.choices(self.sources, shares, k=self.size * TOGETHER)
        pages = [augment(rng.choice(rng.choice(s.groups)), self.vocabulary, rng, s.clean) for s in chosen]
        pages = sorted((shortened(page, self.longest, rng) for page in pages), key=len)
        batches = [batch_of(pages[at : at + self.size]) for at in range(0, len(pages), self.size)]
        rng.shuffle(batches)
        return batches


def shortened(example: Example, longest: int, rng: Random) -> Example:
    """At most ``longest`` words in a row of the page's words."""
    if len(example) <= longest:
        return example
    start = rng.randint(0, len(example) - longest)
    return example.take(np.arange(start, start + longest))
