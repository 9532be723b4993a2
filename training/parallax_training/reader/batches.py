"""Batches of augmented lines of about one width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from random import Random

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import IterableDataset

from ..dense.augment import spoil
from .alphabet import encode
from .drawn import drawn_line
from .lines import WIDEST, Grey, Line, cut, jittered
from .model import HEIGHT, STRIDE

TOGETHER = 16  # batches, drawn at once so that each can hold lines of about one width
STRETCH = 1.12  # up to which a line is made wider rather than paper be added to it
ONE_WIDTH = 0.06  # other widths of a line, as a share


@dataclass(frozen=True)
class Batch:
    """``images`` [n, 1, 48, w], −1 to 1; ``texts`` one after the other, ``lengths`` [n] long; ``cased`` [n]."""

    images: Tensor
    texts: Tensor
    lengths: Tensor
    cased: Tensor


def as_shown(line: Line, rng: Random) -> Grey:
    """The line bent, blurred, faded or coarser than it is, at the network's height."""
    spoilt = Line(spoil(line.piece, rng), line.corners, line.text, line.cased)
    image = cut(spoilt, jittered(line, rng))
    width = max(16, round(image.shape[1] * np.exp(rng.gauss(0, ONE_WIDTH))))
    if rng.random() < 0.3:
        height = rng.randint(14, 40)
        image = cv2.resize(image, (max(8, width * height // HEIGHT), height), interpolation=cv2.INTER_AREA)
    return cv2.resize(image, (width, HEIGHT), interpolation=cv2.INTER_CUBIC)


def readable(text: str, width: int) -> bool:
    """Whether CTC can spell the text in so many pixels: a blank must stand between repeats."""
    repeats = sum(a == b for a, b in pairwise(text))
    return len(text) + repeats <= width // STRIDE


def batch_of(images: Sequence[Grey], lines: Sequence[Line]) -> Batch:
    """Lines stretched to the widest, or their right edge drawn out where it is much wider."""
    width = max(image.shape[1] for image in images)
    shown = np.stack([widened(image, width) for image in images])[:, None]
    classes = [spelt(line.text) for line in lines]
    return Batch(
        torch.from_numpy(shown.astype(np.float32) / 127.5 - 1),
        torch.from_numpy(np.concatenate(classes)),
        torch.tensor([len(c) for c in classes]),
        torch.tensor([line.cased for line in lines]),
    )


def spelt(text: str) -> NDArray[np.int64]:
    """Raises ``ValueError`` where the alphabet lacks a character."""
    classes = encode(text)
    if classes is None:
        raise ValueError(f"{text!r} cannot be spelt")
    return classes


def widened(image: Grey, width: int) -> Grey:
    stretched = min(width, round(image.shape[1] * STRETCH))
    wider = cv2.resize(image, (stretched, HEIGHT), interpolation=cv2.INTER_LINEAR)
    return cv2.copyMakeBorder(wider, 0, 0, 0, width - stretched, cv2.BORDER_REPLICATE)


class Stream(IterableDataset):
    """Batches of ``size`` lines from batch ``first`` on, each a function of ``seed`` and its number."""

    def __init__(self, real: list[Line], drawn_share: float, size: int, seed: int, first: int) -> None:
        self.real, self.share, self.size, self.seed, self.first = real, drawn_share if real else 1.0, size, seed, first

    def __iter__(self) -> Iterator[Batch]:
        cv2.setNumThreads(0)
        torch.set_num_threads(1)
        for number in count(self.first // TOGETHER):
            batches = self.draw(Random(f"{self.seed}/{number}"))
            yield from batches[self.first % TOGETHER if number == self.first // TOGETHER else 0 :]

    def draw(self, rng: Random) -> list[Batch]:
        shown: list[tuple[Grey, Line]] = []
        while len(shown) < TOGETHER * self.size:
            line = drawn_line(rng) if rng.random() < self.share else rng.choice(self.real)
            image = as_shown(line, rng)
            if image.shape[1] <= WIDEST and readable(line.text, image.shape[1]):
                shown.append((image, line))
        shown.sort(key=lambda pair: pair[0].shape[1])
        batches = [shown[i : i + self.size] for i in range(0, len(shown), self.size)]
        rng.shuffle(batches)
        return [batch_of([image for image, _ in pairs], [line for _, line in pairs]) for pairs in batches]
