"""Other pages out of known ones: new names, dates and numbers, other noise, parts missing, bent boxes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from random import Random

import numpy as np

from .example import Example
from .labels import LABELS, OUTSIDE, begin, label_of
from .noise import cut, glue, misread, with_specks

RESAMPLED = ("MERCHANT_NAME", "ADDRESS")
COMMON = 6  # pages of different merchants from which on a word is wording, not a name
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
NUMBER = re.compile(r"\d+")


class Vocabulary:
    """The words of names and addresses, and which of them are common wording that must stay."""

    def __init__(self, examples: Iterable[Example]) -> None:
        pages: dict[str, Counter[str]] = defaultdict(Counter)
        seen: set[tuple[str, str]] = set()
        for example in examples:
            texts = {name: words_of(example, name) for name in RESAMPLED}
            merchant = " ".join(texts["MERCHANT_NAME"])
            for name, found in texts.items():
                for text in {t.upper() for t in found}:
                    if (merchant + name, text) not in seen:
                        seen.add((merchant + name, text))
                        pages[name][text] += 1
        self.common = {text for name in RESAMPLED for text, n in pages[name].items() if n >= COMMON}
        self.pools = {name: sorted(t for t in pages[name] if is_name(t) and t not in self.common) for name in RESAMPLED}

    def draw(self, name: str, like: str, rng: Random) -> str:
        """A word of the pool, or two halves of them, in the case of ``like`` and with its end punctuation."""
        word = rng.choice(self.pools[name])
        if rng.random() < 0.5:
            other = rng.choice(self.pools[name])
            word = word[: (len(word) + 1) // 2] + other[len(other) // 2 :]
        tail = like[len(like.rstrip(".,;:")) :]
        return in_case_of(like, word.rstrip(".,;:")) + tail


def words_of(example: Example, name: str) -> list[str]:
    tags = (begin(LABELS.index(name)), begin(LABELS.index(name)) + 1)
    return [t for t, tag in zip(example.words.texts, example.tags, strict=True) if tag in tags]


def is_name(text: str) -> bool:
    return len(text) > 2 and text.rstrip(".,;:").replace("'", "").isalpha()


def in_case_of(like: str, text: str) -> str:
    if like.islower():
        return text.lower()
    return text.upper() if like.isupper() else text.capitalize()


def augment(example: Example, vocabulary: Vocabulary, rng: Random, clean: bool) -> Example:
    """A random variant; ``clean`` pages (no engine read them) get an engine's noise as well."""
    example = renamed(example, vocabulary, rng)
    example = renumbered(example, rng)
    example = recased(example, rng)
    if rng.random() < (0.8 if clean else 0.3):
        example = noisy(example, rng, 0.06 if clean else 0.03)
    if rng.random() < 0.4:
        example = with_specks(example, rng.randint(1, 8), rng)
    return bent(thinned(example, rng), rng)


def renamed(example: Example, vocabulary: Vocabulary, rng: Random) -> Example:
    """Names in merchant and address replaced, on some pages all of them."""
    rate = rng.choice((0.0, 0.3, 0.7, 1.0))
    texts, boxes = list(example.words.texts), example.words.boxes.copy()
    for i, tag in enumerate(example.tags):
        name = LABELS[label_of(tag)] if tag > OUTSIDE else ""
        if name not in RESAMPLED or not vocabulary.pools[name] or rng.random() >= rate:
            continue
        if is_name(texts[i]) and texts[i].upper() not in vocabulary.common:
            new = vocabulary.draw(name, texts[i], rng)
            boxes[i, 2] = boxes[i, 0] + (boxes[i, 2] - boxes[i, 0]) * len(new) / len(texts[i])
            texts[i] = new
    return example.with_words(texts=texts, boxes=boxes)


def renumbered(example: Example, rng: Random) -> Example:
    """On half of the pages new dates, on half of them other digits everywhere else."""
    new_dates, new_digits = rng.random() < 0.5, rng.random() < 0.5
    digits = dict(zip("0123456789", rng.sample("0123456789", 10), strict=True))
    dates = {begin(LABELS.index("DATE")), begin(LABELS.index("DATE")) + 1}
    texts = list(example.words.texts)
    for i, text in enumerate(texts):
        if example.tags[i] in dates or example.choices[i] in dates:
            texts[i] = redated(text, rng) if new_dates else text
        elif new_digits and not re.fullmatch(r"\d{1,2}:\d\d(:\d\d)?", text):
            texts[i] = "".join(digits.get(c, c) for c in text)
    return example.with_words(texts=texts)


def redated(text: str, rng: Random) -> str:
    """A date's text with other numbers and months, of the same shape."""
    if text.upper().strip(".,-") in MONTHS:
        return in_case_of(text, rng.choice(MONTHS))
    def number(match: re.Match[str]) -> str:
        width = len(match[0])
        if width == 4:
            return str(rng.randint(2005, 2027))
        high = 9 if width == 1 else rng.choice((12, 28, 31))
        return str(rng.randint(1, high)).zfill(width) if width <= 2 else match[0]
    return NUMBER.sub(number, text)


def recased(example: Example, rng: Random) -> Example:
    drawn = rng.random()
    if drawn > 0.2:
        return example
    change = str.upper if drawn < 0.12 else str.lower if drawn < 0.15 else str.title
    return example.with_words(texts=[change(text) for text in example.words.texts])


def noisy(example: Example, rng: Random, most: float) -> Example:
    """Misread characters, glued and cut words, and confidences that go with them."""
    rate = rng.uniform(0, most)
    example = glue(cut(example, rng.uniform(0, 0.5 * most), rng), rng.uniform(0, 2 * most), rng)
    texts = [misread(text, rate, rng) for text in example.words.texts]
    high = rng.uniform(0.85, 1)
    drawn = [high - 0.5 * rng.random() * (new != old) - 0.1 * rng.random() for new, old in zip(texts, example.words.texts, strict=True)]
    return example.with_words(texts=texts, confidences=np.minimum(example.words.confidences, np.clip(drawn, 0, 1)))


def thinned(example: Example, rng: Random) -> Example:
    """Some words, some rows, or the page's top or bottom missing; never more than half of the page."""
    rows, last = example.words.rows, int(example.words.rows.max())
    kept = np.ones(len(example), dtype=bool)
    if rng.random() < 0.5:
        rate = rng.uniform(0, 0.05)
        kept &= np.array([rng.random() >= rate for _ in rows])
    if rng.random() < 0.3:
        lost = [rng.randint(0, last) for _ in range(rng.randint(1, 3))]
        kept &= ~np.isin(rows, lost)
    if rng.random() < 0.15:
        kept &= rows >= rng.randint(0, last // 5)
    if rng.random() < 0.15:
        kept &= rows <= last - rng.randint(0, last // 3)
    return example.take(np.flatnonzero(kept)) if kept.sum() > len(example) / 2 else example


def bent(example: Example, rng: Random) -> Example:
    """Boxes stretched, sheared and trembling, engine confidences shifted."""
    boxes = example.words.boxes.copy()
    noise = np.random.default_rng(rng.getrandbits(32))
    height = np.median(boxes[:, 3] - boxes[:, 1])
    boxes[:, [1, 3]] += noise.normal(0, rng.uniform(0, 0.12) * height, (len(boxes), 2))
    boxes[:, [0, 2]] += rng.gauss(0, 0.02) * boxes[:, [1, 3]].mean(axis=1, keepdims=True)
    boxes[:, [1, 3]] += rng.gauss(0, 0.003) * boxes[:, [0, 2]].mean(axis=1, keepdims=True)
    boxes[:, [0, 2]] += noise.normal(0, 0.002, (len(boxes), 2))
    boxes[:, 2:] = np.maximum(boxes[:, 2:], boxes[:, :2] + 1e-4)
    confidences = np.clip(example.words.confidences * rng.uniform(0.8, 1.05), 0, 1)
    return example.with_words(boxes=boxes, confidences=confidences)
