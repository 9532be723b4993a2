"""Examples as tensors, and an endless stream of batches of new pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random

import torch
from torch import Tensor
from torch.utils.data import IterableDataset, get_worker_info

from .examples import UNKNOWN, Example, example
from .features import GRAMS, NEIGHBOURS, SIZE
from .model import Asked, Page
from .questions import PHRASES, Question, seen_questions

TOGETHER = 4  # batches that are made at once, so that each can hold pages of about one length


@dataclass(frozen=True)
class Batch:
    """Pages and questions filled up to the most of them; what is known of the answers.

    ``starts`` [pages, questions, words] may begin an answer; ``rights`` and ``belows`` say for the words of an answer whether it
    goes on there; ``goes_right`` and ``goes_below`` [pages, words] the same of any segment; ``asked`` [pages, questions].
    """

    page: Page
    questions: Asked
    asked: Tensor
    starts: Tensor
    rights: Tensor
    belows: Tensor
    goes_right: Tensor
    goes_below: Tensor


def pages_of(examples: Sequence[Example]) -> Page:
    pages, n = len(examples), max(map(len, examples))
    page = Page(
        torch.zeros(pages, n, GRAMS, dtype=torch.long), torch.zeros(pages, n, SIZE), torch.zeros(pages, n, 4),
        torch.zeros(pages, n, len(NEIGHBOURS), dtype=torch.long), torch.zeros(pages, n, dtype=torch.long), torch.zeros(pages, n, dtype=torch.bool),
    )  # fmt: skip
    for p, one in enumerate(examples):
        size = len(one)
        for tensor, seen in zip(page, (one.seen.grams, one.seen.features, one.seen.boxes, one.seen.neighbours, one.seen.below), strict=False):
            tensor[p, :size] = torch.from_numpy(seen)
        page.present[p, :size] = True
    return page


def asked_of(questions: Sequence[Sequence[Question]]) -> Asked:
    seen = [seen_questions(some) for some in questions]
    pages, most, words = len(questions), max(map(len, questions)), max(len(grams) for grams, *_ in seen)
    asked = Asked(
        torch.zeros(pages, words, GRAMS, dtype=torch.long), torch.zeros(pages, words, dtype=torch.long),
        torch.zeros(pages, most, PHRASES, dtype=torch.long), torch.zeros(pages, most, dtype=torch.long),
    )  # fmt: skip
    for p, parts in enumerate(seen):
        for tensor, part in zip(asked, parts, strict=True):
            tensor[p, : len(part)] = torch.from_numpy(part)
    return asked


def batch_of(examples: Sequence[Example]) -> Batch:
    page, questions = pages_of(examples), asked_of([one.questions for one in examples])
    pages, n, most = len(examples), page.present.shape[1], questions.types.shape[1]
    batch = Batch(
        page, questions, torch.zeros(pages, most, dtype=torch.bool), torch.zeros(pages, most, n, dtype=torch.bool),
        torch.full((pages, most, n), UNKNOWN), torch.full((pages, most, n), UNKNOWN), torch.full((pages, n), UNKNOWN), torch.full((pages, n),
        UNKNOWN),
    )  # fmt: skip
    for p, one in enumerate(examples):
        batch.asked[p, : len(one.questions)] = True
        batch.goes_right[p, : len(one)] = torch.from_numpy(one.goes_right)
        batch.goes_below[p, : len(one)] = torch.from_numpy(one.goes_below)
        for q, runs in enumerate(one.answers):
            for run in runs:
                mark(batch, p, q, run, one)
    return batch


def mark(batch: Batch, p: int, q: int, run: list[int], one: Example) -> None:
    """A run of words that answers a question: its start, and at each of its words where it goes on and where it does not."""
    batch.starts[p, q, run[0]] = True
    for word, after in zip(run, [*run[1:], None], strict=True):
        right, below = int(one.seen.neighbours[word, 1]) - 1, int(one.seen.below[word]) - 1
        if after is not None and after not in (right, below):
            continue
        if right >= 0:
            batch.rights[p, q, word] = int(after == right)
        if below >= 0:
            batch.belows[p, q, word] = int(after == below)


class Stream(IterableDataset):
    """Batches of ``size`` pages from batch ``first`` on, every one a function of ``seed`` and its number; workers share them by turns."""

    def __init__(self, seed: int, size: int, first: int, longest: int, most: int) -> None:
        self.seed, self.size, self.first, self.longest, self.most = seed, size, first, longest, most

    def __iter__(self) -> Iterator[Batch]:
        torch.set_num_threads(1)
        worker = get_worker_info()
        at, step = (worker.id, worker.num_workers) if worker else (0, 1)
        for group in count(self.first // TOGETHER + at, step):
            yield from self.draw(group)

    def draw(self, group: int) -> list[Batch]:
        numbers = range(group * self.size * TOGETHER, (group + 1) * self.size * TOGETHER)
        made = [example(self.seed, number, self.longest, self.most) for number in numbers]
        pages = sorted((one for one in made if one), key=len)
        batches = [batch_of(pages[i : i + self.size]) for i in range(0, len(pages), self.size)]
        Random(f"{self.seed}/{group}").shuffle(batches)
        return batches
