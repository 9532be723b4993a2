"""The sample set that lives in samples/receipt: a fixed list of recipes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .files import write_specimen
from .specimen import Recipe, make


@dataclass(frozen=True)
class Sample:
    """A recipe, the slug of its folder and the form of its image file."""

    slug: str
    recipe: Recipe
    form: str = "jpg"


def sample(
    slug: str, country: str, layout: str, profile: str, seed: int = 1, form: str = "jpg",
    trade: str | None = None, lines: int | None = None, paper: str | None = None, **style: object,
) -> Sample:
    recipe = Recipe(f"{slug}/{seed}", country, layout, profile, trade, lines, paper, tuple(style.items()))
    return Sample(slug, recipe, form)


SAMPLES = [
    sample("my-restaurant-scan-01", "MY", "restaurant", "scan", font="liberation-mono"),
    sample("my-pharmacy-scan-02", "MY", "pharmacy", "scan", lines=5),
    sample("my-hardware-a4-03", "MY", "hardware", "a4", lines=4),
    sample("my-cafe-phone-04", "MY", "cafe", "phone", lines=4),
    sample("my-invoice-pages-05", "MY", "invoice", "fax", form="tif", lines=37, paper="a4"),
    sample("my-supermarket-crumpled-06", "MY", "supermarket", "crumpled", lines=6, paper="80"),
    sample("sg-restaurant-phone-07", "SG", "restaurant", "phone", lines=6),
    sample("sg-taxi-scan-08", "SG", "taxi", "scan"),
    sample("sg-cafe-skew-09", "SG", "cafe", "skew", lines=3),
    sample("us-cafe-tip-scan-10", "US", "cafe", "scan", lines=3),
    sample("us-restaurant-dim-11", "US", "restaurant", "dim", seed=3, lines=4),
    sample("us-hardware-skew-12", "US", "hardware", "skew", lines=5),
    sample("us-supermarket-faded-13", "US", "supermarket", "faded", trade="grocery", lines=7),
    sample("gb-fuel-scan-14", "GB", "fuel", "scan"),
    sample("gb-pharmacy-fax-15", "GB", "pharmacy", "fax", form="png", lines=4),
    sample("gb-restaurant-crumpled-16", "GB", "restaurant", "crumpled", lines=4),
    sample("gb-ticket-dots-17", "GB", "ticket", "dots", lines=3, font="vt323"),
    sample("de-supermarket-scan-18", "DE", "supermarket", "scan", lines=9, paper="80"),
    sample("de-restaurant-skew-19", "DE", "restaurant", "skew", lines=5),
    sample("de-parking-phone-20", "DE", "parking", "phone"),
    sample("de-hardware-noisy-21", "DE", "hardware", "noisy", lines=5, font="courier-prime"),
    sample("fr-restaurant-scan-22", "FR", "restaurant", "scan", lines=5),
    sample("fr-bakery-dim-23", "FR", "pharmacy", "dim", trade="cafe", lines=4),
    sample("in-invoice-pdf-24", "IN", "invoice", "noisy", form="pdf", lines=7, paper="a4"),
    sample("in-restaurant-faded-25", "IN", "restaurant", "faded", lines=6),
    sample("au-hardware-phone-26", "AU", "hardware", "phone", lines=3),
    sample("au-cafe-fax-27", "AU", "cafe", "fax", form="png", lines=4),
    sample("ch-parking-scan-28", "CH", "parking", "scan"),
    sample("ch-fuel-shaken-29", "CH", "fuel", "shaken"),
    sample("id-supermarket-a4-30", "ID", "supermarket", "a4", trade="grocery", lines=6),
    sample("id-cafe-scan-31", "ID", "ticket", "scan", trade="cafe", lines=4, font="liberation-mono"),
    sample("au-invoice-scan-32", "AU", "invoice", "skew", lines=8),
    sample("us-taxi-fax-33", "US", "taxi", "fax", seed=8, form="png"),
    sample("sg-ticket-skew-34", "SG", "ticket", "skew", trade="grocery", symbol="", font="vt323"),
    sample("us-supermarket-phone-35", "US", "supermarket", "phone", seed=4, trade="grocery", lines=12, paper="80"),
]


def write_samples(out: Path, only: str | None = None) -> None:
    """Draw every sample, or those whose slug contains ``only``, into ``out/<slug>/``."""
    for entry in SAMPLES:
        if only is None or only in entry.slug:
            write_specimen(make(entry.recipe), out / entry.slug, entry.form)
