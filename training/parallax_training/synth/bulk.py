"""Any number of random receipts with full labels, numbered from one seed."""

from __future__ import annotations

from pathlib import Path
from random import Random

from .capture import PROFILES
from .content import SERVICE_TRADES
from .countries import COUNTRIES
from .files import write_specimen
from .layouts import LAYOUTS
from .specimen import Recipe, make

REFUNDS = 0.04  # share of receipts with items
WHOLE_PAGE = ("invoice",)  # layouts on sheets too large to lie on an A4 page


def random_recipe(seed: int, index: int) -> Recipe:
    """The recipe of page ``index`` of the set ``seed``; independent of how many are made."""
    rng = Random(f"pages/{seed}/{index}")
    layout = LAYOUTS[rng.choice(sorted(LAYOUTS))]
    trade = rng.choice(layout.trades)
    country = rng.choice(sorted(COUNTRIES))
    profiles = [name for name in sorted(PROFILES) if name != "a4" or layout.name not in WHOLE_PAGE]
    profile = rng.choice(profiles)
    refund = trade not in SERVICE_TRADES and Random(f"refunds/{seed}/{index}").random() < REFUNDS
    return Recipe(f"{seed}/{index}", country, layout.name, profile, trade, refund=refund)


def write_pages(count: int, seed: int, out: Path) -> None:
    """``out/<index>/`` with ``page.jpg``, ``truth.json`` and ``labels.json``, for every index."""
    for index in range(count):
        specimen = make(random_recipe(seed, index))
        write_specimen(specimen, out / f"{index:06d}", labels=True)
