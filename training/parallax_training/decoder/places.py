"""Where tokens stand, as numbers that mean the same on every page."""

from __future__ import annotations

from math import pi

import torch
from torch import Tensor

from .tokens import Tokens

WAVES = (1, 2, 4, 8)  # halves of a wave over the text's width or length
FEATURES = 10 + 4 * len(WAVES)
FAR = 40.0  # lines or characters, beyond which farther is no different


def coordinates_of(tokens: Tokens) -> Tensor:
    """[n, 3]: the number in reading order; across and down in heights of a usual line."""
    usual = tokens.places[:, 2].median()
    origin = tokens.places[:, :2].amin(dim=0)
    return torch.cat([torch.arange(len(tokens))[:, None], (tokens.places[:, :2] - origin) / usual], dim=1)


def features_of(tokens: Tokens) -> Tensor:
    """[n, FEATURES]: place in the text and in the line, height, the reader's certainty."""
    x, y, height = tokens.places.unbind(1)
    usual = height.median()
    across = (x - x.min()) / (x.max() - x.min()).clamp(min=1)
    down = (y - y.min()) / (y.max() - y.min()).clamp(min=1)
    begins = torch.ones(len(tokens), dtype=torch.bool)
    begins[1:] = tokens.lines[1:] != tokens.lines[:-1]
    ends = begins.roll(-1)
    starts = torch.nonzero(begins).flatten()[torch.cumsum(begins, 0) - 1]
    single = [
        across, down, (height / usual).log(), tokens.spaced, begins, ends,
        (torch.arange(len(tokens)) - starts).clamp(max=FAR) / FAR,
        ((y - y.min()) / usual).clamp(max=FAR) / FAR, ((y.max() - y) / usual).clamp(max=FAR) / FAR, tokens.sure,
    ]
    waves = [wave(k * pi * part) for part in (across, down) for k in WAVES for wave in (torch.sin, torch.cos)]
    return torch.stack([part.float() for part in (*single, *waves)], dim=1)
