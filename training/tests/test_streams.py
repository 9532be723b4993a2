"""What drawn files promise: the same for a seed, one document's pages alike, places of several documents apart, nothing off the page."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("faker")

from parallax_training.streams.draw import frame_of, scanned
from parallax_training.streams.files import FORMS, file
from parallax_training.streams.issue import Issue, phrases
from parallax_training.streams.kinds import KINDS, with_copy
from parallax_training.streams.paper import Paper, bottom, right_edge
from parallax_training.synth import fonts

if fonts.missing_packages():
    pytest.skip("the fonts of drawn pages are not installed", allow_module_level=True)


def text_of(paper: Paper) -> str:
    return " ".join(paper.texts)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_document_of_every_kind_stays_on_its_pages(kind: str) -> None:
    for seed in range(4):
        for paper in KINDS[kind](Issue(Random(f"{kind}/{seed}"))):
            assert paper.texts
            assert len(paper.texts) == len(paper.boxes) == len(paper.faces)
            assert min(box[1] for box in paper.boxes) >= -1
            assert bottom(paper) <= paper.height + 2


def test_a_file_is_a_function_of_seed_and_number() -> None:
    one, other, next_one = file(3, 4), file(3, 4), file(3, 5)
    assert [text_of(page) for page in one.pages] == [text_of(page) for page in other.pages]
    assert one.parts == other.parts
    assert [text_of(page) for page in one.pages] != [text_of(page) for page in next_one.pages]


def test_every_page_belongs_to_one_document_or_shows_where_its_documents_are() -> None:
    for number in range(3 * len(FORMS)):
        made = file(8, number)
        pages = [page for part in made.parts for page in part.pages]
        if any(part.region for part in made.parts):
            assert pages == [0, 0] and len(made.pages) == 1
        else:
            assert pages == list(range(len(made.pages)))


def test_documents_on_one_page_stand_apart() -> None:
    shared = [made for number in range(80) if len(made := file(5, number).parts) == 2 and made[0].region]
    assert len(shared) > 5
    for first, second in shared:
        assert first.region and second.region
        assert second.region[0] > first.region[2] or second.region[1] > first.region[3]


def test_pages_of_a_document_say_its_number_and_a_copy_says_it_once_more() -> None:
    issue = Issue(Random(1))
    first, copy = with_copy(issue)
    assert issue.number in text_of(first) and issue.number in text_of(copy)
    assert issue.phrase("copy") in text_of(copy)


def test_the_same_words_are_used_all_through_a_document() -> None:
    issue = Issue(Random(2))
    assert issue.caption("total") == issue.caption("total")
    assert issue.day(-3) == issue.day(-3)
    assert issue.money(123_456) != issue.money(-123_456)


def test_every_language_has_the_same_phrases() -> None:
    keys = {language: set(said) for language, said in phrases().items()}
    assert len({frozenset(said) for said in keys.values()}) == 1


def test_words_lie_on_the_picture_where_they_are_drawn() -> None:
    [paper] = KINDS["reminder"](Issue(Random(6)))
    frame = frame_of(paper, Random(0))
    box = frame.place(paper.boxes[0])
    assert 0 <= box[0] < box[2] <= 1 and 0 <= box[1] < box[3] <= 1
    assert frame.place((0, 0, right_edge(paper), bottom(paper)))[2] <= 1
    picture = scanned(paper, frame, Random(0))
    assert picture.mode == "L" and abs(picture.width - frame.width) < 200


def test_the_command_writes_words_and_parts(tmp_path: Path) -> None:
    from parallax_training.streams.__main__ import write_file

    made = write_file(file(7, 0), 7, 0, tmp_path, pictures=False)
    assert json.loads(json.dumps(made))["parts"][0]["pages"][0] == 1
    assert not list(tmp_path.glob("*.jpg"))
    assert all(word["text"] for page in made["pages"] for word in page["words"])
