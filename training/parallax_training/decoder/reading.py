"""Reading the lines of a page with a trained dense network."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
import torch
from torch import Tensor

from ..dense.alphabet import BLANK, CLASS
from ..dense.augment import Grey
from ..dense.batches import APART, MULTIPLE, jittered
from ..dense.model import Dense
from ..dense.segments import Segment
from ..dense.targets import FINE, MARGIN, Frames, frames_of
from ..tagger.words import in_rows
from .tokens import Tokens

SPACE = CLASS[" "]


def in_order(segments: Sequence[Segment]) -> list[Segment]:
    """Row by row from the top, each row from the left."""
    boxes = [
        (s.start[0], (s.start[1] + s.end[1] - s.height) / 2, s.end[0], (s.start[1] + s.end[1] + s.height) / 2) for s in segments
    ]
    order = in_rows([str(i) for i in range(len(segments))], np.array(boxes, dtype=np.float64).reshape(-1, 4)).texts
    return [segments[int(i)] for i in order]


@torch.inference_mode()
def read(model: Dense, image: Grey, segments: Sequence[Segment], rng: Random) -> list[Tokens]:
    """The tokens of every line, its box not quite hit, as in use."""
    looked = [jittered(segment, rng) for segment in segments]
    frames = [frames_of(s.start, s.end, s.height) for s in looked]
    height, width = (-(-side // MULTIPLE) * MULTIPLE for side in image.shape)
    filled = torch.zeros(1, 1, height, width)
    filled[0, 0, : image.shape[0], : image.shape[1]] = 1 - torch.from_numpy(image) / 255
    nothing = np.full((frames[0].points.shape[0], APART, 2), -1e4, np.float32)
    points = np.concatenate([part for f in frames for part in (f.points, nothing)], axis=1)
    present = torch.tensor([here for f in frames for here in [1.0] * f.points.shape[1] + [0.0] * APART])
    grid = torch.from_numpy(points / np.array([width / 2, height / 2], np.float32) - 1)[None]
    with torch.autocast("cpu", torch.bfloat16):
        fine, joined, *_ = model.look(filled.to(memory_format=torch.channels_last))
    features = model.along(fine, joined, grid)[0]
    with torch.autocast("cpu", torch.bfloat16):
        hidden, logits = model.reader(features, present[:, None])
    p = logits.float().softmax(dim=-1)
    starts = np.cumsum([0, *(f.points.shape[1] + APART for f in frames)]) * FINE
    lines = []
    for number, (f, segment, first) in enumerate(zip(frames, looked, starts, strict=False)):
        stretch = slice(int(first), int(first) + FINE * f.points.shape[1])
        lines.append(tokens_of(hidden[stretch], p[stretch], segment, f, number))
    return lines


def tokens_of(hidden: Tensor, p: Tensor, segment: Segment, frames: Frames, number: int) -> Tokens:
    """The characters of a line: of every run of one best class, the reading that is surest of it (CTC: Graves et al., 2006)."""
    best, classes = p.max(dim=-1)
    runs = torch.cumsum(torch.cat([torch.zeros(1), (classes[1:] != classes[:-1]).float()]), 0)
    kept, spaced, begins = [], [], True
    for run in range(int(runs[-1]) + 1):
        there = torch.nonzero(runs == run).flatten()
        character = int(classes[there[0]])
        if character == SPACE:
            begins = True
        elif character != BLANK:
            kept.append(int(there[best[there].argmax()]))
            spaced.append(begins)
            begins = False
    at = torch.tensor(kept, dtype=torch.long)
    along = (np.array(kept) + 0.5) / FINE * frames.step - MARGIN * segment.height
    middle = segment.start + along[:, None] * (segment.end - segment.start) / max(1.0, segment.length)
    places = np.c_[middle, np.full(len(kept), segment.height)]
    return Tokens(
        classes[at],
        hidden[at].half(),
        torch.from_numpy(places).float(),
        torch.full((len(kept),), number),
        torch.tensor(spaced, dtype=torch.bool),
        best[at],
    )


def joined(lines: Sequence[Tokens]) -> Tokens:
    return Tokens(*(torch.cat(parts) for parts in zip(*(vars(line).values() for line in lines), strict=True)))
