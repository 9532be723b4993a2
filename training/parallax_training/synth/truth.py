"""The truth about a receipt is what is printed on it: it is read off the labelled runs."""

from __future__ import annotations

import re
from typing import Any

from .page import Page

SUMS = ("subtotal", "discount", "serviceCharge", "taxes", "tax", "rounding", "tip", "total")
MERCHANT = ("name", "address", "phone")
ITEM = ("description", "quantity", "unitPrice", "amount")
TAX = ("label", "rate", "base", "amount")


def truth_of(pages: list[Page], currency: str) -> dict[str, Any]:
    """The truth of a receipt; fields that no run prints are ``None``."""
    printed = printed_fields(pages)
    if any(run.shows_currency for page in pages for run in page.runs):
        printed["/currency"] = currency
    return {
        "merchant": {key: printed.get(f"/merchant/{key}") for key in MERCHANT},
        "date": printed.get("/date"),
        "time": printed.get("/time"),
        "currency": printed.get("/currency"),
        "items": records(printed, "items", ITEM),
        **{key: printed.get(f"/{key}") for key in SUMS} | {"taxes": records(printed, "taxes", TAX) or None},
    }


def printed_fields(pages: list[Page]) -> dict[str, Any]:
    """Pointer to value, for everything that a run prints."""
    runs = [run for page in pages for run in page.runs]
    fields: dict[str, Any] = {}
    for pointer, value in (shown for run in runs for shown in run.prints):
        if fields.setdefault(pointer, value) != value:
            raise ValueError(f"{pointer} is printed with two values")
    for label, run in ((run.label, run) for run in runs if run.label):
        if run.value is not None:
            if fields.setdefault(label, run.value) != run.value:
                raise ValueError(f"{label} is printed with two values")
        elif label in fields:
            fields[label] += " " + run.text.strip()
        else:
            fields[label] = run.text.strip()
    return fields


def records(fields: dict[str, Any], name: str, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """The records of a list, ``None`` for what a record does not print."""
    matches = (re.match(rf"/{name}/(\d+)/", pointer) for pointer in fields)
    count = max((int(m.group(1)) + 1 for m in matches if m), default=0)
    return [{key: fields.get(f"/{name}/{i}/{key}") for key in keys} for i in range(count)]
