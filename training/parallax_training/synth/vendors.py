"""Two receipts each of a few vendors, in samples/vendors: one to draft a template from, one to try it on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .files import write_specimen
from .specimen import Recipe, make


@dataclass(frozen=True)
class Vendor:
    """One merchant and till, and how many lines each of its receipts has; None where the trade has no lines."""

    slug: str
    country: str
    layout: str
    receipts: tuple[tuple[str, int | None], ...]
    profile: str = "scan"

    def recipe(self, receipt: str, lines: int | None) -> Recipe:
        return Recipe(f"{self.slug}/{receipt}", self.country, self.layout, self.profile, lines=lines, vendor=self.slug)


VENDORS = [
    Vendor("my-cafe", "MY", "cafe", (("a", 3), ("b", 2))),
    Vendor("sg-taxi", "SG", "taxi", (("a", None), ("b", None))),
]


def write_vendors(out: Path) -> None:
    """Draw every receipt into ``out/<vendor>/<receipt>/``."""
    for vendor in VENDORS:
        for receipt, lines in vendor.receipts:
            write_specimen(make(vendor.recipe(receipt, lines)), out / vendor.slug / receipt)
