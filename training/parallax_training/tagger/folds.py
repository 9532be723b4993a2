"""Receipts of one merchant stay together, so that a held-out merchant has never been seen."""

from __future__ import annotations

from .search import nearest
from .sroie import Receipt, squeezed

SAME = 0.25  # edits per character up to which two names are one merchant's


def merchants(receipts: list[Receipt]) -> list[list[Receipt]]:
    """Groups of receipts whose merchants' names are nearly equal, the largest group first."""
    groups: list[tuple[str, list[Receipt]]] = []
    for receipt in sorted(receipts, key=lambda r: (-len(r.truth["company"]), r.stem)):
        name = squeezed(receipt.truth["company"])[0]
        for known, members in groups:
            if name == known or (name and nearest(name, known)[2] <= SAME * len(name)):
                members.append(receipt)
                break
        else:
            groups.append((name, [receipt]))
    return sorted((members for _, members in groups), key=lambda g: (-len(g), g[0].stem))


def split(receipts: list[Receipt], folds: int) -> list[list[Receipt]]:
    """``folds`` sets of about equal size, each merchant in one of them."""
    sets: list[list[Receipt]] = [[] for _ in range(folds)]
    for group in merchants(receipts):
        min(sets, key=len).extend(group)
    return sets
