"""What is asked of the network."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from .alphabet import BLANK, LOWER, UPPER
from .batches import Batch
from .targets import FINE, IGNORED

FEW = 1e-3
TOGETHER = 32  # lines, whose frames are filled up to the longest of them
FIELD = 0.5  # what naming fields on the map counts, to finding lines


def finding(core: Tensor, extent: Tensor, fields: Tensor, batch: Batch) -> Tensor:
    """Cores by cross entropy and overlap (Milletari et al., V-Net, 2016), extents by distance, fields by cross entropy."""
    core = core.float()
    inside = batch.core > 0.5
    p = core.sigmoid()
    overlap = 1 - 2 * (p * batch.core).sum() / (p.sum() + batch.core.sum() + 1)
    edges = functional.smooth_l1_loss(extent.float().movedim(1, -1)[inside], batch.extent.movedim(1, -1)[inside], beta=0.1)
    told = batch.fields != IGNORED
    named = functional.cross_entropy(fields.float().movedim(1, -1)[told], batch.fields[told], reduction="none")
    weights = batch.weights[told] * torch.where(batch.fields[told] > 0, 3.0, 1.0)
    naming = (named * weights).sum() / (weights.sum() + FEW)
    return functional.binary_cross_entropy_with_logits(core, batch.core) * 2 + overlap + edges + FIELD * naming


def reading(logits: Tensor, batch: Batch) -> Tensor:
    """CTC over every line, a character's mean; where the transcript is in capitals, a letter may be read in either case."""
    log_p = logits.float().log_softmax(dim=-1)
    texts = torch.split(batch.texts, batch.lengths.tolist())
    total = log_p.new_zeros(())
    for cased, known in ((True, log_p), (False, folded(log_p))):
        chosen = torch.nonzero(batch.cased == cased).flatten()
        by_length = chosen[batch.lines[chosen, 1].argsort()]
        for some in by_length.split(TOGETHER) if len(chosen) else ():
            total = total + spelling(known, batch, some, texts)
    return total / batch.lengths.sum()


def spelling(log_p: Tensor, batch: Batch, chosen: Tensor, texts: tuple[Tensor, ...]) -> Tensor:
    """Sum of −log P of the texts of the chosen lines, which are about equally long."""
    counts = batch.lines[chosen, 1] * FINE
    frames = torch.arange(int(counts.max()))[:, None]
    place = batch.lines[chosen, 0] * FINE + frames.clamp(max=counts - 1)
    by_line = log_p.index_select(0, place.flatten()).unflatten(0, place.shape)
    target = torch.cat([texts[i] for i in chosen])
    return functional.ctc_loss(
        by_line, target, counts, batch.lengths[chosen], blank=BLANK, reduction="sum", zero_infinity=True
    )


def folded(log_p: Tensor) -> Tensor:
    """Lower case added to upper case."""
    both = torch.logaddexp(log_p[..., LOWER], log_p[..., UPPER])
    return log_p.index_copy(-1, torch.tensor(UPPER), both)
