"""An image together with the corners of the boxes on it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.float32]  # [height, width, 3], RGB, 0 to 1
Plane = NDArray[np.float32]  # [height, width]
Corners = NDArray[np.float64]  # [boxes, 4, 2], x and y in pixels
Matrix = NDArray[np.float64]  # [3, 3] homography


@dataclass(frozen=True)
class Sheet:
    image: Image
    corners: Corners

    @property
    def height(self) -> int:
        return self.image.shape[0]

    @property
    def width(self) -> int:
        return self.image.shape[1]

    def with_image(self, image: Image) -> Sheet:
        return Sheet(image.astype(np.float32), self.corners)

    def projected(self, matrix: Matrix, ground: Image) -> Sheet:
        """The sheet seen through a homography, lying on ``ground``."""
        size = (ground.shape[1], ground.shape[0])
        seen = cv2.warpPerspective(self.image, matrix, size, flags=cv2.INTER_AREA)
        mask = cv2.warpPerspective(np.ones(self.image.shape[:2], np.float32), matrix, size)[..., None]
        return Sheet(seen * mask + ground * (1 - mask), project(self.corners, matrix))

    def displaced(self, dx: Plane, dy: Plane) -> Sheet:
        """The sheet with each output pixel taken from ``(x + dx, y + dy)``, pixels [height, width]."""
        ys, xs = np.mgrid[0 : self.height, 0 : self.width].astype(np.float32)
        image = cv2.remap(self.image, xs + dx, ys + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return Sheet(image, undisplaced(self.corners, dx, dy))


def project(corners: Corners, matrix: Matrix) -> Corners:
    """Corners under a homography."""
    if not len(corners):
        return corners
    return cv2.perspectiveTransform(corners.reshape(1, -1, 2), matrix).reshape(-1, 4, 2)


def undisplaced(corners: Corners, dx: Plane, dy: Plane) -> Corners:
    """Where corners land under ``displaced``: the fixed point of ``p = corner - d(p)``."""
    points = corners.copy()
    for _ in range(4):
        x = np.clip(points[..., 0].round().astype(int), 0, dx.shape[1] - 1)
        y = np.clip(points[..., 1].round().astype(int), 0, dx.shape[0] - 1)
        points = corners - np.stack([dx[y, x], dy[y, x]], axis=-1)
    return points
