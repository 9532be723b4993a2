"""The card of a published reader, with the figures of its manifest."""

from __future__ import annotations

from typing import Any

TEXT = """# {name} {version}

Reads one line of print: grey pixels, 48 high and of any width, to the probability of {classes} classes in every 8 pixels
along the line (CTC; class 0 is the blank). {parameters:,} parameters; the backbone computes in 8 bits.

Input: the line cut out with a little paper around it, −1 for black to 1 for white.

## Made from

- The small recogniser of **PP-OCRv6** (PaddleOCR, Apache-2.0), as the wheel of **RapidOCR** ({wheel}; Apache-2.0) carries
  it. Its head of 18,710 classes is cut to the characters below, and its three equal channels are one.
{tuned}

## Alphabet

Digits, A to Z in both cases, the marks of print, signs of currencies, and every marked letter of {languages}.

`{alphabet}`

The base does not know these, which begin as twins of the letter that looks like them{learnt}: `{lacks}`

## Measured

{metrics}

## Limits

Print in Latin letters that runs from left to right; no handwriting, no other script. Real lines were Malaysian receipts
in capitals alone; small letters, other languages and other signs come from the base and from drawn lines.
"""

TUNED = """- **Tuned** for {steps:,} steps of {lines} augmented lines: {real:.0%} of them from the train split of SROIE (ICDAR 2019; CC BY
  4.0, "Huang et al., ICDAR 2019 Competition on Scanned Receipt OCR and Information Extraction"){held}, and {drawn:.0%} drawn by
  this project in every claimed language."""
UNTUNED = "- Nothing was tuned: the weights are the base's."


def card_of(manifest: dict[str, Any]) -> str:
    training, base = manifest["training"], manifest["base"]
    held = "" if training["fold"] is None else f", merchants of set {training['fold']} of {training['folds']} held out"
    tuned = TUNED.format(
        steps=training["steps"], lines=training["linesPerStep"], real=1 - training["drawnShare"], held=held,
        drawn=training["drawnShare"],
    )  # fmt: skip
    return TEXT.format(
        name=manifest["name"], version=manifest["version"], classes=len(manifest["alphabet"]) + 1,
        parameters=training["parameters"], wheel=base["wheel"], tuned=tuned if training["steps"] else UNTUNED,
        alphabet=manifest["alphabet"].strip(), languages=", ".join(manifest["languages"]), lacks=base["lacks"],
        learnt=" and learn from drawn lines alone" if training["steps"] else " and are not read yet",
        metrics=table_of(manifest["metrics"]),
    )  # fmt: skip


def table_of(metrics: dict[str, Any]) -> str:
    """One line a set of lines: ``lines``, ``misread``, ``exact``, ``exact_but_spaces``; then the languages."""
    rows = ["The likeliest character of every 8 pixels, no language model asked; case counts on drawn lines only.", ""]
    rows += ["| lines | how many | characters misread | exactly right | right but for spaces |", "|---|---|---|---|---|"]
    rows += [
        f"| {name} | {r['lines']:,} | {r['misread']:.2%} | {r['exact']:.1%} | {r['exact_but_spaces']:.1%} |"
        for name, r in metrics["sets"].items()
    ]
    by_language = ", ".join(f"{language} {share:.1%}" for language, share in metrics["languages"].items())
    return "\n".join([*rows, "", f"Characters misread on drawn lines, by language: {by_language}."])
