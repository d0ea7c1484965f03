"""What a picture shows against its background, and which training pictures it resembles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pixel_model.colours import ByteImage, Mask
from pixel_model.pool import Picture

BACKGROUND_DIFFERENCE: Final = 40
SAME_COLOUR: Final = 16
MEMORISED_SHARE: Final = 0.95
TIE: Final = 1e-6


def foreground(image: ByteImage) -> Mask:
    """Cells of an image [H, W, 3] that differ from its background, the commonest colour of the border."""
    border = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]]).astype(np.int64)
    coarse = (border // 16) @ np.array([256, 16, 1])
    values, counts = np.unique(coarse, return_counts=True)
    colour = np.median(border[coarse == values[counts.argmax()]], axis=0)
    return np.asarray(np.abs(image.astype(np.int64) - colour).max(axis=-1) > BACKGROUND_DIFFERENCE)


@dataclass(frozen=True)
class Resemblance:
    """The nearest silhouettes of an image: their nouns and overlap; and the largest share of equal cells."""

    nouns: frozenset[str]
    overlap: float
    equal_cells: float


def _placements(picture: NDArray[np.uint8], reach: int = 1) -> list[NDArray[np.uint8]]:
    moved = []
    for turned in (picture, picture[:, ::-1]):
        for down in range(-reach, reach + 1):
            for right in range(-reach, reach + 1):
                padded = np.pad(turned, ((reach, reach), (reach, reach), *((0, 0),) * (turned.ndim - 2)))
                size = turned.shape[0]
                moved.append(padded[reach - down : reach - down + size, reach - right : reach - right + size])
    return moved


class SilhouetteIndex:
    """Compares images with training pictures of one grid, under flips and shifts of one cell."""

    def __init__(self, pictures: Sequence[Picture]) -> None:
        """Index pictures of the same grid; equal silhouettes are looked at once."""
        groups: dict[bytes, list[Picture]] = {}
        for picture in pictures:
            groups.setdefault(np.packbits(picture.mask).tobytes(), []).append(picture)
        self.groups = list(groups.values())
        self.masks = np.stack([group[0].mask.ravel() for group in self.groups]).astype(np.float32)
        self.areas = self.masks.sum(axis=1)

    def overlaps(self, placements: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Intersection over union [placements, silhouettes] of masks [H, W] with every silhouette of the index."""
        flat = np.stack([placed.ravel() for placed in placements]).astype(np.float32)
        shared = flat @ self.masks.T
        union = flat.sum(axis=1)[:, None] + self.areas[None, :] - shared
        return np.asarray(shared / np.maximum(union, 1.0))

    def resemble(self, image: ByteImage) -> Resemblance:
        """Nearest silhouette and memorised share of one image [H, W, 3]."""
        mask = foreground(image)
        placements = _placements(np.dstack([image, mask.astype(np.uint8)]))
        overlap = self.overlaps([placed[..., 3] for placed in placements])
        best = float(overlap.max())
        nouns: set[str] = set()
        for index in np.unique(np.nonzero(overlap >= best - TIE)[1]):
            for picture in self.groups[index]:
                nouns.update(picture.nouns)
        equal = 0.0
        for placement, index in zip(*np.nonzero(overlap >= MEMORISED_SHARE), strict=True):
            placed = placements[placement]
            cells = placed[..., 3].astype(np.bool_)
            for picture in self.groups[index]:
                difference = np.abs(placed[..., :3].astype(np.int64) - picture.rgb.astype(np.int64)).max(axis=-1)
                same = cells & picture.mask & (difference <= SAME_COLOUR)
                equal = max(equal, float(same.sum()) / float((cells | picture.mask).sum()))
        return Resemblance(frozenset(nouns), best, equal)

    def nouns_nearest_to(self, picture: Picture) -> frozenset[str]:
        """Nouns of the silhouettes nearest to a training picture's, among the pictures of other sprites."""
        best_of = self.overlaps(_placements(picture.mask.astype(np.uint8))).max(axis=0)
        best, nouns = 0.0, set[str]()
        for index in np.argsort(-best_of):
            if best_of[index] < best - TIE:
                break
            others = [other for other in self.groups[index] if other.source != picture.source]
            if others:
                best = max(best, float(best_of[index]))
                nouns.update(noun for other in others for noun in other.nouns)
        return frozenset(nouns)


def silhouette_ceiling(index: SilhouetteIndex, *, per_noun: int = 6, seed: int = 1) -> dict[str, Any]:
    """How often a training picture's nearest silhouette of another sprite carries its noun, in all and by noun.

    What a new and good picture of a noun reaches: outlines of coin and ring, or of queen and princess, are alike. More
    than this means following a training silhouette. At most `per_noun` pictures a noun are drawn; frames of one
    animation count as different sprites. Null for a noun that a single sprite carries.
    """
    by_noun: dict[str, list[Picture]] = {}
    sprites: dict[str, set[str]] = {}
    for picture in chain.from_iterable(index.groups):
        by_noun.setdefault(picture.nouns[0], []).append(picture)
        for noun in picture.nouns:
            sprites.setdefault(noun, set()).add(picture.source)
    random = Random(seed)
    found = {
        noun: [noun in index.nouns_nearest_to(picture) for picture in random.sample(own, min(per_noun, len(own)))]
        for noun, own in sorted(by_noun.items())
        if len(sprites[noun]) > 1
    }
    hits = list(chain.from_iterable(found.values()))
    return {
        "pictures": len(hits),
        "all": round(float(np.mean(hits)), 4) if hits else None,
        "byNoun": {noun: round(float(np.mean(found[noun])), 4) if noun in found else None for noun in sorted(by_noun)},
    }
