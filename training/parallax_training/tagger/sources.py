"""The pages a configuration names, apart into those to learn from and those held out."""

from __future__ import annotations

from pathlib import Path

from . import synthetic
from .augment import Vocabulary
from .batches import Source
from .config import Config, Data, Drawn
from .example import Example
from .folds import split
from .sroie import Receipt, load, read_examples, stems

HELD_OUT_EVERY = 20  # of the drawn pages, for measuring the labels that real receipts do not tell


def receipts_of(data: Data) -> tuple[list[Receipt], list[Receipt]]:
    """Receipts of the train split: to learn from, and held out."""
    receipts = [load(data.receipts, stem, data.receipt_guesses) for stem in stems(data.receipts)]
    if data.fold is None:
        return receipts, []
    sets = split(receipts, data.folds)
    held = sets.pop(data.fold)
    return [receipt for fold in sets for receipt in fold], held


def fold_of(receipts: Path, folds: int, fold: int) -> list[str]:
    """The names of the receipts of one fold of the train split, in order."""
    known = [load(receipts, stem, None) for stem in stems(receipts)]
    return sorted(receipt.stem for receipt in split(known, folds)[fold])


def readings(receipt: Receipt, folders: dict[Path, int]) -> list[Example]:
    """What the engines read, each as often as its folder weighs."""
    return [example for folder, weight in folders.items() for example in read_examples(receipt, folder) * weight]


def drawn_pages(drawn: Drawn, held_out: bool) -> list[list[Example]]:
    """Per drawn page its readings; every twentieth page is held out, always."""
    pages = []
    for folder in sorted(p for p in drawn.labels.iterdir() if p.name.isdigit()):
        if (int(folder.name) % HELD_OUT_EVERY == 0) == held_out:
            found = [synthetic.read_examples(folder / "labels.json", words / f"{folder.name}.json") for words in drawn.words]
            pages.append([example for examples in found for example in examples])
    return [page for page in pages if page]


def sources_of(config: Config) -> tuple[list[Source], Vocabulary]:
    """What a run learns from."""
    data, shares = config.data, config.shares
    receipts, _ = receipts_of(data)
    given = [receipt.given() for receipt in receipts]
    read = [readings(receipt, data.receipt_words) for receipt in receipts]
    drawn = [page for d in data.drawn for page in drawn_pages(d, held_out=False)]
    laid_out = [e for i in range(data.laid_out) for e in synthetic.laid_out(data.laid_out_seed, i) if len(e) > 3]
    sources = [
        Source([[example] for example in given], shares.receipts_given, clean=True),
        Source([page for page in read if page], shares.receipts_read),
        Source(drawn, shares.drawn_read),
        Source([[example] for example in laid_out], shares.laid_out, clean=True),
    ]
    return sources, Vocabulary(given)
