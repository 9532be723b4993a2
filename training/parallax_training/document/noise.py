"""What scanning and reading do to the words of a page: misread, cut, joined and lost words, boxes that are a little off."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from ..tagger.noise import misread

Box = tuple[float, float, float, float]


@dataclass
class Written:
    """Words in the order of writing, with the segment of each."""

    texts: list[str]
    boxes: list[Box]
    segments: list[int]


@dataclass(frozen=True)
class Rates:
    """How bad a reading is: shares of characters, words and of a letter's height."""

    misread: float
    cut: float
    joined: float
    lost: float
    moved: float


CLEAN = Rates(0, 0, 0, 0, 0)


def rates(rng: Random) -> Rates:
    """Nothing at all for a text layer; else from a good scan to a bad photograph."""
    if rng.random() < 0.4:
        return Rates(0, 0, 0.02 * rng.random() ** 2, 0, 0.01)
    bad = rng.random() ** 2
    return Rates(0.05 * bad, 0.03 * bad, 0.08 * bad, 0.02 * bad, 0.12 * bad)


def spoil(written: Written, values: frozenset[int], rate: Rates, rng: Random) -> Written:
    """The words as a reader hands them over. ``values`` are the segments that are values: a word that is joined with one is its."""
    result = Written([], [], [])
    slope = rng.uniform(-0.004, 0.004) if rate.moved else 0.0
    for text, box, segment in zip(written.texts, written.boxes, written.segments, strict=True):
        if rng.random() < rate.lost:
            continue
        read = misread(text, rate.misread, rng) if rate.misread else text
        place = moved(box, slope, rate.moved, rng)
        if result.texts and rng.random() < rate.joined and beside(result.boxes[-1], place):
            join(result, read, place, segment, values)
        elif len(read) > 3 and rng.random() < rate.cut:
            at = rng.randrange(1, len(read))
            middle = place[0] + (place[2] - place[0]) * at / len(read)
            put(result, read[:at], (place[0], place[1], middle - 0.1, place[3]), segment)
            put(result, read[at:], (middle + 0.1, place[1], place[2], place[3]), segment)
        else:
            put(result, read, place, segment)
    return result


def put(result: Written, text: str, box: Box, segment: int) -> None:
    result.texts.append(text)
    result.boxes.append(box)
    result.segments.append(segment)


def moved(box: Box, slope: float, size: float, rng: Random) -> Box:
    """A box on a page that lies a little aslant, its edges off by about ``size``."""
    if not size:
        return box
    down = slope * box[0] + rng.uniform(-size, size)
    left, right = box[0] + rng.uniform(-size, size), box[2] + rng.uniform(-size, size)
    return left, box[1] + down + rng.uniform(-size, size), max(right, left + 0.1), box[3] + down + rng.uniform(-size, size)


def beside(a: Box, b: Box) -> bool:
    """Whether a word stands right after another on its line."""
    return abs((a[1] + a[3]) - (b[1] + b[3])) < 0.8 and -0.3 < b[0] - a[2] < 0.8


def join(result: Written, text: str, box: Box, segment: int, values: frozenset[int]) -> None:
    last = result.boxes[-1]
    result.texts[-1] += text
    result.boxes[-1] = (last[0], min(last[1], box[1]), box[2], max(last[3], box[3]))
    if segment in values or result.segments[-1] not in values:
        result.segments[-1] = segment
