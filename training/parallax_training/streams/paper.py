"""A page of one typeface: words are as wide as its letters, so that what is written can be drawn.

Lengths are in heights of the page's usual letters, from the left and upper edges of what is printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..document.sheet import Sheet
from ..synth import fonts

EM = 0.92  # of a letter's height, from its highest to its lowest stroke
SPACE = 0.27  # between words, in em
MEASURED = 64  # pixels per em at which widths are taken


@dataclass
class Paper(Sheet):
    """``height`` is how far down may be written."""

    height: float = 80.0
    face: str = "liberation-sans"
    faces: list[tuple[str, bool]] = field(default_factory=list)  # of every word, and whether it is bold
    rules: list[tuple[float, float, float]] = field(default_factory=list)  # from x, to x, at y

    def width_of(self, word: str, size: float, bold: bool = False) -> float:
        return fonts.load(self.face, bold, MEASURED).getlength(word) / MEASURED * EM * size

    def length(self, text: str, size: float = 1.0) -> float:
        words = text.split()
        return sum(self.width_of(word, size) for word in words) + SPACE * EM * size * max(0, len(words) - 1)

    def write(self, x: float, y: float, text: str, segment: int | None = None, size: float = 1.0, right: bool = False, bold: bool = False) -> float:
        """Writes a text with its left (or right) end at ``x``, its middle at ``y``; the x after it."""
        kept = self.segment() if segment is None else segment
        at = x - self.length(text, size) if right else x
        for word in text.split():
            width = self.width_of(word, size, bold)
            self.texts.append(word)
            self.boxes.append((at, y - 0.5 * size, at + width, y + 0.5 * size))
            self.segments.append(kept)
            self.faces.append((self.face, bold))
            at += width + SPACE * EM * size
        return at

    def rule(self, y: float, x0: float = 0.0, x1: float | None = None) -> None:
        self.rules.append((x0, self.width if x1 is None else x1, y))


def new_paper(width: float, height: float, face: str, pitch: float) -> Paper:
    return Paper(width, 0.5, pitch, False, height=height, face=face)


def joined(first: Paper, second: Paper, dx: float, dy: float) -> Paper:
    """Both on one page, the second moved."""
    both = new_paper(max(first.width, second.width + dx), max(first.height, second.height + dy), first.face, first.pitch)
    for one, x, y in ((first, 0.0, 0.0), (second, dx, dy)):
        both.texts += one.texts
        both.boxes += [(a + x, b + y, c + x, d + y) for a, b, c, d in one.boxes]
        both.faces += one.faces
        both.rules += [(a + x, b + x, at + y) for a, b, at in one.rules]
    return both


def bottom(paper: Paper) -> float:
    return max((box[3] for box in paper.boxes), default=0.0)


def right_edge(paper: Paper) -> float:
    return max((box[2] for box in paper.boxes), default=0.0)
