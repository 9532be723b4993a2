"""Lines of print that the network reads in one go."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..tagger.align import Line, Mark
from ..tagger.words import Floats

GAP = 0.9  # of their height, up to which texts in a row are read together
SPACE = 0.2  # of their height, from which a space stands between two texts
SAME_ROW = 0.35  # of their height, by which middles of texts in a row may differ


@dataclass(frozen=True)
class Segment:
    """``start`` and ``end`` [2] of its middle line and its ``height`` in pixels; ``edges`` [characters + 1] tell
    where characters meet, in pixels from the start; a mark per character."""

    text: str
    start: Floats
    end: Floats
    height: float
    edges: Floats
    marks: list[Mark]

    @property
    def length(self) -> float:
        return float(np.linalg.norm(self.end - self.start))

    def moved(self, affine: Floats) -> Segment:
        """Under an affine map [2, 3]; the height follows the determinant."""
        start, end = (affine[:, :2] @ p + affine[:, 2] for p in (self.start, self.end))
        grown = float(np.linalg.norm(end - start)) / max(self.length, 1e-6)
        height = self.height * abs(np.linalg.det(affine[:, :2])) / max(grown, 1e-6)
        return replace(self, start=start, end=end, height=height, edges=self.edges * grown)


def segments_of(lines: list[Line], affine: Floats, size: tuple[int, int]) -> list[Segment]:
    """Lines under an affine map between fractions, in pixels of a picture of ``size``; neighbours joined."""
    single = [s for line in lines if (s := segment_of(line, affine, size)) is not None]
    joined: list[Segment] = []
    for segment in sorted(single, key=lambda s: s.start[0]):
        before = next((i for i, s in enumerate(joined) if follows(s, segment)), None)
        if before is None:
            joined.append(segment)
        else:
            joined[before] = join(joined[before], segment)
    return joined


def segment_of(line: Line, affine: Floats, size: tuple[int, int]) -> Segment | None:
    """None for what is too flat or stands outside the picture."""
    corners = (line.corners @ affine[:, :2].T + affine[:, 2]) * size
    start, end = (corners[0] + corners[3]) / 2, (corners[1] + corners[2]) / 2
    height = float(np.linalg.norm(corners[[3, 2]] - corners[[0, 1]], axis=1).mean())
    length = float(np.linalg.norm(end - start))
    inside = all(-0.01 * s <= v <= 1.01 * s for p in (start, end) for v, s in zip(p, size, strict=True))
    text, marks = line.text.rstrip(), line.marks[: len(line.text.rstrip())]
    lead = len(text) - len(text.lstrip())
    if not inside or height < 4 or length < 3 or not text.strip():
        return None
    edges = np.linspace(0, length, len(line.text) + 1)[lead : len(text) + 1]
    way = (end - start) / length
    return Segment(
        text[lead:], start + way * edges[0], start + way * edges[-1], height, edges - edges[0], marks[lead:]
    )


def follows(a: Segment, b: Segment) -> bool:
    """Whether ``b`` stands right after ``a`` in its row."""
    height = (a.height + b.height) / 2
    gap = b.start[0] - a.end[0]
    alike = max(a.height, b.height) < 1.5 * min(a.height, b.height)
    return alike and abs(b.start[1] - a.end[1]) < SAME_ROW * height and -0.5 * height < gap < GAP * height


def join(a: Segment, b: Segment) -> Segment:
    gap = float(b.start[0] - a.end[0])
    spaced = gap > SPACE * (a.height + b.height) / 2
    start = max(a.length + gap, a.edges[-1])
    edges = np.concatenate([a.edges, start + b.edges]) if spaced else np.concatenate([a.edges[:-1], start + b.edges])
    between = [a.marks[-1]] if spaced and a.marks[-1] == b.marks[0] else [b.marks[0]] * spaced
    text = f"{a.text}{' ' * spaced}{b.text}"
    stretched = edges * (float(np.linalg.norm(b.end - a.start)) / edges[-1])
    return Segment(text, a.start, b.end, max(a.height, b.height), stretched, [*a.marks, *between, *b.marks])
