"""Pictures are read as they were written, and what is none is refused by its name."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from parallax_training.pictures import grey_of


def test_a_picture_is_read_in_grey(tmp_path: Path) -> None:
    shown = np.array([[0, 80], [160, 255], [7, 9]], np.uint8)
    cv2.imwrite(str(tmp_path / "a.png"), shown)
    assert np.array_equal(grey_of(tmp_path / "a.png"), shown)


@pytest.mark.parametrize("content", [b"", b"no picture"])
def test_what_is_no_picture_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "b.png").write_bytes(content)
    with pytest.raises(ValueError, match=r"b\.png"):
        grey_of(tmp_path / "b.png")
