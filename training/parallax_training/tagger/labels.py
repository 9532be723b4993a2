"""What a word can be: the values of a receipt, and the captions that announce them; as BIO tags."""

from __future__ import annotations

VALUES = (
    "MERCHANT_NAME", "ADDRESS", "PHONE", "DATE", "TIME", "CURRENCY", "ITEM_DESCRIPTION", "ITEM_QUANTITY",
    "ITEM_UNIT_PRICE", "ITEM_AMOUNT", "SUBTOTAL", "TAX", "TIP", "TOTAL",
)
ANNOUNCED = ("DATE", "TIME", "PHONE", "SUBTOTAL", "TAX", "TIP", "TOTAL")
KEYS = tuple(f"{name}_KEY" for name in ANNOUNCED)
LABELS = VALUES + KEYS
TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))

OUTSIDE = 0  # the tag of words that are nothing
UNKNOWN = -1  # a word whose tag the truth does not tell

POINTERS = {
    "/merchant/name": "MERCHANT_NAME", "/merchant/address": "ADDRESS", "/merchant/phone": "PHONE", "/date": "DATE",
    "/time": "TIME", "/subtotal": "SUBTOTAL", "/tax": "TAX", "/tip": "TIP", "/total": "TOTAL",
}
ITEM_PARTS = {
    "description": "ITEM_DESCRIPTION", "quantity": "ITEM_QUANTITY", "unitPrice": "ITEM_UNIT_PRICE",
    "amount": "ITEM_AMOUNT",
}


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
    return LABELS[label].startswith("ITEM_")
