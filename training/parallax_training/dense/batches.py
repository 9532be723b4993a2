"""Pages as tensors, and an endless stream of random batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from random import Random

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import IterableDataset

from ..tagger import batches as tagging
from ..tagger.align import NOTHING, Mark
from ..tagger.augment import Vocabulary, renamed, renumbered
from ..tagger.example import Example
from ..tagger.guesses import NOTHING_ELSE
from ..tagger.noise import misread
from .alphabet import encode
from .augment import Grey, augment
from .pages import Page
from .segments import Segment
from .targets import FINE, MARGIN, PageWords, frames_of, maps_of, words_of

TOGETHER = 8  # batches
MULTIPLE = 32  # of pixels, that pictures are filled up to
APART = 4  # frames of nothing between two lines, as far as any layer of the reader reaches
UNREAD = 2  # frames, not looked at, of a line that cannot be spelt


@dataclass(frozen=True)
class Batch:
    """``images`` [pages, 1, h, w], ink is 1. Maps: see ``targets.Maps``. The frames of all lines of all pages stand in
    one row, with ``APART`` frames of nothing between lines: ``points`` [pages, rows, m, 2] from −1 to 1, those of page
    *p* first ``frames[p]`` of it; ``present`` [n] tells frames from nothing, of all pages in one row. ``lines`` [lines, 2]
    are the first frame and the number of frames of each, ``texts`` the classes of their characters. ``words`` as the
    tagger has them, ``stretches`` [pages, n, 2]: the first reading of each and the one after its last, and ``word_lines`` [pages, n]:
    the line each stands on, −1 where that cannot be read."""

    images: Tensor
    core: Tensor
    extent: Tensor
    fields: Tensor
    weights: Tensor
    points: Tensor
    frames: list[int]
    present: Tensor
    lines: Tensor
    cased: Tensor
    texts: Tensor
    lengths: Tensor
    words: tagging.Batch
    stretches: Tensor
    word_lines: Tensor


@dataclass(frozen=True)
class Picture:
    """A page as it is shown to the network once."""

    image: Grey
    segments: list[Segment]
    page: Page

    def words(self, vocabulary: Vocabulary, rng: Random) -> PageWords:
        """Its words; their texts a little misread, on some pages with other names and numbers than the picture shows."""
        rest = Mark(NOTHING) if self.page.cased else NOTHING_ELSE
        words = words_of(self.segments, self.page.forbidden, rest)
        changed = renumbered(renamed(words.example, vocabulary, rng), rng) if rng.random() < 0.5 else words.example
        rate = rng.uniform(0, 0.05)
        texts = [misread(text, rate, rng) for text in changed.words.texts]
        return replace(words, example=words.example.with_words(texts=texts))


def batch_of(pictures: Sequence[Picture], vocabulary: Vocabulary, rng: Random) -> Batch:
    height, width = (
        -(-max(picture.image.shape[axis] for picture in pictures) // MULTIPLE) * MULTIPLE for axis in (0, 1)
    )
    images = np.zeros((len(pictures), 1, height, width), np.float32)
    maps, points, cased, texts, named = [], [], [], [], []
    present: list[list[bool]] = []
    lines: list[tuple[int, int]] = []
    for p, picture in enumerate(pictures):
        image, segments, places = picture.image, picture.segments, []
        images[p, 0, : image.shape[0], : image.shape[1]] = 1 - image / np.float32(255)
        maps.append(maps_of(segments, width, height))
        own, at = [], sum(map(len, present))
        here: list[bool] = []
        for segment in segments:
            looked = jittered(segment, rng)
            frames = frames_of(looked.start, looked.end, looked.height)
            found, classes = frames.points, encode(segment.text)
            before = float(np.linalg.norm(segment.start - looked.start)) * np.sign(segment.start[0] - looked.start[0])
            line = len(lines) if readable(classes, found.shape[1]) else -1
            count = found.shape[1] if line >= 0 else UNREAD
            places.append(Place(at + len(here), before + MARGIN * looked.height, frames.step, count, line))
            if line < 0:
                found = found[:, :UNREAD]
                here += [False] * (UNREAD + APART)
                own += [found, np.full((found.shape[0], APART, 2), -1e4, np.float32)]
                continue
            own += [found, np.full((found.shape[0], APART, 2), -1e4, np.float32)]
            lines.append((at + len(here), found.shape[1]))
            here += [True] * found.shape[1] + [False] * APART
            cased.append(picture.page.cased)
            texts.append(classes)
        named.append(names_of(picture.words(vocabulary, rng), places, rng))
        points.append(np.concatenate(own, axis=1) if own else np.zeros((4, 0, 2), np.float32))
        present.append(here)
    longest = max(page.shape[1] for page in points)
    words = tagging.batch_of([example for example, *_ in named])
    stretches = torch.zeros(*words.present.shape, 2, dtype=torch.long)
    word_lines = torch.full(words.present.shape, -1, dtype=torch.long)
    for p, (example, own_stretches, own_lines) in enumerate(named):
        stretches[p, : len(example)] = torch.from_numpy(own_stretches)
        word_lines[p, : len(example)] = torch.from_numpy(own_lines)
    grid = np.full((len(points), points[0].shape[0], longest, 2), -1e4, np.float32)
    for p, page in enumerate(points):
        grid[p, :, : page.shape[1]] = page
    return Batch(
        torch.from_numpy(images),
        torch.from_numpy(np.stack([m.core for m in maps])),
        torch.from_numpy(np.stack([m.extent for m in maps])),
        torch.from_numpy(np.stack([m.fields for m in maps])),
        torch.from_numpy(np.stack([m.weights for m in maps])),
        torch.from_numpy(grid / (width / 2, height / 2) - 1).float(),
        [page.shape[1] for page in points],
        torch.tensor([f for page in present for f in page]),
        torch.tensor(lines, dtype=torch.long).reshape(-1, 2),
        torch.tensor(cased, dtype=torch.bool),
        torch.from_numpy(np.concatenate(texts)) if texts else torch.zeros(0, dtype=torch.long),
        torch.tensor([len(t) for t in texts], dtype=torch.long),
        words,
        stretches,
        word_lines,
    )


@dataclass(frozen=True)
class Place:
    """A segment among the frames: its first one, the pixels from there to its start, the pixels of a frame, how many
    frames, and its number among the lines that are read."""

    first: int
    before: float
    step: float
    count: int
    line: int


def names_of(words: PageWords, places: list[Place], rng: Random) -> tuple[Example, NDArray[np.int64], NDArray[np.int64]]:
    """The words, the readings of each, their ends not quite hit, and the line of each."""
    stretches = np.zeros((len(words.example), 2), dtype=np.int64)
    for i, (segment, stretch) in enumerate(zip(words.segments, words.stretches, strict=True)):
        place = places[segment]
        ends = [(x + place.before + rng.gauss(0, 0.1) * place.step) / place.step for x in stretch]
        low = min(max(0.0, ends[0]), place.count - 0.5)
        stretches[i] = FINE * (place.first + low), FINE * (place.first + min(max(ends[1], low + 0.5), place.count))
    return words.example, stretches, np.array([places[s].line for s in words.segments], dtype=np.int64)


def readable(classes: np.ndarray, frames: int) -> bool:
    """Whether CTC can spell the classes in so many frames: a blank must stand between repeats."""
    return 0 < len(classes) + int((classes[1:] == classes[:-1]).sum()) <= FINE * frames


def jittered(segment: Segment, rng: Random) -> Segment:
    """Its box not quite hit, as the network will find it."""
    height = segment.height * float(np.clip(np.exp(rng.gauss(0.05, 0.12)), 0.75, 1.4))
    way = (segment.end - segment.start) / max(1.0, segment.length)
    rise = np.array([0, rng.gauss(0, 0.05) * segment.height])
    before, after = (rng.uniform(-0.1, 0.3) * segment.height for _ in range(2))
    return replace(segment, start=segment.start - way * before + rise, end=segment.end + way * after + rise, height=height)


def vocabulary_of(pages: list[Page]) -> Vocabulary:
    """The words of the pages' names and addresses."""
    return Vocabulary(words_of(page.segments, page.forbidden, NOTHING_ELSE).example for page in pages)


class Stream(IterableDataset):
    """Batches of ``size`` augmented pages from batch ``first`` on, each a function of ``seed`` and its number. They
    are drawn ``TOGETHER`` so that each can hold pages of about one size."""

    def __init__(self, real: list[Page], drawn: list[Page], drawn_share: float, size: int, seed: int, first: int) -> None:
        self.vocabulary = vocabulary_of(real)
        self.real, self.drawn, self.share = real, drawn, drawn_share if drawn else 0.0
        self.size, self.seed, self.first = size, seed, first

    def __iter__(self) -> Iterator[Batch]:
        cv2.setNumThreads(0)
        torch.set_num_threads(1)
        for number in count(self.first // TOGETHER):
            batches = self.draw(Random(f"{self.seed}/{number}"))
            for pictures in batches[self.first % TOGETHER if number == self.first // TOGETHER else 0 :]:
                batch = batch_of(pictures, self.vocabulary, Random(f"{self.seed}/{number}/jitter"))
                if len(batch.lines):
                    yield batch

    def draw(self, rng: Random) -> list[list[Picture]]:
        pages = [
            rng.choice(self.drawn if rng.random() < self.share else self.real) for _ in range(self.size * TOGETHER)
        ]
        pictures = sorted((Picture(*augment(page, rng), page) for page in pages), key=lambda p: p.image.size)
        batches = [pictures[at : at + self.size] for at in range(0, len(pictures), self.size)]
        rng.shuffle(batches)
        return batches
