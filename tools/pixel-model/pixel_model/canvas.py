"""A small vector canvas that rasterises shapes onto a grid of cells of any size."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pixel_model.colours import RAMPS, ByteImage, Mask, ramp_colours

SUBSAMPLES: Final = 4
Points = Sequence[tuple[float, float]]


def star_points(tips: int, outer: float, inner: float, turn: float = 0.0) -> list[tuple[float, float]]:
    """Corners of a star about the centre, first tip up."""
    corners = []
    for index in range(tips * 2):
        radius = outer if index % 2 == 0 else inner
        angle = pi * index / tips - pi / 2 + turn
        corners.append((0.5 + radius * cos(angle), 0.52 + radius * sin(angle)))
    return corners


class Canvas:
    """Shapes in the unit square (x right, y down), each sampled 4x4 per cell, painted in order."""

    def __init__(self, cells: int, *, angle_degrees: float = 0.0, mirror: bool = False) -> None:
        """A canvas of cells x cells, its drawing turned about the centre and mirrored if asked."""
        self.cells = cells
        fine = cells * SUBSAMPLES
        axis = (np.arange(fine) + 0.5) / fine
        across, down = np.meshgrid(axis, axis)
        if mirror:
            across = 1.0 - across
        turn = np.deg2rad(angle_degrees)
        dx, dy = across - 0.5, down - 0.5
        self.x: NDArray[np.float64] = 0.5 + dx * np.cos(turn) + dy * np.sin(turn)
        self.y: NDArray[np.float64] = 0.5 - dx * np.sin(turn) + dy * np.cos(turn)
        self.rgb: ByteImage = np.zeros((cells, cells, 3), dtype=np.uint8)
        self.mask: Mask = np.zeros((cells, cells), dtype=np.bool_)

    def disk(self, cx: float, cy: float, rx: float, ry: float | None = None) -> Mask:
        """An ellipse, in fine samples."""
        return np.asarray(((self.x - cx) / rx) ** 2 + ((self.y - cy) / (ry or rx)) ** 2 <= 1.0)

    def box(self, left: float, top: float, right: float, bottom: float) -> Mask:
        """A rectangle, in fine samples."""
        return (self.x >= left) & (self.x < right) & (self.y >= top) & (self.y < bottom)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float) -> Mask:
        """A stroke with round ends, in fine samples."""
        dx, dy = x1 - x0, y1 - y0
        length = max(dx * dx + dy * dy, 1e-9)
        along = np.clip(((self.x - x0) * dx + (self.y - y0) * dy) / length, 0.0, 1.0)
        distance = np.hypot(self.x - x0 - along * dx, self.y - y0 - along * dy)
        return np.asarray(distance <= width / 2.0)

    def polygon(self, points: Points) -> Mask:
        """A polygon (even-odd), in fine samples."""
        inside = np.zeros(self.x.shape, dtype=np.bool_)
        for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
            if y0 == y1:
                continue
            crosses = (self.y < y0) != (self.y < y1)
            inside ^= crosses & (self.x < x0 + (self.y - y0) * (x1 - x0) / (y1 - y0))
        return inside

    def paint(self, fine: Mask, word: str, *, tone: float | None = None, coverage: float = 0.45) -> None:
        """Paint a shape in a word's ramp: lit from the top left, or flat at `tone` (0 dark .. 1 light)."""
        shares = fine.reshape(self.cells, SUBSAMPLES, self.cells, SUBSAMPLES).mean(axis=(1, 3))
        cells: Mask = shares >= coverage
        position = np.full(cells.shape, 0.5 if tone is None else tone)
        if tone is None:
            padded = np.pad(cells, 1)
            lit = cells & (~padded[:-2, 1:-1] | ~padded[1:-1, :-2])
            shaded = cells & (~padded[2:, 1:-1] | ~padded[1:-1, 2:])
            position = np.where(lit, 0.85, position)
            position = np.where(shaded & ~lit, 0.2, position)
        self.rgb[cells] = ramp_colours(word, position)[cells]
        self.mask |= cells

    def erase(self, fine: Mask) -> None:
        """Make a shape's cells transparent."""
        shares = fine.reshape(self.cells, SUBSAMPLES, self.cells, SUBSAMPLES).mean(axis=(1, 3))
        self.mask &= ~(shares >= 0.45)

    def outline(self, word: str) -> None:
        """Surround what is painted by one cell of the word's darkest tone."""
        padded = np.pad(self.mask, 1)
        near = padded[:-2, 1:-1] | padded[2:, 1:-1] | padded[1:-1, :-2] | padded[1:-1, 2:]
        edge = near & ~self.mask
        self.rgb[edge] = np.array(RAMPS[word][0], dtype=np.uint8) // (2 if word != "black" else 1)
        self.mask |= edge
