"""What a trained network answers about the pages of a document: single values, and the cells of columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from ..tagger.words import Words
from .batches import asked_of
from .features import Seen, seen
from .model import Answers, Asker, Page
from .questions import Question

LONGEST = 512  # words that are read together; a longer page is read in parts of whole rows
CANDIDATES = 3  # places that are considered as the start of an answer, on every part of a page
MOST = 60  # words of a value
CELL = 0.5  # probability from which a word begins a cell of a column


@dataclass(frozen=True)
class Answer:
    """Words of a page that answer a question; ``probability`` is that of their start among all words of the page and none, or for a
    column that a cell begins there."""

    page: int  # from 0
    words: list[int]
    text: str
    probability: float


def page_of(looks: Seen) -> Page:
    """One page as the network takes it."""
    grams, features, boxes = (torch.from_numpy(part)[None] for part in (looks.grams, looks.features, looks.boxes))
    neighbours, below = (torch.from_numpy(part)[None] for part in (looks.neighbours, looks.below))
    return Page(grams, features, boxes, neighbours, below, torch.ones(1, len(looks.grams), dtype=torch.bool))


def parts_of(words: Words) -> list[np.ndarray]:
    """Indices of the words of each part: whole rows, ``LONGEST`` words at most where no row has more."""
    parts: list[list[int]] = [[]]
    for row in range(int(words.rows.max()) + 1 if len(words) else 0):
        members = np.flatnonzero(words.rows == row).tolist()
        if parts[-1] and len(parts[-1]) + len(members) > LONGEST:
            parts.append([])
        parts[-1] += members[:LONGEST]
    return [np.array(part, dtype=np.int64) for part in parts if part]


@torch.inference_mode()
def answers_on(model: Asker, pages: Sequence[Words], questions: Sequence[Question]) -> list[list[Answer]]:
    """For every question its candidates on all pages, the likeliest first, and for a column its cells from the top on; empty where all
    pages say that it is not there."""
    found: list[list[Answer]] = [[] for _ in questions]
    asked = asked_of([questions])
    for number, words in enumerate(pages):
        for part in parts_of(words):
            looks = seen(words.take(part))
            result = model(page_of(looks), asked)
            for q, question in enumerate(questions):
                for start, probability in cells_of(result, q) if question.column else starts_of(result, q):
                    run = [int(part[i]) for i in onward(result, q, start, looks)]
                    found[q].append(Answer(number, run, " ".join(words.texts[i] for i in run), probability))
    return [some if one.column else sorted(some, key=lambda one: -one.probability) for one, some in zip(questions, found, strict=True)]


def starts_of(result: Answers, q: int) -> list[tuple[int, float]]:
    """The likeliest starts with their probabilities among all words and none."""
    logits = torch.cat([result.starts[0, q], result.absent[0, q, None]])
    odds = torch.softmax(logits, 0)[:-1]
    best = odds.topk(min(CANDIDATES, len(odds)))
    return [(int(i), float(p)) for p, i in zip(best.values, best.indices, strict=True)]


def cells_of(result: Answers, q: int) -> list[tuple[int, float]]:
    """The words that begin a cell of a column, from the top on, with the probability that they do."""
    odds = torch.sigmoid(result.starts[0, q] - result.absent[0, q])
    return [(i, float(odds[i])) for i in torch.nonzero(odds >= CELL).flatten().tolist()]


def onward(result: Answers, q: int, start: int, looks: Seen) -> list[int]:
    """The words of a value from its start on: to the right or below, wherever the network says that it goes on."""
    run = [start]
    while len(run) < MOST:
        word = run[-1]
        right, below = int(looks.neighbours[word, 1]) - 1, int(looks.below[word]) - 1
        to_right = float(result.rights[0, q, word]) if right >= 0 else 0.0
        to_below = float(result.belows[0, q, word]) if below >= 0 else 0.0
        if max(to_right, to_below) <= 0:
            break
        after = right if to_right >= to_below else below
        if after in run:
            break
        run.append(after)
    return run
