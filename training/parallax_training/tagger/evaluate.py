"""How well a run reads what it has not seen: fields of held-out merchants, entities of held-out drawn pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import torch

from .decode import Entity, entities_of
from .example import Example
from .labels import LABELS, OUTSIDE, begin, label_of
from .predict import predict
from .search import occurrences
from .sources import drawn_pages, receipts_of
from .sroie import FIELDS, Receipt, amount_of, read_examples, squeezed
from .train import trained

DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[\s./-]*[A-Z]{3,9}[\s./,-]*\d{2,4}|[A-Z]{3,9}\s*\d{1,2},?\s*\d{4}|\d{8}", re.I
)
AMOUNT = re.compile(r"-?\d[\d,]*\.\d\d")


def evaluate(out: Path, predictions: Path | None) -> dict[str, Any]:
    """Scores of the run in ``out`` on its held-out fold and on the held-out drawn pages."""
    config, model, step = trained(out)
    torch.set_num_threads(config.course.threads)
    _, held = receipts_of(config.data)
    sources: dict[str, Callable[[Receipt], list[Example]]] = {"given": lambda r: [r.given()]}
    sources |= {folder.name: partial(read_examples, folder=folder) for folder in config.data.receipt_words}
    report: dict[str, Any] = {"steps": step, "held_out": len(held), "fields": {}, "drawn": {}}
    for name, examples_of in sources.items() if held else ():
        found = {r.stem: (examples_of(r), r) for r in held}
        read = {stem: fields_of(model, examples) for stem, (examples, _) in found.items() if examples}
        report["fields"][name] = field_scores(read, {stem: r for stem, (_, r) in found.items()})
        report["fields"][name]["oracle"] = oracle([found[stem] for stem in read])
        if predictions:
            predictions.mkdir(parents=True, exist_ok=True)
            (predictions / f"{name}.json").write_text(json.dumps(read, ensure_ascii=False, indent=1))
    for drawn in config.data.drawn:
        pages = [example for page in drawn_pages(drawn, held_out=True) for example in page]
        report["drawn"][drawn.labels.name] = entity_scores(model, pages)
    return report


def entities_on(model: torch.nn.Module, page: Example) -> list[Entity]:
    logits, starts = predict(model, page.words)
    return entities_of(logits, starts, page.words.rows)


def fields_of(model: torch.nn.Module, pages: list[Example]) -> dict[str, str]:
    """Per field the text of its most confident entity."""
    best: dict[str, tuple[float, str]] = {}
    for page in pages:
        for entity in entities_on(model, page):
            if entity.confidence > best.get(entity.label, (0.0, ""))[0]:
                best[entity.label] = (entity.confidence, entity.text(page.words))
    return {field: best[label][1] for field, label in FIELDS.items() if label in best}


def normalised(field: str, text: str) -> str | float | None:
    """What is compared of a field: letters and digits; the characters of a date; the number of a total."""
    if field == "total":
        match = AMOUNT.search(text)
        return amount_of(match[0]) if match else amount_of(text)
    match = DATE.search(text) if field == "date" else None
    return squeezed(match[0] if match else text)[0] or None


def field_scores(read: dict[str, dict[str, str]], receipts: dict[str, Receipt]) -> dict[str, Any]:
    """Micro F1 over the fields of all receipts, and the share of right values per field."""
    right, given, asked = Counter[str](), Counter[str](), Counter[str]()
    for stem, receipt in receipts.items():
        for field in FIELDS:
            truth = normalised(field, receipt.truth.get(field, ""))
            value = normalised(field, read.get(stem, {}).get(field, ""))
            asked[field] += truth is not None
            given[field] += value is not None
            right[field] += truth is not None and value == truth
    scores = {field: round(right[field] / max(1, asked[field]), 4) for field in FIELDS}
    return {"f1": round(2 * right.total() / max(1, given.total() + asked.total()), 4), **scores, "receipts": len(receipts)}


def oracle(pages: list[tuple[list[Example], Receipt]]) -> dict[str, float]:
    """Share of truths that some run of words spells: what a perfect tagger would reach."""
    reachable = Counter[str]()
    for examples, receipt in pages:
        for field in FIELDS:
            truth = normalised(field, receipt.truth.get(field, ""))
            reachable[field] += any(spells(example, field, truth) for example in examples)
    return {field: round(reachable[field] / max(1, len(pages)), 4) for field in FIELDS}


def spells(example: Example, field: str, truth: str | float | None) -> bool:
    texts = example.words.texts
    if field == "total":
        return any(normalised("total", text) == truth for text in texts)
    parts = [squeezed(text)[0] for text in texts]
    if field == "date":
        return bool(occurrences(str(truth), "".join(parts)))
    edges = {0}
    for part in parts:
        edges.add(max(edges) + len(part))
    return any(start in edges and stop in edges for start, stop in occurrences(str(truth), "".join(parts)))


def entity_scores(model: torch.nn.Module, pages: list[Example]) -> dict[str, Any]:
    """F1 per label over whole entities (same words), and over item records (same words of all parts)."""
    right, found, asked = Counter[str](), Counter[str](), Counter[str]()
    for page in pages:
        truth = [(e.label, tuple(e.words)) for e in true_entities(page)]
        read = [e for e in entities_on(model, page) if e.confidence > 0.5]
        records = [{("ITEMS", words) for words in records_of(entities)} for entities in (true_entities(page), read)]
        pairs = [{(e.label, tuple(e.words)) for e in read} | records[1], set(truth) | records[0]]
        for counter, entities in ((found, pairs[0]), (asked, pairs[1]), (right, pairs[0] & pairs[1])):
            counter.update(label for label, _ in entities)
    labels = [label for label in (*LABELS, "ITEMS") if asked[label]]
    scores = {label: round(2 * right[label] / (found[label] + asked[label]), 4) for label in labels}
    return {"pages": len(pages), "f1": round(2 * right.total() / max(1, found.total() + asked.total()), 4), **scores}


def records_of(entities: list[Entity]) -> list[tuple[int, ...]]:
    groups: dict[int, list[int]] = {}
    for entity in entities:
        if entity.group >= 0:
            groups.setdefault(entity.group, []).extend(entity.words)
    return [tuple(sorted(words)) for words in groups.values()]


def true_entities(page: Example) -> list[Entity]:
    """The entities that the tags tell, with the records that the starts tell."""
    found: list[Entity] = []
    latest: dict[int, Entity] = {}
    group = -1
    for i, tag in enumerate(page.tags):
        if tag <= OUTSIDE:
            continue
        label = label_of(int(tag))
        if page.starts[i] == 1:
            group += 1
        if tag == begin(label) or label not in latest:
            latest[label] = Entity(LABELS[label], [], 1.0, group if page.starts[i] >= 0 else -1)
            found.append(latest[label])
        latest[label].words.append(i)
    return found
