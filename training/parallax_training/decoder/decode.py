"""From a page to its values: all fields at once, the likeliest character at every step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log

import torch
from torch import Tensor

from ..dense.alphabet import ALPHABET
from .batches import page_of
from .fields import FIELDS, LONGEST
from .grammar import cache_key, mask_of
from .layers import rotation
from .model import END, Decoder, Memory, Spelt
from .tokens import Read
from .value import Value

AHEAD = 12  # characters
LEAST = 1e-9
OTHER = 50.0  # off the log P of tokens that are not the character said

@dataclass
class Asked:
    """A field that is being spelt: what was said last and the token pointed at, −1 at first."""

    name: str
    value: Value = field(default_factory=Value)
    said: int = END
    before: int = -1


@torch.inference_mode()
def decode(model: Decoder, read: Read, names: Sequence[str] = FIELDS, ahead: int = AHEAD) -> dict[str, Value]:
    """The values of the fields that the page has. At every pass a field is spelt up to ``ahead`` characters on, supposing
    that it goes on as the page does, and as much is kept as it would say anyway (Leviathan et al., "Fast Inference from
    Transformers via Speculative Decoding", 2023; the draft is the page itself)."""
    memory = model.look(**vars(page_of([read])))
    classes = read.tokens.classes
    asked = [Asked(name) for name in names]
    past = Past(model, len(names), max(LONGEST[name] for name in names) + 1 + ahead)
    going = list(asked)
    while going:
        said, before = drafts(going, classes, ahead)
        spelt = past.step(memory, going, said, before)
        p = mixed(spelt, classes).unflatten(0, said.shape)
        pointer = spelt.pointer[0].unflatten(0, said.shape)
        kept = [row for row, one in enumerate(going) if takes(one, said[row], before[row], p[row], pointer[row], classes)]
        if len(kept) < len(going):
            going = [going[row] for row in kept]
            past.keep(torch.tensor(kept, dtype=torch.long))
    return {one.name: one.value for one in asked if one.value.letters}


def drafts(going: Sequence[Asked], classes: Tensor, ahead: int) -> tuple[Tensor, Tensor]:
    """[rows, ahead] each: what is said and pointed at before every step, if the tokens follow each other as on the page."""
    last = torch.tensor([one.before for one in going])[:, None]
    before = (last + torch.arange(ahead)).clamp(max=len(classes) - 1)
    before[:, 0] = last[:, 0]
    said = classes[before.clamp(min=0)]
    said[:, 0] = torch.tensor([one.said for one in going])
    return said, before


def takes(one: Asked, said: Tensor, before: Tensor, p: Tensor, pointer: Tensor, classes: Tensor) -> bool:
    """Spells on for as long as the draft [ahead] is what is said; false at the end of the value."""
    value = one.value
    for step in range(len(said)):
        best, character = (p[step] * mask_of(*cache_key(one.name, value.letters))).max(dim=0)
        value.log_p += log(max(float(best), LEAST))
        one.said = int(character)
        if one.said == END:
            return False
        one.before = int(torch.where(classes == character, pointer[step], pointer[step] - OTHER).argmax())
        value.letters += ALPHABET[one.said - 1]
        value.tokens.append(one.before)
        if step + 1 < len(said) and (one.said != said[step + 1] or one.before != before[step + 1]):
            return True
    return True


def mixed(spelt: Spelt, classes: Tensor) -> Tensor:
    """[queries, CLASSES]: the probability of every character, of one page of ``classes`` [n]."""
    copied = torch.zeros_like(spelt.made[0]).index_add_(1, classes, spelt.pointer[0].exp())
    copies = spelt.copies[0][:, None]
    return copies * copied + (1 - copies) * spelt.made[0].exp()


class Past:
    """What has been spelt, as the keys and values [rows, heads, steps, size] that later steps look back on."""

    def __init__(self, model: Decoder, rows: int, steps: int) -> None:
        self.model = model
        size = (rows, model.spellers[0].back.heads, steps, model.size)
        self.kept = [(torch.zeros(size), torch.zeros(size)) for _ in model.spellers]

    def keep(self, rows: Tensor) -> None:
        self.kept = [(keys[rows], values[rows]) for keys, values in self.kept]

    def step(self, memory: Memory, going: Sequence[Asked], said: Tensor, before: Tensor) -> Spelt:
        """The steps [rows, ahead] of all rows, which look at the page together, as queries [1, rows · ahead], and back each for
        itself. What lies beyond a step is of drafts that were not kept, and is not seen."""
        model, size = self.model, said.shape
        fields = torch.tensor([FIELDS.index(one.name) for one in going])[:, None].expand(size)
        x, places = model.ask(memory, fields.reshape(1, -1), said.reshape(1, -1), before.reshape(1, -1))
        steps = torch.tensor([len(one.value.letters) for one in going])[:, None] + torch.arange(size[1])
        turn, along = rotation(places, model.size), rotation(steps[..., None].float(), model.size)
        seen = (torch.arange(self.kept[0][0].shape[2]) <= steps[..., None])[:, None]
        for layer, page, kept in zip(model.spellers, memory.pages, self.kept, strict=True):
            own = layer.back.norm(x).view(*size, -1)
            for whole, new in zip(kept, layer.back.keys(own, along), strict=True):
                whole.scatter_(2, steps[:, None, :, None].expand_as(new), new)
            x = x + layer.back(own, along, kept, seen).reshape(x.shape)
            x = x + layer.page(layer.page.norm(x), turn, page, None)
            x = x + layer.think(x)
        return model.conclude(memory, x, places, before.reshape(1, -1))
