"""Pages with questions as the network learns from them: words in reading order, and for every question its words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random

import numpy as np
from numpy.typing import NDArray

from ..tagger.words import Ints, Words
from .features import Seen, seen
from .noise import Written, rates, spoil
from .pages import page
from .questions import Answered, Question, questions_of

UNKNOWN = -1  # of a link: nothing is asked


@dataclass(frozen=True)
class Example:
    """``goes_right`` and ``goes_below`` [words] say whether a word's segment goes on there: 1, 0, or ``UNKNOWN``.

    ``answers`` holds for each question the runs of words that answer it, all of equal right; none where the page does not.
    """

    words: Words
    seen: Seen
    goes_right: Ints
    goes_below: Ints
    questions: list[Question]
    answers: list[list[list[int]]]

    def __len__(self) -> int:
        return len(self.words)


def example(seed: int, number: int, longest: int, most: int) -> Example | None:
    """Page ``number`` of ``seed`` as a reader may hand it over, at most ``longest`` words; none where too little is left of it."""
    made = page(seed, number)
    rng = Random(f"{seed}/{number}/read")
    asked = questions_of(made, rng, most)
    columns = [column for table in made.tables for column in table.columns]
    values = frozenset(segment for fact in [*made.facts, *columns] for segment in fact.spans)
    sheet = made.sheet
    written = spoil(Written(sheet.texts, sheet.boxes, sheet.segments), values, rates(rng), rng)
    return in_order(written, asked, longest)


def in_order(written: Written, asked: list[Answered], longest: int) -> Example | None:
    """Words put into rows, with what is known of them."""
    if len(written.texts) < 3 or not asked:
        return None
    boxes = np.array(written.boxes, dtype=np.float64)
    order, rows = rows_of(boxes)
    kept = len(order)
    if kept > longest:
        kept = int(np.searchsorted(rows, rows[longest]))
        order, rows = order[:kept], rows[:kept]
    words = Words([written.texts[i] for i in order], boxes[order], np.ones(kept), rows)
    place = {int(old): new for new, old in enumerate(order)}
    members: dict[int, list[int]] = {}
    for old, segment in enumerate(written.segments):
        if old in place:
            members.setdefault(segment, []).append(place[old])
    looks = seen(words)
    right, below = links_of(looks, members)
    answers = [[members[s] for s in one.segments if s in members] for one in asked]
    return Example(words, looks, right, below, [one.question for one in asked], answers)


def rows_of(boxes: NDArray[np.float64]) -> tuple[Ints, Ints]:
    """Boxes as an order of reading, and the row of each in that order: a box begins a row where its middle is below the row's mean."""
    middles = ((boxes[:, 1] + boxes[:, 3]) / 2).tolist()
    heights = (boxes[:, 3] - boxes[:, 1]).tolist()
    rows: list[list[int]] = []
    total = 0.0
    for i in sorted(range(len(middles)), key=middles.__getitem__):
        if rows and middles[i] - total / len(rows[-1]) < 0.5 * heights[i]:
            rows[-1].append(i)
            total += middles[i]
        else:
            rows.append([i])
            total = middles[i]
    lefts = boxes[:, 0].tolist()
    ordered = [sorted(row, key=lefts.__getitem__) for row in rows]
    order = np.array([i for row in ordered for i in row], dtype=np.int64)
    return order, np.array([r for r, row in enumerate(ordered) for _ in row], dtype=np.int64)


def links_of(looks: Seen, members: dict[int, list[int]]) -> tuple[Ints, Ints]:
    """For every word whether its segment goes on to the right, and below."""
    right = np.where(looks.neighbours[:, 1] > 0, 0, UNKNOWN)
    below = np.where(looks.below > 0, 0, UNKNOWN)
    for words in members.values():
        for one, other in pairwise(words):
            if looks.neighbours[one, 1] == other + 1:
                right[one] = 1
            elif looks.below[one] == other + 1:
                below[one] = 1
    return right, below
