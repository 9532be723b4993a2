"""A trained run as a model folder: ``model.onnx``, ``weights.pt`` (in half precision, to go on from), ``manifest.json``, ``card.md``,
``golden.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..onnx_files import fingerprint, halve
from ..tagger.words import Words
from .batches import asked_of
from .card import card_of
from .config import Config
from .evaluate import SURE, UNSEEN
from .examples import Example, example
from .features import GRAMS, NEIGHBOURS, SIZE, seen, specification
from .model import Answers, Asked, Asker, Page
from .predict import CANDIDATES, CELL, LONGEST, MOST, answers_on, page_of
from .questions import CAPTION, DESCRIPTION, EXAMPLE, NAME, OWNER, PHRASES, TITLE, TYPES, WORDS, Question, seen_questions
from .train import trained

NAME_OF_MODEL = "document"
GOLDEN_PAGES = (3, 11)  # numbers of made-up pages
ODD_TEXTS = ("Übergröße:", "ﬁn—", "漢字", "№123.456,00", "😀", "Straße/Łódź", "ÇA", "O’Neil's", "(x)", "--", "12:30", "İstanbul", "٣٤٥", "A" * 30)
INPUTS: dict[str, list[str | int]] = {
    "grams": ["words", GRAMS], "features": ["words", SIZE], "boxes": ["words", 4], "neighbours": ["words", len(NEIGHBOURS)], "below": ["words"],
    "askedGrams": ["askedWords", GRAMS], "askedPhrases": ["askedWords"], "askedKinds": ["questions", PHRASES], "askedTypes": ["questions"],
}  # fmt: skip
OUTPUTS = {"starts": ["questions", "words"], "rights": ["questions", "words"], "belows": ["questions", "words"], "absent": ["questions"]}


class OnePage(nn.Module):
    """The network without the dimension of pages."""

    def __init__(self, asker: Asker) -> None:
        super().__init__()
        self.asker = asker

    def forward(
        self, grams: Tensor, features: Tensor, boxes: Tensor, neighbours: Tensor, below: Tensor,
        asked_grams: Tensor, asked_phrases: Tensor, asked_kinds: Tensor, asked_types: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:  # fmt: skip
        present = torch.ones_like(below, dtype=torch.bool)
        page = Page(grams[None], features[None], boxes[None], neighbours[None], below[None], present[None])
        asked = Asked(asked_grams[None], asked_phrases[None], asked_kinds[None], asked_types[None])
        answers: Answers = self.asker(page, asked)
        return answers.starts[0], answers.rights[0], answers.belows[0], answers.absent[0]


def export(run: Path, out: Path, metrics: Path | None) -> None:
    """Write the run's averaged network to ``out``, whose last part is the version."""
    config, model, steps = trained(run)
    out.mkdir(parents=True, exist_ok=True)
    write_onnx(model, out / "model.onnx")
    torch.save({name: value.half() for name, value in model.state_dict().items()}, out / "weights.pt")
    golden = {"pages": [golden_of(model, page) for page in golden_pages()]}
    (out / "golden.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")
    manifest = manifest_of(out, config, steps, json.loads(metrics.read_text()) if metrics else {})
    (out / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
    (out / "card.md").write_text(card_of(manifest))


def golden_pages() -> list[Example]:
    made = [example(UNSEEN, number, 250, 12) for number in GOLDEN_PAGES]
    return [page for page in made if page]


def inputs_of(words: Words, questions: list[Question]) -> dict[str, NDArray[Any]]:
    """What the exported network is given, by name."""
    looks = seen(words)
    page = (looks.grams, looks.features, looks.boxes, looks.neighbours, looks.below)
    return dict(zip(INPUTS, (*page, *seen_questions(questions)), strict=True))


def write_onnx(model: Asker, path: Path) -> None:
    """ONNX with any number of words and questions, weights stored in half precision and computed with in single."""
    page = golden_pages()[0]
    given = tuple(torch.from_numpy(part) for part in inputs_of(page.words, page.questions).values())
    words, asked, questions = (torch.export.Dim(name, min=2) for name in ("words", "askedWords", "questions"))
    sizes = {"words": words, "askedWords": asked, "questions": questions}
    program = torch.onnx.export(
        OnePage(model).eval(), given, dynamo=True, verbose=False, input_names=list(INPUTS), output_names=list(OUTPUTS),
        dynamic_shapes=tuple({0: sizes[str(shape[0])]} for shape in INPUTS.values()), opset_version=18,
    )  # fmt: skip
    graph = program.model_proto
    halve(graph.graph)
    onnx.checker.check_model(graph)
    onnx.save(graph, path)


def golden_of(model: Asker, page: Example) -> dict[str, Any]:
    """A page with odd words among its own, what the network is given of it, and what it answers."""
    texts = list(page.words.texts)
    for i, text in enumerate(ODD_TEXTS):
        texts[(7 * i + 3) % len(texts)] = text
    words = Words(texts, np.round(page.words.boxes / 100, 5), page.words.confidences, page.words.rows)
    given = inputs_of(words, page.questions)
    with torch.inference_mode():
        result = model(page_of(seen(words)), asked_of([page.questions]))
    answers = answers_on(model, [words], page.questions)
    return {
        "words": [[text, box, row] for text, box, row in zip(texts, words.boxes.tolist(), words.rows.tolist(), strict=True)],
        "questions": [{"phrases": [list(phrase) for phrase in one.phrases], "type": TYPES[one.type], "column": one.column} for one in page.questions],
        "inputs": {name: (np.round(part.astype(np.float64), 5) if part.dtype == np.float32 else part).tolist() for name, part in given.items()},
        "starts": np.round(result.starts[0].numpy().astype(np.float64), 3).tolist(),
        "absent": np.round(result.absent[0].numpy().astype(np.float64), 3).tolist(),
        "answers": [[{"words": one.words, "probability": round(one.probability, 4)} for one in some] for some in answers],
    }


def manifest_of(out: Path, config: Config, steps: int, report: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": NAME_OF_MODEL,
        "version": out.name,
        "task": "document-question-answering",
        "license": "Apache-2.0",
        "files": {name: fingerprint(out / name) for name in ("model.onnx", "weights.pt", "golden.json")},
        "inputs": INPUTS,
        "outputs": OUTPUTS,
        "features": specification(),
        "questions": {
            "phrases": PHRASES, "words": WORDS, "types": list(TYPES), "columns": len(TYPES),
            "kinds": {"owner": OWNER, "title": TITLE, "name": NAME, "caption": CAPTION, "description": DESCRIPTION, "example": EXAMPLE},
        },
        "decoding": {"longest": LONGEST, "candidates": CANDIDATES, "most": MOST, "sure": SURE, "cell": CELL},
        "training": {
            "madeUpPages": steps * config.course.pages, "steps": steps, "parameters": sum(p.numel() for p in Asker(config.shape).parameters()),
        },
        "metrics": report,
    }  # fmt: skip
