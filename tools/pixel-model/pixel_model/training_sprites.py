"""Which sprites the model was trained on, as hashes: whoever makes another dataset can show that it shares none."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pixel_model.colours import ByteImage, Mask
from pixel_model.grid import crop
from pixel_model.pool import used_sprites
from pixel_model.sources import ARCADE

NOTE: Final = (
    "SHA-256 of each sprite of pxt-arcade that training drew from, smallest over its eight flips and turns, sorted: "
    "cropped to what is visible, over '<width>x<height>', a line feed and the RGBA bytes, 0 where transparent. "
    "Training adds what is drawn in code and faces put together from @dicebear/pixel-art."
)


def sprite_hash(rgb: ByteImage, mask: Mask) -> str:
    """The smallest SHA-256 over the eight flips and turns of a sprite's visible part."""
    rgb, mask = crop(rgb, mask)
    visible = np.where(mask[..., None], rgb, 0)
    rgba = np.concatenate([visible, np.where(mask, 255, 0)[..., None]], axis=-1).astype(np.uint8)
    return min(
        _digest(turned) for side in (rgba, rgba[:, ::-1]) for turned in (np.rot90(side, turn) for turn in range(4))
    )


def _digest(rgba: NDArray[np.uint8]) -> str:
    height, width, _ = rgba.shape
    return hashlib.sha256(f"{width}x{height}\n".encode() + np.ascontiguousarray(rgba).tobytes()).hexdigest()


def write_training_sprites(file: Path) -> None:
    """Write the hashes of all sprites that the pool holds."""
    hashes = sorted({sprite_hash(rgb, mask) for rgb, mask in used_sprites().values()})
    content = {"source": f"{ARCADE.name}@{ARCADE.version}", "note": NOTE, "sha256": hashes}
    file.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
