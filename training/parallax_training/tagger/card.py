"""The model card, with the figures of the manifest."""

from __future__ import annotations

from typing import Any

TEXT = """# {name} {version}

Labels the words of a receipt, given as text with boxes: merchant, address, phone, date, time, currency, item
parts, sums, and the captions that announce them. {parameters:,} parameters: a character convolution per word,
the word's place on the page, and a small transformer over all words with biases for their distance in rows and
across. A second output tells which words begin an item.

## Trained on

- The train split of SROIE (ICDAR 2019; CC BY 4.0, "Huang et al., ICDAR 2019 Competition on Scanned Receipt OCR and
  Information Extraction"): Malaysian receipts, as transcribed and as read by {engines}. They tell merchant, address,
  date and total. {others}
- Synthetic receipts of this project, laid out and drawn, with all labels.

Names, numbers and dates are resampled and engine noise is added while training.

## Measured

{metrics}

## Limits

Receipts in Latin script. Real pages with labelled items, taxes, tips and times were not available: these
labels are learnt from {teachers}, and merchants and addresses mostly from Malaysia. Long
addresses on noisy readings lose words. The confidence is a mean softmax probability, not calibrated.
"""

GUESSED = """What rules of this project find of the other labels on the transcripts counts as a weak label; the rest
  is left open."""


def card_of(manifest: dict[str, Any]) -> str:
    training = manifest["training"]
    guessed = training["guesses"]
    return TEXT.format(
        others=GUESSED if guessed else "All other labels of these pages are left open.",
        teachers="synthetic receipts and rules" if guessed else "synthetic receipts alone",
        name=manifest["name"], version=manifest["version"], parameters=training["parameters"],
        engines=", ".join(training["engines"][1:]), metrics=table_of(manifest["metrics"]) or "Nothing yet.",
    )


def table_of(reports: list[dict[str, Any]]) -> str:
    """Means over the reports (held-out merchants, one report a fold) per source of words."""
    names = list(dict.fromkeys(name for report in reports for name in report["fields"]))
    if not names:
        return ""
    keys = ("f1", "company", "address", "date", "total")
    head = [
        f"Folds of the train split, grouped by merchant: {len(reports)} held out in turn. Normalised micro F1,",
        "then the share of right values.",
        "",
    ]
    rows = ["| words of | F1 | company | address | date | total |", "|---|---|---|---|---|---|"]
    for name in names:
        parts = [report["fields"][name] for report in reports if name in report["fields"]]
        total = sum(part["receipts"] for part in parts)
        means = [sum(part[key] * part["receipts"] for part in parts) / total for key in keys]
        rows.append(f"| {name} | " + " | ".join(f"{mean:.3f}" for mean in means) + " |")
    return "\n".join(head + rows)
