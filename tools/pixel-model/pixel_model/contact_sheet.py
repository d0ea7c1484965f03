"""PNG sheets of pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from pixel_model.colours import ByteImage


def save_sheet(pictures: ByteImage, columns: int, path: Path, *, pixels_per_cell: int = 4) -> None:
    """Write pictures [count, H, W, 3] as a grid, row by row, with a thin gap between them."""
    count, height, width, _ = pictures.shape
    rows = -(-count // columns)
    gap = 1
    sheet = np.full((rows * (height + gap) + gap, columns * (width + gap) + gap, 3), 96, dtype=np.uint8)
    for index, picture in enumerate(pictures):
        top = gap + index // columns * (height + gap)
        left = gap + index % columns * (width + gap)
        sheet[top : top + height, left : left + width] = picture
    large = sheet.repeat(pixels_per_cell, axis=0).repeat(pixels_per_cell, axis=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(large).save(path)
