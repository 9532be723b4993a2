"""The card of a published direct model, with the figures of its manifest."""

from __future__ import annotations

from typing import Any

TEXT = """# {name} {version}

Reads a page in one pass: where its lines run, what they say, and which words are which field of a receipt: merchant,
address, phone, date, time, currency, item parts, sums. {parameters:,} parameters, in three files that are run one
after the other: `look.onnx` (convolutions over the whole page; maps of lines and of fields), `read.onnx` (along each
line, to characters, by CTC) and `name.onnx` (attention over the words; it sees what was read and the features it was
read from). Nothing is generated: every value is print that was found, and carries its place.

Input: a straightened grey page, scaled so that capitals are about {letters:.0f} pixels high.

## Trained on

{sources}

{steps:,} steps of {pages} pages, each bent, blurred, faded or stained anew.

## Measured

{metrics}

## Limits

Print in Latin letters; no handwriting. Real pages were Malaysian receipts alone: other countries are learnt from drawn
pages. The transcripts are in capitals, so that small letters are learnt from drawn pages too. Columns that stand close
are read as one line. Logos are read badly. Confidences are not calibrated.
"""


PUBLISHED = """- The train split of SROIE (ICDAR 2019; CC BY 4.0, "Huang et al., ICDAR 2019 Competition on Scanned Receipt OCR and
  Information Extraction"): Malaysian receipts with their lines, and merchant, address, date and total{held}. Rules of this
  project add weak labels for the other fields.
- Synthetic receipts of this project, drawn with all labels ({drawn:.0%} of the pages seen)."""
OWN = "- Pairs of images and JSON given by a user, beginning with a published model; see its card for what that has seen."


def card_of(manifest: dict[str, Any]) -> str:
    training = manifest["training"]
    fold, folds = training["fold"], training["folds"]
    held = "" if fold is None else f" (all but the merchants of the {ordinal(fold)} of {folds} folds)"
    return TEXT.format(
        name=manifest["name"], version=manifest["version"], parameters=training["parameters"],
        letters=18 * manifest["picture"]["scale"],
        sources=OWN if training["receipts"] == "pairs" else PUBLISHED.format(held=held, drawn=training["drawnShare"]),
        steps=training["steps"], pages=training["pagesPerStep"], metrics=table_of(manifest["metrics"]),
    )


def ordinal(index: int) -> str:
    return ("first", "second", "third")[index] if index < 3 else f"{index + 1}th"


def table_of(reports: list[dict[str, Any]]) -> str:
    """One line a report: ``receipts``, ``f1`` and the shares of right ``fields``."""
    if not reports:
        return "Nothing yet."
    rows = ["| receipts of unseen merchants | F1 | merchant | address | date | total |", "|---|---|---|---|---|---|"]
    for report in reports:
        fields = [report["fields"][name] for name in ("name", "address", "date", "total")]
        figures = [report["f1"], *fields]
        rows.append(f"| {report['receipts']} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |")
    return "Normalised micro F1, and the share of right values.\n\n" + "\n".join(rows)
