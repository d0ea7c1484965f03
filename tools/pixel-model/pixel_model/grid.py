"""Placing and resizing pictures on square grids of cells."""

from __future__ import annotations

import numpy as np

from pixel_model.colours import ByteImage, Mask


def crop(rgb: ByteImage, mask: Mask) -> tuple[ByteImage, Mask]:
    """Cut a picture to the bounding box of its mask, which must not be empty."""
    rows = np.flatnonzero(mask.any(axis=1))
    columns = np.flatnonzero(mask.any(axis=0))
    box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return rgb[box], mask[box]


def centre(rgb: ByteImage, mask: Mask, cells: int) -> tuple[ByteImage, Mask]:
    """Put a cropped picture in the middle of a grid of cells x cells."""
    height, width = mask.shape
    if height > cells or width > cells:
        raise ValueError(f"{width}x{height} does not fit a grid of {cells}")
    top, left = (cells - height) // 2, (cells - width) // 2
    out_rgb = np.zeros((cells, cells, 3), dtype=np.uint8)
    out_mask = np.zeros((cells, cells), dtype=np.bool_)
    out_rgb[top : top + height, left : left + width] = rgb
    out_mask[top : top + height, left : left + width] = mask
    return out_rgb, out_mask


def shrink(rgb: ByteImage, mask: Mask, cells: int) -> tuple[ByteImage, Mask]:
    """Resize a picture so that its longer side is `cells`; every cell takes its area's commonest colour."""
    height, width = mask.shape
    scale = cells / max(height, width)
    new_height, new_width = max(1, round(height * scale)), max(1, round(width * scale))
    rows = np.linspace(0, height, new_height + 1)
    columns = np.linspace(0, width, new_width + 1)
    packed = rgb.astype(np.int64) @ np.array([65536, 256, 1])
    out_rgb = np.zeros((new_height, new_width, 3), dtype=np.uint8)
    out_mask = np.zeros((new_height, new_width), dtype=np.bool_)
    for row in range(new_height):
        top, bottom = int(rows[row]), max(int(rows[row]) + 1, int(np.ceil(rows[row + 1])))
        for column in range(new_width):
            left = int(columns[column])
            right = max(left + 1, int(np.ceil(columns[column + 1])))
            solid = mask[top:bottom, left:right]
            if solid.mean() < 0.4:
                continue
            values, counts = np.unique(packed[top:bottom, left:right][solid], return_counts=True)
            value = int(values[counts.argmax()])
            out_rgb[row, column] = (value >> 16, (value >> 8) & 255, value & 255)
            out_mask[row, column] = True
    return out_rgb, out_mask


def double(rgb: ByteImage, mask: Mask) -> tuple[ByteImage, Mask]:
    """Double a picture with the EPX rule (Johnston 1992): corners follow equal neighbours."""
    packed = np.where(mask, rgb.astype(np.int64) @ np.array([65536, 256, 1]), -1)
    padded = np.pad(packed, 1, constant_values=-1)
    up, down = padded[:-2, 1:-1], padded[2:, 1:-1]
    left, right = padded[1:-1, :-2], padded[1:-1, 2:]
    height, width = packed.shape
    out = np.empty((height * 2, width * 2), dtype=np.int64)
    out[0::2, 0::2] = np.where((left == up) & (left != down) & (up != right), up, packed)
    out[0::2, 1::2] = np.where((up == right) & (up != left) & (right != down), right, packed)
    out[1::2, 0::2] = np.where((down == left) & (down != right) & (left != up), left, packed)
    out[1::2, 1::2] = np.where((right == down) & (right != up) & (down != left), down, packed)
    out_mask = out >= 0
    filled = np.where(out_mask, out, 0)
    out_rgb = np.stack([filled >> 16, (filled >> 8) & 255, filled & 255], axis=-1).astype(np.uint8)
    return out_rgb, out_mask


def stretch(rgb: ByteImage, mask: Mask, random: np.random.Generator, limit: int) -> tuple[ByteImage, Mask]:
    """Repeat or remove one or two rows or columns of a cropped picture: a new silhouette of the same thing.

    A side never grows above `limit`; rows and columns at the edge stay.
    """
    for _ in range(int(random.integers(1, 3))):
        axis = int(random.integers(0, 2))
        size = mask.shape[axis]
        if size < 7:
            continue
        place = int(random.integers(2, size - 2))
        if random.random() < 0.55 and size < limit:
            order = np.insert(np.arange(size), place, place)
        else:
            order = np.delete(np.arange(size), place)
        rgb, mask = np.take(rgb, order, axis=axis), np.take(mask, order, axis=axis)
    return rgb, mask
