"""A page that is written on: texts become words with boxes, and every word keeps the segment it belongs to.

Lengths are in heights of the page's usual letters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

NARROW, WIDE = frozenset("iljtfrI1.,:;'|()[]!/-"), frozenset("mwMWQGOD@%&")


def measure(text: str) -> float:
    """The width of a text in mean widths of letters, as proportional typefaces have it."""
    return sum(0.6 if c in NARROW else 1.4 if c in WIDE else 1.0 for c in text)


@dataclass
class Sheet:
    """Words in the order of writing. ``letter`` is the mean width of a letter, ``tight`` whether boxes end with the ink."""

    width: float
    letter: float
    pitch: float  # from line to line
    tight: bool
    texts: list[str] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    segments: list[int] = field(default_factory=list)
    count: int = 0  # of segments

    def segment(self) -> int:
        """A new segment: words that belong together, whatever is asked."""
        self.count += 1
        return self.count - 1

    def length(self, text: str, size: float = 1.0) -> float:
        words = text.split()
        return self.letter * size * (sum(map(measure, words)) + 0.65 * (len(words) - 1))

    def write(self, x: float, y: float, text: str, segment: int | None = None, size: float = 1.0, right: bool = False) -> float:
        """Writes a text with its left (or right) end at ``x``, its middle at ``y``; the x after it."""
        kept = self.segment() if segment is None else segment
        at = x - self.length(text, size) if right else x
        step = self.letter * size
        for word in text.split():
            width = step * measure(word)
            top, bottom = self.ink(word, y, size)
            self.texts.append(word)
            self.boxes.append((at, top, at + width, bottom))
            self.segments.append(kept)
            at += width + 0.65 * step
        return at - 0.65 * step

    def ink(self, word: str, y: float, size: float) -> tuple[float, float]:
        """Top and bottom of a word's box."""
        if not self.tight:
            return y - 0.5 * size, y + 0.5 * size
        flat = all(c in "acemnorsuvwxz.,-:" for c in word)
        hangs = any(c in "gjpqy,;Q" for c in word)
        return y - (0.2 if flat else 0.45) * size, y + (0.5 if hangs else 0.32) * size

    def wrap(self, text: str, width: float, size: float = 1.0) -> list[str]:
        """A text in lines no wider than ``width``, a word at least."""
        lines: list[str] = []
        for word in text.split():
            if lines and self.length(f"{lines[-1]} {word}", size) <= width:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return lines


def new_sheet(rng: Random) -> Sheet:
    """Of any size from a till's slip to a page of small print."""
    width = rng.choice((rng.uniform(20, 30), rng.uniform(45, 65), rng.uniform(50, 70), rng.uniform(60, 85)))
    return Sheet(width, rng.uniform(0.4, 0.6), rng.uniform(1.15, 1.9), rng.random() < 0.3)
