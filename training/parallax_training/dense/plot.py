"""The course of a run as a picture."""

from __future__ import annotations

import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

PARTS = ("find", "read", "extract", "tune")


def plot(run: Path) -> Path:
    """``curves.png`` in the run's folder: every part of the loss, and the rate, over steps."""
    entries = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    steps = [entry for entry in entries if "step" in entry]
    figure, axes = pyplot.subplots(figsize=(8, 4.5))
    for part in PARTS:
        known = [entry for entry in steps if part in entry]
        axes.plot([e["step"] for e in known], [e[part] for e in known], label=part)
    axes.set(xlabel="steps", ylabel="loss", yscale="log")
    rates = axes.twinx()
    rates.plot([e["step"] for e in steps], [e["rate"] for e in steps], color="grey", linewidth=0.8)
    rates.set(ylabel="rate", ylim=(0, None))
    axes.legend()
    figure.tight_layout()
    path = run / "curves.png"
    figure.savefig(path, dpi=120)
    pyplot.close(figure)
    return path
