"""What a word can be: the values of a receipt, and the captions that announce them; as BIO tags."""

from __future__ import annotations

import json
from pathlib import Path

FILE = Path(__file__).parents[3] / "schemas/receipt/labels.json"  # the type's own: the program reads it too
ALL = json.loads(FILE.read_text())

VALUES = tuple(ALL["tagged"])
KEYS = tuple(f"{name}_KEY" for name in ALL["announced"])
LABELS = VALUES + KEYS
TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))

OUTSIDE = 0  # the tag of words that are nothing
UNKNOWN = -1  # a word whose tag the truth does not tell

POINTERS: dict[str, str] = ALL["fields"]
ITEM_PARTS: dict[str, str] = ALL["itemParts"]
RECORDS = tuple(label for label in VALUES if label in ITEM_PARTS.values())  # the labels that make records


def begin(label: int) -> int:
    """The B tag of ``LABELS[label]``; its I tag is the next."""
    return 1 + 2 * label


def label_of(tag: int) -> int:
    """Index into ``LABELS`` of a tag that is neither outside nor unknown."""
    return (tag - 1) // 2


def of_pointer(pointer: str) -> str:
    """The label of a field's JSON pointer."""
    return ITEM_PARTS[pointer.rsplit("/", 1)[1]] if pointer.startswith("/items/") else POINTERS[pointer]


def is_item(label: int) -> bool:
    return LABELS[label] in RECORDS
