"""How good a run is: on made-up pages that it has not seen, and on real documents."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from .examples import Example, example
from .labelled import Labelled, load, normalised
from .model import Asker
from .predict import Answer, answers_on
from .train import trained

UNSEEN = 1_000_003  # the seed of pages for measuring
SURE = 0.5  # probability from which an answer counts as one


def evaluate(run: Path, pages: int, labelled: list[Path], answers: Path | None) -> dict[str, Any]:
    """F1 of whole values, in percent of one; with ``answers``, what was read is kept there, a file a set."""
    config, model, steps = trained(run)
    report: dict[str, Any] = {"steps": steps, "pages": steps * config.course.pages, "madeUp": on_made_up(model, pages)}
    for path in labelled:
        labels = load(path)
        read = {stem: read_document(model, labels, stem) for stem in labels.stems()}
        report[labels.name] = scores(labels, read)
        if answers:
            answers.mkdir(parents=True, exist_ok=True)
            (answers / f"{labels.name}.json").write_text(json.dumps(read, ensure_ascii=False, indent=1))
    return report


def f1(right: int, given: int, wanted: int) -> float:
    return round(2 * right / max(1, given + wanted), 4)


def on_made_up(model: Asker, count: int) -> dict[str, Any]:
    """F1 of whole answers, word by word, and of the cells of columns; how often the start is right; how often a question without an
    answer gets none."""
    tally = Counter[str]()
    for number in range(count):
        page = example(UNSEEN, number, 400, 12)
        if page:
            tally.update(marks(page, answers_on(model, [page.words], page.questions)))
    return {
        "f1": f1(tally["right"], tally["given"], tally["wanted"]), "start": round(tally["start"] / max(1, tally["wanted"]), 4),
        "absent": round(tally["none_right"] / max(1, tally["none"]), 4), "questions": tally["wanted"] + tally["none"],
        "cellsF1": f1(tally["cells_right"], tally["cells_given"], tally["cells"]), "cells": tally["cells"],
    }  # fmt: skip


def marks(page: Example, read: list[list[Answer]]) -> Counter[str]:
    tally = Counter[str]()
    for question, runs, candidates in zip(page.questions, page.answers, read, strict=True):
        if question.column:
            tally.update(cells(runs, candidates))
            continue
        best = candidates[0] if candidates and candidates[0].probability >= SURE else None
        tally["given"] += best is not None
        if not runs:
            tally["none"] += 1
            tally["none_right"] += best is None
            continue
        tally["wanted"] += 1
        tally["start"] += bool(candidates) and candidates[0].words[0] in [run[0] for run in runs]
        tally["right"] += best is not None and best.words in runs
    return tally


def cells(runs: list[list[int]], read: list[Answer]) -> Counter[str]:
    """Of a column whose cells are ``runs``."""
    return Counter({"cells": len(runs), "cells_given": len(read), "cells_right": sum(one.words in runs for one in read)})


def read_document(model: Asker, labels: Labelled, stem: str) -> dict[str, dict[str, Any]]:
    """What the network reads for every field of a document: its text and how sure it is."""
    found = answers_on(model, labels.pages(stem), [field.question for field in labels.fields])
    read = {}
    for field, candidates in zip(labels.fields, found, strict=True):
        usable = [one for one in candidates if normalised(one.text, field.type, labels.day_first) is not None]
        if usable:
            read[field.key] = {"text": usable[0].text, "probability": round(usable[0].probability, 4), "page": usable[0].page}
    return read


def scores(labels: Labelled, read: dict[str, dict[str, dict[str, Any]]]) -> dict[str, Any]:
    """Micro F1 and F1 of each field over a set, of answers that are sure enough; ``any`` counts what is unsure too."""
    report: dict[str, Any] = {"documents": len(read)}
    for name, least in (("f1", SURE), ("any", 0.0)):
        right, given, wanted = Counter[str](), Counter[str](), Counter[str]()
        for stem, answers in read.items():
            truth = labels.values(stem)
            for field in labels.fields:
                said = answers.get(field.key)
                value = normalised(said["text"], field.type, labels.day_first) if said and said["probability"] >= least else None
                given[field.key] += value is not None
                wanted[field.key] += truth[field.key] is not None
                right[field.key] += value is not None and value == truth[field.key]
        report[name] = f1(right.total(), given.total(), wanted.total())
        report[f"{name}Fields"] = {field.key: f1(right[field.key], given[field.key], wanted[field.key]) for field in labels.fields}
    return report
