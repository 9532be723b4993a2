"""The model card, with the figures of the manifest."""

from __future__ import annotations

from typing import Any

TEXT = """# {name} {version}

Answers the fields of any JSON Schema about a page given as words with boxes: where each value starts, how it goes on, and whether
it is there at all. {parameters:,} parameters: an embedding of hashed n-grams that questions and pages share, a small transformer
over the page, and attention from values to the captions that announce them.

## Trained on

{pages:,} made-up pages of this project (invoices, orders, contracts, forms, letters, receipts and others) in twelve languages, as
words with boxes. Names and addresses are made by Faker (MIT). No real document was seen.

## Measured

{metrics}

## Limits

A table is read column by column, each without knowing of the others. A value is a run of words that go on to the right or below; a
value inside a longer word is not cut out. The probability is that of a softmax over the words of a page, not calibrated. Latin script only.
"""


def card_of(manifest: dict[str, Any]) -> str:
    training = manifest["training"]
    return TEXT.format(
        name=manifest["name"], version=manifest["version"], parameters=training["parameters"], pages=training["madeUpPages"],
        metrics=table_of(manifest["metrics"]) or "Nothing yet.",
    )  # fmt: skip


def table_of(report: dict[str, Any]) -> str:
    """F1 of whole values on made-up pages and on each set of real documents."""
    made = report.get("madeUp")
    if not made:
        return ""
    rows = ["| | F1 | F1 with unsure answers | by field |", "|---|---|---|---|"]
    rows.append(f"| made-up pages, unseen ({made['questions']} questions) | {made['f1']:.3f} | | {made['absent']:.3f} of what is not there |")
    if "cells" in made:
        rows.append(f"| cells of tables on them ({made['cells']}) | {made['cellsF1']:.3f} | | |")
    for name, said in report.items():
        if isinstance(said, dict) and "documents" in said:
            fields = ", ".join(f"{key} {value:.2f}" for key, value in said["anyFields"].items())
            rows.append(f"| {name} ({said['documents']} documents) | {said['f1']:.3f} | {said['any']:.3f} | {fields} |")
    return "\n".join(rows)
