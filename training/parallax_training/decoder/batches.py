"""Read pages as tensors, and an endless stream of random batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import IterableDataset

from .augment import augment
from .fields import FIELDS
from .model import END
from .places import coordinates_of, features_of
from .rewrite import Changes
from .tokens import Place, Read, load

TOGETHER = 8  # batches, drawn together so that each can hold pages of about one length


@dataclass(frozen=True)
class Page:
    """Tokens as the network sees them: see ``model.Decoder.look``; [b, n, …]."""

    classes: Tensor
    hidden: Tensor
    features: Tensor
    coordinates: Tensor
    present: Tensor


@dataclass(frozen=True)
class Batch:
    """``page``; and every step of every value in a row a page, [b, q] each: the ``fields``, what was ``said`` and pointed at
    ``before``, the class to spell and the token to point at (``target``, ``aligned``, −1 where there is none), and the value
    that it belongs to (``rows``, −1 beyond the page's last step) with its place there (``steps``). ``groups`` lists for every
    question the values that answer it, any of which is right."""

    page: Page
    fields: Tensor
    said: Tensor
    before: Tensor
    target: Tensor
    aligned: Tensor
    rows: Tensor
    steps: Tensor
    groups: list[list[int]]


def page_of(reads: Sequence[Read]) -> Page:
    tokens = [read.tokens for read in reads]
    filled = lambda parts: pad_sequence(list(parts), batch_first=True)  # noqa: E731
    return Page(
        filled(t.classes for t in tokens),
        filled(t.hidden.float() for t in tokens),
        filled(features_of(t) for t in tokens),
        filled(coordinates_of(t) for t in tokens),
        filled(torch.ones(len(t), dtype=torch.bool) for t in tokens),
    )


def batch_of(reads: Sequence[Read]) -> Batch:
    asked, groups, values = [], [], 0
    for read in reads:
        steps = [torch.zeros(7, 0, dtype=torch.long)]
        for name, places in read.truth.items():
            answers = [steps_of(place) for place in places] or [absent()]
            groups.append(list(range(values, values + len(answers))))
            for answer in answers:
                field, row = (torch.full_like(answer[0], number) for number in (FIELDS.index(name), values))
                steps.append(torch.stack([field, *answer, row, torch.arange(answer.shape[1])]))
                values += 1
        asked.append(torch.cat(steps, dim=1).T)
    padded = pad_sequence([page[:, :5] for page in asked], batch_first=True)
    rows = pad_sequence([page[:, 5] for page in asked], batch_first=True, padding_value=-1)
    number = pad_sequence([page[:, 6] for page in asked], batch_first=True)
    return Batch(page_of(reads), *padded.unbind(2), rows, number, groups)


def steps_of(place: Place) -> Tensor:
    """[4, m + 1]: said, before, target and aligned of the steps that spell a value and end it. For a character that was not
    read, the token before is pointed at again."""
    aligned = place.tokens.clone()
    for i in range(1, len(aligned)):
        if aligned[i] < 0:
            aligned[i] = aligned[i - 1]
    start, end = torch.tensor([END]), torch.tensor([-1])
    return torch.stack([
        torch.cat([start, place.classes]), torch.cat([end, aligned]), torch.cat([place.classes, start]), torch.cat([aligned, end])
    ])


def absent() -> Tensor:
    """The one step of a value that the page does not have."""
    return torch.tensor([[END], [-1], [END], [-1]])


class Stream(IterableDataset):
    """Batches of ``size`` pages with at most ``longest`` tokens, from batch ``first`` on, each a function of ``seed`` and its
    number. ``real`` and ``drawn`` list the files of every page."""

    def __init__(
        self, real: list[list[Path]], drawn: list[list[Path]], drawn_share: float, size: int, longest: int, seed: int, first: int
    ) -> None:
        self.changes = Changes([load(files[0]) for files in real or drawn])
        self.real, self.drawn, self.share = real or drawn, drawn, drawn_share if drawn else 0.0
        self.size, self.longest, self.seed, self.first = size, longest, seed, first

    def __iter__(self) -> Iterator[Batch]:
        torch.set_num_threads(1)
        for number in count(self.first // TOGETHER):
            batches = self.draw(Random(f"{self.seed}/{number}"))
            yield from map(batch_of, batches[self.first % TOGETHER if number == self.first // TOGETHER else 0 :])

    def draw(self, rng: Random) -> list[list[Read]]:
        reads: list[Read] = []
        while len(reads) < self.size * TOGETHER:
            files = rng.choice(self.drawn if rng.random() < self.share else self.real)
            read = load(rng.choice(files))
            if read.truth and 1 < len(read.tokens) <= self.longest:
                reads.append(augment(read, self.changes, rng))
        reads.sort(key=lambda read: len(read.tokens))
        batches = [reads[at : at + self.size] for at in range(0, len(reads), self.size)]
        rng.shuffle(batches)
        return batches


def files_of(folder: Path) -> list[list[Path]]:
    """The files of a kind's pages, all variants of a page together, the plain one first."""
    pages: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*.pt")):
        pages.setdefault(path.name.rsplit(".", 2)[0], []).append(path)
    return list(pages.values())
