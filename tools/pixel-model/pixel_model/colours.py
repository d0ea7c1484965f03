"""Colour words: naming the colour of a cell, and recolouring a sprite to a word."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

ByteImage = NDArray[np.uint8]
Mask = NDArray[np.bool_]

COLOUR_WORDS: Final = (
    "red",
    "orange",
    "yellow",
    "green",
    "cyan",
    "blue",
    "purple",
    "pink",
    "brown",
    "black",
    "gray",
    "white",
)
TAN: Final = len(COLOUR_WORDS)
"""Index that `name_cells` gives to skin tones, which no colour word stands for."""

RAMPS: Final[dict[str, tuple[tuple[int, int, int], ...]]] = {
    "red": ((96, 8, 20), (214, 32, 40), (255, 96, 80)),
    "orange": ((190, 88, 8), (242, 128, 24), (255, 176, 80)),
    "yellow": ((176, 140, 8), (248, 216, 32), (255, 244, 140)),
    "green": ((16, 84, 36), (48, 168, 64), (136, 220, 112)),
    "cyan": ((8, 120, 136), (32, 196, 212), (148, 240, 248)),
    "blue": ((16, 28, 120), (40, 80, 216), (112, 160, 255)),
    "purple": ((64, 16, 104), (136, 52, 196), (188, 132, 236)),
    "pink": ((176, 40, 112), (244, 104, 172), (255, 176, 212)),
    "brown": ((72, 36, 16), (134, 78, 36), (180, 124, 76)),
    "black": ((10, 10, 14), (30, 30, 35), (58, 58, 66)),
    "gray": ((72, 74, 80), (132, 134, 140), (182, 184, 190)),
    "white": ((198, 200, 208), (234, 234, 238), (255, 255, 255)),
}


def to_hsv(rgb: ByteImage) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Hue in degrees [0, 360), saturation and value in [0, 1] of an array [..., 3] of bytes."""
    values = rgb.astype(np.float64) / 255.0
    high = values.max(axis=-1)
    low = values.min(axis=-1)
    spread = high - low
    safe = np.where(spread == 0, 1.0, spread)
    red, green, blue = values[..., 0], values[..., 1], values[..., 2]
    hue = np.where(
        high == red,
        ((green - blue) / safe) % 6.0,
        np.where(high == green, (blue - red) / safe + 2.0, (red - green) / safe + 4.0),
    )
    hue = np.where(spread == 0, 0.0, hue * 60.0)
    saturation = np.where(high == 0, 0.0, spread / np.where(high == 0, 1.0, high))
    return hue, saturation, high


def name_cells(rgb: ByteImage) -> NDArray[np.int64]:
    """Index into COLOUR_WORDS (or TAN) for each cell of an array [..., 3] of bytes."""
    hue, saturation, value = to_hsv(rgb)

    def word(name: str) -> int:
        return COLOUR_WORDS.index(name)

    names = np.full(hue.shape, word("red"), dtype=np.int64)
    bands = (
        (15.0, 43.0, "orange"),
        (43.0, 68.0, "yellow"),
        (68.0, 167.0, "green"),
        (167.0, 202.0, "cyan"),
        (202.0, 255.0, "blue"),
        (255.0, 302.0, "purple"),
        (302.0, 346.0, "pink"),
    )
    for low, high, name in bands:
        names = np.where((hue >= low) & (hue < high), word(name), names)
    reddish = names == word("red")
    names = np.where(reddish & (saturation < 0.5) & (value > 0.8), word("pink"), names)
    warm = (hue >= 8.0) & (hue < 48.0)
    names = np.where(warm & (value < 0.72), word("brown"), names)
    names = np.where((hue >= 43.0) & (hue < 68.0) & (value < 0.5), word("brown"), names)
    names = np.where(warm & (saturation < 0.52) & (value >= 0.72), TAN, names)
    neutral = saturation < 0.17
    names = np.where(neutral & (value >= 0.25) & (value < 0.77), word("gray"), names)
    names = np.where(neutral & (value >= 0.77), word("white"), names)
    dark = (value < 0.25) | ((value < 0.3) & neutral)
    return np.where(dark, word("black"), names)


def dominant_colour(rgb: ByteImage, mask: Mask) -> str | None:
    """The colour word that most cells of the mask carry; outlines (black) count only if nothing else does.

    Black wins when it covers more than 70 % of the mask. None for an empty mask or one of skin tones.
    """
    counts = np.bincount(name_cells(rgb)[mask], minlength=TAN + 1)
    total = int(counts.sum())
    if total == 0:
        return None
    black = COLOUR_WORDS.index("black")
    if counts[black] > 0.7 * total:
        return "black"
    counts[black] = 0
    best = int(counts[:TAN].argmax())
    return COLOUR_WORDS[best] if counts[best] > 0 else None


def colour_share(rgb: ByteImage, mask: Mask, word: str) -> float:
    """Share of the cells that are not outline (black) which carry the word; for black, of all cells."""
    names = name_cells(rgb)[mask]
    if word != "black":
        names = names[names != COLOUR_WORDS.index("black")]
    return float((names == COLOUR_WORDS.index(word)).mean()) if names.size else 0.0


def luminance(rgb: ByteImage) -> NDArray[np.float64]:
    """Rec. 601 luma of an array [..., 3] of bytes, 0..255."""
    return np.asarray(rgb.astype(np.float64) @ np.array([0.299, 0.587, 0.114]))


def ramp_colours(word: str, position: NDArray[np.float64]) -> ByteImage:
    """Colours of a word's ramp at positions 0 (dark) .. 1 (light)."""
    anchors = np.array(RAMPS[word], dtype=np.float64)
    places = np.array([0.0, 0.5, 1.0])
    channels = [np.interp(position, places, anchors[:, channel]) for channel in range(3)]
    return np.stack(channels, axis=-1).round().astype(np.uint8)


def recolour(rgb: ByteImage, mask: Mask, word: str) -> ByteImage | None:
    """Move a sprite's dominant hue to a colour word; None if the word would not dominate the result.

    Cells near the dominant hue (or the neutral cells, if they dominate) take the word's ramp by
    luminance. If they are too few, all saturated cells, then all cells but outline and skin follow.
    """
    hue, saturation, _ = to_hsv(rgb)
    names = name_cells(rgb)
    outline = (names == COLOUR_WORDS.index("black")) & mask
    if outline.sum() > 0.75 * max(int(mask.sum()), 1):
        outline = np.zeros_like(mask)
    paintable = mask & ~outline & (names != TAN)
    if not paintable.any():
        paintable = mask & ~outline
    saturated = paintable & (saturation >= 0.2)
    neutral = paintable & ~saturated
    choices: list[Mask] = []
    if saturated.sum() >= neutral.sum():
        bins = np.bincount((hue[saturated] // 15).astype(np.int64) % 24, minlength=24)
        smooth = bins + np.roll(bins, 1) + np.roll(bins, -1)
        peak = float(smooth.argmax()) * 15.0 + 7.5
        distance = np.abs((hue - peak + 180.0) % 360.0 - 180.0)
        choices.append(saturated & (distance <= 38.0))
        choices.append(saturated)
    else:
        choices.append(neutral)
    choices.append(paintable)
    choices.append(mask & ~outline)
    light = luminance(rgb)
    for cells in choices:
        if not cells.any():
            continue
        low, high = float(light[cells].min()), float(light[cells].max())
        if high - low < 16.0:
            position: NDArray[np.float64] = np.full(int(cells.sum()), 0.5)
        else:
            position = 0.08 + 0.84 * (light[cells] - low) / (high - low)
        result = rgb.copy()
        result[cells] = ramp_colours(word, position)
        if dominant_colour(result, mask) == word and colour_share(result, mask, word) >= 0.5:
            return result
    return None
