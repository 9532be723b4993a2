"""When two values are the same, however they are printed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

from ..tagger.sroie import squeezed
from .fields import FIELDS
from .grammar import MONTHS

MONEY = ("SUBTOTAL", "TAX", "TIP", "TOTAL")
Texts = dict[str, str]  # by label


def scores(found: list[Texts], truth: list[Texts]) -> dict[str, Any]:
    """Micro F1 over all fields, and per field the share of right values among those that are printed."""
    right, given, asked = Counter[str](), Counter[str](), Counter[str]()
    for values, true in zip(found, truth, strict=True):
        for name in FIELDS:
            value, wanted = normalised(name, values.get(name, "")), normalised(name, true.get(name, ""))
            given[name] += value is not None
            asked[name] += wanted is not None
            right[name] += wanted is not None and value == wanted
    shares = {name: round(right[name] / asked[name], 4) for name in FIELDS if asked[name]}
    return {"pages": len(truth), "f1": round(2 * right.total() / max(1, given.total() + asked.total()), 4), **shares}
def normalised(name: str, text: str) -> str | float | date | None:
    """What is compared: a number, a day, or letters and digits."""
    if name in MONEY:
        return number_of(text)
    return (day_of(text) if name == "DATE" else None) or squeezed(text)[0].lower() or None


def number_of(text: str) -> float | None:
    """An amount, whatever separates thousands; the last separator is the decimal one unless three digits follow a comma or two
    are alike."""
    body = re.sub(r"[^\d.,-]", "", text).strip(".,")
    marks = re.findall(r"[.,]", body)
    if not any(map(str.isdigit, body)):
        return None
    whole, last, part = (body, "", "") if not marks else body.rpartition(marks[-1])
    grouping = marks and (marks.count(marks[-1]) > 1 or (last == "," and len(part) == 3))
    digits = re.sub(r"[.,]", "", body) if grouping else f"{re.sub('[.,]', '', whole)}.{part or 0}"
    try:
        return float(digits)
    except ValueError:
        return None


def day_of(text: str) -> date | None:
    """A calendar date, its day first unless its year is."""
    for number, month in enumerate(MONTHS, 1):
        text = re.sub(rf"{month}|{month[:3]}T?", f"-{number}-", text.upper())
    parts = [int(part) for part in re.findall(r"\d+", text)]
    if len(parts) == 1 and len(str(parts[0])) == 8:
        parts = [parts[0] // 10000, parts[0] // 100 % 100, parts[0] % 100]
    if len(parts) != 3:
        return None
    day, month, year = parts if parts[0] < 32 else reversed(parts)
    try:
        return date(year + 2000 * (year < 100), month, day)
    except ValueError:
        return None
