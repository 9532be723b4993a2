"""What is asked of the network."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from ..tagger.labels import LABELS, begin
from .alphabet import BLANK, LOWER, UPPER
from .batches import Batch
from .targets import FINE, IGNORED

FEW = 1e-3
TOGETHER = 32  # lines, whose frames are filled up to the longest of them
FIELDS = [LABELS.index(name) for name in ("MERCHANT_NAME", "ADDRESS", "DATE", "TOTAL")]  # that real receipts tell
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
    """[lines] −log P of every line's text by CTC; where the transcript is in capitals, a letter may be read in either case."""
    log_p = logits.float().log_softmax(dim=-1)
    texts = torch.split(batch.texts, batch.lengths.tolist())
    places, costs = [], []
    for cased, known in ((True, log_p), (False, folded(log_p))):
        chosen = torch.nonzero(batch.cased == cased).flatten()
        by_length = chosen[batch.lines[chosen, 1].argsort()]
        for some in by_length.split(TOGETHER) if len(chosen) else ():
            places.append(some)
            costs.append(spelling(known, batch, some, texts))
    return torch.cat(costs)[torch.cat(places).argsort()]


def spelling(log_p: Tensor, batch: Batch, chosen: Tensor, texts: tuple[Tensor, ...]) -> Tensor:
    """−log P of the texts of the chosen lines, which are about equally long."""
    counts = batch.lines[chosen, 1] * FINE
    frames = torch.arange(int(counts.max()))[:, None]
    place = batch.lines[chosen, 0] * FINE + frames.clamp(max=counts - 1)
    by_line = log_p.index_select(0, place.flatten()).unflatten(0, place.shape)
    target = torch.cat([texts[i] for i in chosen])
    return functional.ctc_loss(
        by_line, target, counts, batch.lengths[chosen], blank=BLANK, reduction="none", zero_infinity=True
    )


def folded(log_p: Tensor) -> Tensor:
    """Lower case added to upper case."""
    both = torch.logaddexp(log_p[..., LOWER], log_p[..., UPPER])
    return log_p.index_copy(-1, torch.tensor(UPPER), both)


def tuning(spelt: Tensor, tags: Tensor, batch: Batch) -> Tensor:
    """One minus the expected share of right fields (minimum risk: Shen et al., "Minimum Risk Training for Neural Machine
    Translation", 2016; the expectation is taken exactly, since lines are read and words named independently).

    A field is right when the lines it stands on are read without a mistake, ``spelt`` [lines], and its words, and no
    others, are named so. Where it may stand in several places, the likeliest counts.
    """
    log_p = tags.float().log_softmax(dim=-1)
    expected = [right(label, page, spelt, log_p, batch) for page in range(len(log_p)) for label in FIELDS]
    known = [share for share in expected if share is not None]
    return 1 - torch.stack(known).mean() if known else spelt.new_zeros(())


def right(label: int, page: int, spelt: Tensor, log_p: Tensor, batch: Batch) -> Tensor | None:
    """The probability that a field of a page comes out right; None where its truth is not known."""
    begins, goes_on = begin(label), begin(label) + 1
    present = batch.words.present[page]
    told = batch.words.tags[page]
    meant = ((told == begins) | (told == goes_on)) & present
    open_ones = ((batch.words.choices[page] == begins) | (batch.words.choices[page] == goes_on)) & present
    named = torch.logaddexp(log_p[page, :, begins], log_p[page, :, goes_on]).clamp(max=-1e-6)
    otherwise = torch.log1p(-named.exp())
    lines = batch.word_lines[page]
    if meant.any():
        if (lines[meant] < 0).any():
            return None
        others = present & ~meant & ~open_ones
        read = spelt[lines[meant].unique()].sum()
        return torch.exp(named[meant].sum() + otherwise[others].sum() - read)
    open_ones &= lines >= 0
    if open_ones.any():
        return torch.exp(named[open_ones] - spelt[lines[open_ones]]).amax()
    return None
