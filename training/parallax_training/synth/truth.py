"""The truth about a receipt is what is printed on it: it is read off the labelled runs."""

from __future__ import annotations

import re
from typing import Any

from .page import Page

SCALARS = ("/date", "/time", "/currency", "/subtotal", "/tax", "/tip", "/total")
MERCHANT = ("name", "address", "phone")
ITEM = ("description", "quantity", "unitPrice", "amount")


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
        "items": [
            {key: printed.get(f"/items/{i}/{key}") for key in ITEM} for i in range(item_count(printed))
        ],
        **{key[1:]: printed.get(key) for key in SCALARS[3:]},
    }


def printed_fields(pages: list[Page]) -> dict[str, Any]:
    """Pointer to value, for every labelled run."""
    fields: dict[str, Any] = {}
    for run in (run for page in pages for run in page.runs if run.label):
        if run.value is not None:
            if fields.setdefault(run.label, run.value) != run.value:
                raise ValueError(f"{run.label} is printed with two values")
        elif run.label in fields:
            fields[run.label] += " " + run.text.strip()
        else:
            fields[run.label] = run.text.strip()
    return fields


def item_count(fields: dict[str, Any]) -> int:
    matches = (re.match(r"/items/(\d+)/", pointer) for pointer in fields)
    return max((int(m.group(1)) + 1 for m in matches if m), default=0)
