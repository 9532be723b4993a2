"""The network: one encoder; maps of lines and fields; a head that reads along lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..tagger.labels import LABELS
from ..tagger.model import Shape as TaggerShape
from ..tagger.model import Tagger
from .alphabet import CLASSES
from .targets import FINE, ROWS

FIELDS = 1 + len(LABELS)
SAMPLES = 24  # places on a word that are looked at to name it


@dataclass(frozen=True)
class Shape:
    """Channels of the network's parts."""

    stem: int = 32
    fine: int = 64  # at 4 × 4 pixels
    middle: int = 96  # at 8 × 8
    coarse: int = 128  # at 16 × 16
    joined: int = 64  # at 4 down × 8 across, the cells of the maps
    reading: int = 256
    spelling: int = 192
    tagger: TaggerShape = TaggerShape()


class Convolution(nn.Sequential):
    def __init__(self, inner: int, outer: int, size: int = 3, stride: int = 1, dilation: int = 1) -> None:
        padding = dilation * (size // 2)
        super().__init__(
            nn.Conv2d(inner, outer, size, stride, padding, dilation, bias=False), nn.BatchNorm2d(outer, momentum=0.03), nn.ReLU()
        )


class Residual(nn.Module):
    def __init__(self, width: int, dilation: int = 1) -> None:
        super().__init__()
        self.first, self.second = Convolution(width, width), Convolution(width, width, dilation=dilation)
        self.second[2] = nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.second(self.first(x)))


class Encoder(nn.Module):
    """``images`` [pages, 1, h, w] to fine features at 4 × 4 pixels and joined ones at 4 down × 8 across."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.fine = nn.Sequential(
            Convolution(1, shape.stem, stride=2), Convolution(shape.stem, shape.fine, stride=2), Residual(shape.fine)
        )
        self.middle = nn.Sequential(Convolution(shape.fine, shape.middle, stride=2), Residual(shape.middle))
        self.coarse = nn.Sequential(
            Convolution(shape.middle, shape.coarse, stride=2),
            Residual(shape.coarse, dilation=2), Residual(shape.coarse, dilation=4),
        )
        self.from_coarse = Convolution(shape.coarse, shape.joined, size=1)
        self.from_middle = Convolution(shape.middle, shape.joined, size=1)
        self.from_fine = Convolution(shape.fine, shape.joined, size=1)
        self.joined = Convolution(shape.joined, shape.joined)

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor]:
        fine = self.fine(images)
        middle = self.middle(fine)
        coarse = self.from_coarse(self.coarse(middle))
        both = self.from_middle(middle) + functional.interpolate(coarse, scale_factor=2.0, mode="nearest")
        cells = self.from_fine(functional.avg_pool2d(fine, (1, 2)))
        tall = functional.interpolate(both, scale_factor=(2.0, 1.0), mode="nearest")
        return fine, self.joined(cells + tall)


def beside(x: Tensor, reach: list[int]) -> Tensor:
    """[n, channels] to [n, len(reach) channels]: each frame with its neighbours, nothing beyond the ends."""
    furthest = reach[-1]
    wide = functional.pad(x, (0, 0, furthest, furthest))
    return torch.cat([wide[furthest + k : x.shape[0] + furthest + k] for k in reach], dim=1)


class Beside(torch.autograd.Function):
    """``beside`` with a gradient that is summed in one place."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, reach: list[int]) -> Tensor:
        ctx.reach = reach
        return beside(x.bfloat16() if torch.is_autocast_enabled("cpu") else x, reach)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:
        furthest, n = ctx.reach[-1], gradient.shape[0]
        parts = gradient.unflatten(1, (len(ctx.reach), -1))
        total = gradient.new_zeros(n + 2 * furthest, parts.shape[2])
        for i, k in enumerate(ctx.reach):
            total[furthest + k : furthest + k + n] += parts[:, i]
        return total[furthest : furthest + n].float(), None


class Normed(nn.Module):
    """A convolution along frames [n, channels], each frame normalised; what is not present stays nothing.

    Neighbours are laid side by side for one matrix product, on a CPU much faster than a convolution of one dimension.
    """

    def __init__(self, inner: int, outer: int, size: int, dilation: int = 1) -> None:
        super().__init__()
        self.reach = [dilation * k for k in range(-(size // 2), size // 2 + 1)]
        self.mix, self.norm = nn.Linear(size * inner, outer), nn.LayerNorm(outer)

    def forward(self, x: Tensor, present: Tensor) -> Tensor:
        wide = Beside.apply(x, self.reach) if self.training else beside(x, self.reach)
        return functional.relu(self.norm(self.mix(wide))) * present


class Reader(nn.Module):
    """Features along lines to what stands there: hidden [FINE n, spelling] and logits [FINE n, CLASSES]."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.enter = Normed(len(ROWS) * shape.fine + shape.joined, shape.reading, 3)
        self.first = Normed(shape.reading, shape.reading, 5)
        self.second = Normed(shape.reading, shape.reading, 5, dilation=2)
        self.spread = nn.Linear(shape.reading, FINE * shape.spelling)
        self.spell = Normed(shape.spelling, shape.spelling, 5)
        self.around = Normed(shape.spelling, shape.spelling, 5, dilation=4)
        nn.init.constant_(self.around.norm.weight, 0.1)
        self.classes = nn.Linear(shape.spelling, CLASSES)

    def forward(self, features: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        """``features`` [n, channels]; ``present`` [n, 1] is 0 between lines."""
        x = self.enter(features, present)
        x = x + self.first(x, present)
        x = x + self.second(x, present)
        x = self.spread(x).unflatten(1, (FINE, -1)).flatten(0, 1)
        finely = present.repeat_interleave(FINE, dim=0)
        hidden = functional.relu(x) * finely
        hidden = hidden + self.spell(hidden, finely)
        hidden = hidden + self.around(hidden, finely)
        return hidden, self.classes(hidden)


class Namer(nn.Module):
    """Says what words are: the tagger's network, which besides their characters and places sees the readings that they
    were spelt from."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.tagger = Tagger(shape.tagger)
        self.sight = nn.Linear(2 * shape.spelling, shape.tagger.width)
        self.begin_with(self.tagger.state_dict())

    def begin_with(self, tagger: dict[str, Tensor]) -> None:
        """A tagger's weights, and blind to readings until it has learnt to use them."""
        self.tagger.load_state_dict(tagger)
        nn.init.zeros_(self.sight.weight)
        nn.init.zeros_(self.sight.bias)

    def forward(
        self, hidden: Tensor, stretches: Tensor, chars: Tensor, features: Tensor, present: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """``hidden`` [readings, spelling] of all lines; ``stretches`` [pages, n, 2]: each word's first reading and the
        one after its last; the others, and what comes of them, as the tagger has them."""
        first, length = stretches[..., :1].float(), (stretches[..., 1:] - stretches[..., :1]).float()
        steps = (torch.arange(SAMPLES, device=hidden.device) + 0.5) / SAMPLES
        index = (first + steps * length).long().clamp(min=0, max=hidden.shape[0] - 1)
        looked = hidden.index_select(0, index.flatten()).unflatten(0, index.shape)
        seen = self.sight(torch.cat([looked.mean(dim=2), looked.amax(dim=2)], dim=-1))
        return self.tagger(chars, features, present, seen)


class Dense(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(shape)
        self.core, self.extent = nn.Conv2d(shape.joined, 1, 1), nn.Conv2d(shape.joined, 2, 1)
        self.fields = nn.Conv2d(shape.joined, FIELDS, 1)
        self.reader, self.namer = Reader(shape), Namer(shape)

    def look(self, images: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Fine and joined features, and the maps: logits of cores [pages, cells down, cells across], extents
        [pages, 2, …] and logits of fields [pages, FIELDS, …]."""
        fine, joined = self.encoder(images)
        return fine, joined, self.core(joined).squeeze(1), self.extent(joined), self.fields(joined)

    def along(self, fine: Tensor, joined: Tensor, points: Tensor) -> Tensor:
        """[pages, n, channels]: features at ``points`` [pages, rows, n, 2], from −1 to 1 over the picture."""
        rows = functional.grid_sample(fine.float(), points, align_corners=False)
        middle = functional.grid_sample(joined.float(), points.mean(dim=1, keepdim=True), align_corners=False)
        return torch.cat([rows.flatten(1, 2), middle.flatten(1, 2)], dim=1).transpose(1, 2)
