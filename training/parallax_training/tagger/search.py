"""Finding a value in the text of a page, exactly or nearly."""

from __future__ import annotations

import numpy as np


def occurrences(needle: str, haystack: str) -> list[tuple[int, int]]:
    """Every place, as (start, stop), where ``needle`` stands in ``haystack``, without overlaps."""
    places, at = [], haystack.find(needle) if needle else -1
    while at >= 0:
        places.append((at, at + len(needle)))
        at = haystack.find(needle, at + len(needle))
    return places


def nearest(needle: str, haystack: str) -> tuple[int, int, int]:
    """The part of ``haystack`` with the fewest edits to ``needle``: (start, stop, edits); the first of equals."""
    hay = np.frombuffer(haystack.encode("utf-32-le"), dtype=np.uint32)
    columns = np.arange(len(hay) + 1)
    table = np.zeros((len(needle) + 1, len(hay) + 1), dtype=np.int64)
    for i, character in enumerate(needle, 1):
        best = table[i - 1] + 1
        best[1:] = np.minimum(best[1:], table[i - 1, :-1] + (hay != ord(character)))
        table[i] = np.minimum.accumulate(best - columns) + columns
    stop = int(table[-1].argmin())
    return traced(table, needle, haystack, stop), stop, int(table[-1, stop])


def traced(table: np.ndarray, needle: str, haystack: str, stop: int) -> int:
    """Where the best match that ends at ``stop`` starts."""
    i, j = len(needle), stop
    while i and j:
        if table[i, j] == table[i - 1, j - 1] + (needle[i - 1] != haystack[j - 1]):
            i, j = i - 1, j - 1
        elif table[i, j] == table[i - 1, j] + 1:
            i -= 1
        else:
            j -= 1
    return j
