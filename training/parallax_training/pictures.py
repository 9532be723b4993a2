"""Pictures as files."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray


def grey_of(path: Path) -> NDArray[np.uint8]:
    """In grey, [height, width]. Raises ``ValueError`` for what is no picture."""
    image = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise ValueError(f"{path} cannot be read as a picture")
    return np.asarray(image, np.uint8)
