"""From the network's numbers to entities: the reference for the twin in TypeScript."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .labels import LABELS, RECORDS, is_item
from .words import Floats, Ints, Words

REACH = 8  # words after an entity's last one within which an I tag goes on with it
CANDIDATE = 0.1  # probability from which a word is another candidate for a label it did not win
BETWEEN = 2  # words between two of a value that are taken to be its own, when they stand on one line
SINGLE = tuple(i for i, name in enumerate(LABELS) if not is_item(i) and not name.endswith("_KEY"))
SINGLE_NAMES = frozenset(LABELS[i] for i in SINGLE)


@dataclass
class Entity:
    """Words, by index and in order, of one label; ``group`` numbers item records, -1 for none."""

    label: str
    words: list[int] = field(default_factory=list)
    confidence: float = 0.0
    group: int = -1

    def text(self, words: Words) -> str:
        return " ".join(words.texts[i] for i in self.words)


def softmax(logits: Floats) -> Floats:
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def entities_of(logits: NDArray[np.float32], starts: NDArray[np.float32], rows: Ints) -> list[Entity]:
    """Entities in the order of their first words, then further candidates; per label, the best is the
    one of highest confidence.

    A word's label is the one whose B and I tags are likeliest together; an entity's confidence is the mean
    of that probability. ``rows`` [n] are those of the words.
    """
    p = softmax(logits.astype(np.float64))
    begins, goes_on = p[:, 1::2], p[:, 2::2]
    by_label = begins + goes_on
    won = np.where(by_label.max(axis=1) > p[:, 0], by_label.argmax(axis=1), -1)
    begun = begins > goes_on
    found = [with_middle(e, won, begun, rows) if e.label in SINGLE_NAMES else e for e in runs(won, begun)]
    found += [e for label in SINGLE for e in candidates(label, by_label[:, label], won)]
    for entity in found:
        entity.confidence = float(by_label[entity.words, LABELS.index(entity.label)].mean())
    return grouped(found, starts)


def runs(won: NDArray[np.int64], begins: NDArray[np.bool_]) -> list[Entity]:
    """Entities of the words' own labels."""
    found: list[Entity] = []
    latest: dict[int, Entity] = {}
    for i, label in enumerate(won):
        if label < 0:
            continue
        open_one = latest.get(int(label))
        if open_one and not begins[i, label] and i - open_one.words[-1] <= REACH:
            open_one.words.append(i)
        else:
            latest[int(label)] = Entity(LABELS[label], [i])
            found.append(latest[int(label)])
    return found


def with_middle(entity: Entity, won: NDArray[np.int64], begins: NDArray[np.bool_], rows: Ints) -> Entity:
    """A value with the words in the middle of it that are nothing of their own: unlabelled, a caption, or the going on
    of what has not begun there."""

    def is_own(word: int) -> bool:
        label = int(won[word])
        return label >= 0 and not LABELS[label].endswith("_KEY") and bool(begins[word, label])

    words = []
    for word, following in zip(entity.words, [*entity.words[1:], entity.words[-1] + 1], strict=True):
        words.append(word)
        between = range(word + 1, following)
        if 0 < len(between) <= BETWEEN and rows[word] == rows[following] and not any(map(is_own, between)):
            words += between
    return Entity(entity.label, words)


def candidates(label: int, probability: Floats, won: NDArray[np.int64]) -> list[Entity]:
    """Runs of adjacent words that might be ``label`` but are likelier something else."""
    found: list[Entity] = []
    for i in np.flatnonzero((probability >= CANDIDATE) & (won != label)):
        if found and found[-1].words[-1] == i - 1:
            found[-1].words.append(int(i))
        else:
            found.append(Entity(LABELS[label], [int(i)]))
    return found


def grouped(entities: list[Entity], starts: NDArray[np.float32]) -> list[Entity]:
    """Item entities numbered by record: one begins where the network says so (logit above 0), or where the
    record at hand has that label already."""
    items = sorted((e for e in entities if e.label in RECORDS), key=lambda e: e.words[0])
    group, held = -1, set[str]()
    for entity in items:
        if group < 0 or entity.label in held or starts[entity.words[0]] > 0:
            group, held = group + 1, set()
        held.add(entity.label)
        entity.group = group
    return entities
