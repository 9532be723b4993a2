"""What engines do to words: characters misread, words glued or cut, specks read as text."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np

from .example import Example
from .labels import KEYS, LABELS, OUTSIDE, UNKNOWN, label_of

LOOKALIKES = {
    "0": "OoQ8D", "1": "lIi|7]", "2": "Zz7", "3": "8", "4": "A9", "5": "Ss6$", "6": "5Gb8", "7": "1T/", "8": "B3S0&", "9": "g4",
    "A": "4R", "B": "8ER", "C": "GOc(", "D": "O0", "E": "FBf", "F": "EP", "G": "C6O", "H": "NMW", "I": "l1|]", "J": "Ij", "K": "XR",
    "L": "I1l", "M": "NWH", "N": "MHW", "O": "0QDC", "P": "FR", "Q": "O0", "R": "KPA", "S": "5s8$", "T": "7Il", "U": "VW", "V": "YU",
    "W": "VMN", "X": "Kx", "Y": "VT", "Z": "2z", "a": "eo", "b": "6h", "c": "eo(", "e": "co", "f": "tr", "g": "9q", "h": "bn", "i": "l1j",
    "j": "i", "l": "1I|i", "m": "nr", "n": "mru", "o": "0ec", "q": "g", "r": "tn", "s": "S5", "t": "fl+", "u": "vn", "v": "uy", "y": "vg",
    ".": ",-:", ",": ".'", ":": ".;-", "/": "1l7I", "-": "~—.", "(": "C[{", ")": "]}J", "&": "8G", "$": "S8", "@": "Qa", "#": "H¥",
}
TARGETS = ("tags", "choices", "guesses", "starts")
SPECKS = "|-_.,'~=:;»«*°\\/"
SPECK_LETTERS = "aeiosrnltIEF1"


def misread(text: str, rate: float, rng: Random) -> str:
    """Characters replaced by lookalikes, dropped or doubled with specks, each with about ``rate``."""
    result = []
    for c in text:
        drawn = rng.random()
        if drawn >= rate:
            result.append(c)
        elif drawn < 0.7 * rate:
            result.append(rng.choice(LOOKALIKES.get(c, SPECK_LETTERS)))
        elif drawn < 0.85 * rate:
            result.append(c + rng.choice(SPECKS))
    return "".join(result) or text


def glue(example: Example, rate: float, rng: Random) -> Example:
    """Neighbours in a row joined, each with ``rate``; the joint word is the value, if either is one."""
    words = example.words
    texts, boxes = list(words.texts), words.boxes.copy()
    targets = {name: getattr(example, name).copy() for name in TARGETS}
    says = [weight(*told) for told in zip(example.tags, example.choices, example.guesses, strict=True)]
    kept: list[int] = []
    for i in range(len(words)):
        last = kept[-1] if kept else None
        if last is None or rng.random() >= rate or not near(example, last, i):
            kept.append(i)
            continue
        texts[last] += texts[i]
        boxes[last] = (*np.minimum(boxes[last, :2], boxes[i, :2]), *np.maximum(boxes[last, 2:], boxes[i, 2:]))
        if says[i] > says[last]:
            says[last] = says[i]
            for values in targets.values():
                values[last] = values[i]
    joined = replace(example, **targets).with_words(texts=texts, boxes=boxes)
    return joined.take(np.array(kept, dtype=np.int64))


def near(example: Example, a: int, b: int) -> bool:
    """Whether two words stand in one row with less than two characters of white between them."""
    words = example.words
    width = (words.boxes[a, 2] - words.boxes[a, 0]) / max(1, len(words.texts[a]))
    return bool(words.rows[a] == words.rows[b] and words.boxes[b, 0] - words.boxes[a, 2] < 2 * width)


def weight(tag: int, choice: int, guess: int) -> float:
    """How much a word's targets have to say about a word glued from two."""
    told = choice or tag
    if told <= OUTSIDE:
        return 0.5 * weight(guess, OUTSIDE, UNKNOWN) if guess > OUTSIDE else 0.0
    name = LABELS[label_of(told)]
    return 1.0 if name in KEYS or name == "CURRENCY" else 3.0


def cut(example: Example, rate: float, rng: Random) -> Example:
    """Words broken in two, each with ``rate``; the second part goes on with the first one's entity."""
    pieces: list[tuple[int, str, float, float]] = []  # word, text, and which part of its box
    for i, text in enumerate(example.words.texts):
        at = rng.randrange(1, len(text)) if len(text) > 3 and rng.random() < rate else len(text)
        pieces.append((i, text[:at], 0.0, at / max(1, len(text))))
        if at < len(text):
            pieces.append((i, text[at:], at / len(text), 1.0))
    index = np.array([i for i, *_ in pieces], dtype=np.int64)
    parts = np.array([(start, stop) for *_, start, stop in pieces])
    whole = example.take(index)
    boxes = whole.words.boxes.copy()
    left, width = boxes[:, 0].copy(), boxes[:, 2] - boxes[:, 0]
    boxes[:, 0], boxes[:, 2] = left + parts[:, 0] * width, left + parts[:, 1] * width
    second = parts[:, 0] > 0
    tags, choices, guesses = (going_on(values, second) for values in (whole.tags, whole.choices, whole.guesses))
    starts = np.where(second & (whole.starts == 1), 0.0, whole.starts)
    texts = [text for _, text, *_ in pieces]
    changed = Example(whole.words, tags, choices, guesses, starts, whole.barred)
    return changed.with_words(texts=texts, boxes=boxes)


def going_on(tags: np.ndarray, where: np.ndarray) -> np.ndarray:
    """B tags (odd) turned into the I tags that follow them."""
    return np.where(where & (tags > 0) & (tags % 2 == 1), tags + 1, tags)


def speck(rng: Random) -> str:
    """A short text that is none: dirt, a logo, the edge of the paper."""
    letters = SPECKS if rng.random() < 0.5 else SPECKS + SPECK_LETTERS * 2
    return "".join(rng.choice(letters) for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4, 6))))


def with_specks(example: Example, count: int, rng: Random) -> Example:
    """``count`` specks, at the ends of rows; each is certainly nothing."""
    words = example.words
    rows = [rng.randrange(words.rows.max() + 1) for _ in range(count)]
    at_end = [rng.random() < 0.5 for _ in rows]
    anchors = [int(np.flatnonzero(words.rows == row)[-1 if end else 0]) for row, end in zip(rows, at_end, strict=True)]
    keys = [(float(i), i) for i in range(len(words))]
    keys += [(a + (0.5 if end else -0.5), -1 - s) for s, (a, end) in enumerate(zip(anchors, at_end, strict=True))]
    order = [k for _, k in sorted(keys)]
    index = np.array([k if k >= 0 else anchors[-1 - k] for k in order], dtype=np.int64)
    added = np.array([k < 0 for k in order])
    whole = example.take(index)
    texts = [speck(rng) if new else text for new, text in zip(added, whole.words.texts, strict=True)]
    boxes, confidences = whole.words.boxes.copy(), whole.words.confidences.copy()
    for i in np.flatnonzero(added):
        boxes[i] = beside(boxes[i], at_end[-1 - order[i]], rng)
        confidences[i] = rng.uniform(0, 0.7)
    tags = np.where(added, OUTSIDE, whole.tags)
    choices = np.where(added, OUTSIDE, whole.choices)
    guesses = np.where(added, UNKNOWN, whole.guesses)
    starts = np.where(added, np.nan, whole.starts)
    changed = Example(whole.words, tags, choices, guesses, starts, whole.barred)
    return changed.with_words(texts=texts, boxes=boxes, confidences=confidences)


def beside(box: np.ndarray, right: bool, rng: Random) -> np.ndarray:
    """A small box left or right of another."""
    x0, y0, x1, y1 = box
    gap, width = rng.uniform(0, 0.1), rng.uniform(0.005, 0.05)
    y0, y1 = sorted((y0 + rng.uniform(-0.3, 0.6) * (y1 - y0), y1 + rng.uniform(-0.6, 0.3) * (y1 - y0)))
    return np.array((x1 + gap, y0, x1 + gap + width, y1) if right else (x0 - gap - width, y0, x0 - gap, y1))
