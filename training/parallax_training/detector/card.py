"""The card of a published detector, with the figures of its manifest."""

from __future__ import annotations

from typing import Any

TEXT = """# {name} {version}

Finds lines of print: a straightened, evenly lit page in grey, both sides in multiples of {multiple} pixels, to the probability of
every pixel that it is in the middle of a line. The convolutions compute in 8 bits.

Input: the page at {scale} of the size at which it is read (letters of 18 pixels become {letters:g}), at most {side} pixels long,
−1 for black to 1 for white.

## Made from

The small detector of **PP-OCRv6** (PaddleOCR; copyright PaddlePaddle authors; Apache-2.0), as the wheel of **RapidOCR**
({wheel}; Apache-2.0) carries it. Its three equal channels are one, and its convolutions are rounded to 8 bits, a
scale for each channel, by ranges taken from pages of SROIE's train split (ICDAR 2019; CC BY 4.0, "Huang et al., ICDAR 2019
Competition on Scanned Receipt OCR and Information Extraction"). Nothing was trained.

## Measured

On {pages} scanned receipts of merchants from whose pages no ranges were taken, beside their transcribed lines:

{table}

A line is found where regions hold it in its height along nine tenths of its length; a split one is held by several, as
where columns are apart. A merged region holds lines that stand one above the other, an idle one holds none.

## Limits

Straightened pages with lines that run across; letters much smaller than the median of their page may be passed over.
"""


def card_of(manifest: dict[str, Any]) -> str:
    picture = manifest["picture"]
    return TEXT.format(
        name=manifest["name"], version=manifest["version"], multiple=picture["multiple"], scale=picture["scale"],
        letters=18 * picture["scale"], side=picture["mostSide"], wheel=manifest["base"]["wheel"],
        pages=manifest["metrics"]["pages"], table=table_of(manifest["metrics"]["networks"]),
    )  # fmt: skip


def table_of(networks: dict[str, dict[str, int]]) -> str:
    rows = ["| network | lines | found | split | regions | merged | idle |", "|---|---|---|---|---|---|---|"]
    rows += [
        f"| {name} | {r['lines']:,} | {r['found'] / r['lines']:.2%} | {r['split'] / r['lines']:.2%} "
        f"| {r['regions']:,} | {r['merged'] / r['regions']:.2%} | {r['idle'] / r['regions']:.2%} |"
        for name, r in networks.items()
    ]
    return "\n".join(rows)
