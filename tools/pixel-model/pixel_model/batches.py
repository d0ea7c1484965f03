"""Drawing training batches from the pool: deterministic in (seed, step)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

import numpy as np
from numpy.typing import NDArray

from pixel_model.captions import BACKGROUNDS, choose_background, compose_caption
from pixel_model.colours import COLOUR_WORDS, ByteImage, name_cells
from pixel_model.pool import FACE, NATURAL, Picture, Pool
from pixel_model.tokenizer import Tokenizer

CELL_PIXELS = 8


@dataclass(frozen=True)
class Batch:
    """Cells [batch, grid, grid, 3] of bytes, token ids [batch, 24], time ids [batch, 6] and the captions."""

    cells: ByteImage
    input_ids: NDArray[np.int64]
    time_ids: NDArray[np.float32]
    captions: tuple[str, ...]
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Mixture:
    """Shares of the samples. `noun_weights` multiply how often nouns are drawn; those not named count 1.

    On the 32-cell grid `noun_weights_32` count instead, if there are any.
    `colour_weights` do the same for colour words. `lifts` brighten the cells of a colour word in pictures asked for by
    it: guidance darkens, and dark orange is brown.
    """

    faces: float = 0.12
    natural: float = 0.3
    caption_dropout: float = 0.1
    flips: float = 0.4
    shifts: float = 0.25
    plain_doubles: float = 0.1
    noun_weights: dict[str, float] = field(default_factory=dict)
    noun_weights_32: dict[str, float] = field(default_factory=dict)
    colour_weights: dict[str, float] = field(default_factory=dict)
    lifts: dict[str, float] = field(default_factory=dict)

    def weights_of(self, grid: int) -> dict[str, float]:
        """The noun weights that count on a grid."""
        return self.noun_weights_32 if grid == 32 and self.noun_weights_32 else self.noun_weights


class BatchSource:
    """Samples the noun first, then its colour, then the picture."""

    def __init__(self, pool: Pool, tokenizer: Tokenizer, mixture: Mixture, seed: int) -> None:
        """A source over a pool; `seed` fixes every batch."""
        self.pool, self.tokenizer, self.mixture, self.seed = pool, tokenizer, mixture, seed
        self.nouns: dict[int, tuple[list[str], list[float]]] = {}
        for grid, shelf in pool.shelves.items():
            nouns = [noun for noun in shelf if noun != FACE]
            kinds = [len({picture.source for picture in shelf[noun].get(NATURAL, [])}) for noun in nouns]
            weights = [mixture.weights_of(grid).get(noun, 1.0) for noun in nouns]
            shares = [max(kind, 4) ** 0.25 * weight for kind, weight in zip(kinds, weights, strict=True)]
            self.nouns[grid] = (nouns, shares)

    def _pick(self, grid: int, random: Random) -> Picture:
        shelf = self.pool.shelves[grid]
        if FACE in shelf and random.random() < self.mixture.faces:
            return random.choice(shelf[FACE][NATURAL])
        nouns, weights = self.nouns[grid]
        words = shelf[random.choices(nouns, weights)[0]]
        if NATURAL in words and random.random() < self.mixture.natural:
            return random.choice(words[NATURAL])
        colours = [word for word in words if word != NATURAL] or [NATURAL]
        if not self.mixture.colour_weights:
            return random.choice(words[random.choice(colours)])
        shares = [self.mixture.colour_weights.get(word, 1.0) for word in colours]
        return random.choice(words[random.choices(colours, shares)[0]])

    def batch(self, step: int, size: int, grid: int) -> Batch:
        """The batch of a step."""
        random = Random(f"{self.seed}/{step}/{grid}/{size}")
        cells = np.empty((size, grid, grid, 3), dtype=np.uint8)
        ids, times, captions, pictures = [], [], [], []
        for index in range(size):
            plain = grid == 32 and random.random() < self.mixture.plain_doubles
            picture = self._pick(16 if plain else grid, random)
            rgb, mask = lift_colour(picture, self.mixture.lifts), picture.mask
            flipped = random.random() < self.mixture.flips
            if flipped:
                rgb, mask = rgb[:, ::-1], mask[:, ::-1]
            background, named = choose_background(picture, random)
            image = np.where(mask[..., None], rgb, np.array(BACKGROUNDS[background], dtype=np.uint8))
            if random.random() < self.mixture.shifts and picture.nouns[0] != FACE:
                image = _shift(image, mask, random)
            cells[index] = image.repeat(2, axis=0).repeat(2, axis=1) if plain else image
            caption = compose_caption(picture, background if named else None, flipped=flipped, random=random)
            caption = "" if random.random() < self.mixture.caption_dropout else caption
            side = float(grid * CELL_PIXELS)
            original = side / 2 if plain else side
            ids.append(self.tokenizer.encode(caption))
            times.append([original, original, 0.0, 0.0, side, side])
            captions.append(caption)
            pictures.append(picture)
        return Batch(cells, np.stack(ids), np.array(times, dtype=np.float32), tuple(captions), tuple(pictures))


def lift_colour(picture: Picture, lifts: Mapping[str, float]) -> ByteImage:
    """The picture's cells [grid, grid, 3], those of its colour word multiplied by the word's factor."""
    factor = lifts.get(picture.word or "")
    if factor is None or picture.word is None:
        return picture.rgb
    coloured = (name_cells(picture.rgb) == COLOUR_WORDS.index(picture.word)) & picture.mask
    lifted = np.minimum(picture.rgb * factor, 255).round().astype(np.uint8)
    return np.where(coloured[..., None], lifted, picture.rgb)


def _shift(image: ByteImage, mask: NDArray[np.bool_], random: Random) -> ByteImage:
    """Move a picture one cell where there is room, so that nothing is cut."""
    moves = []
    if not mask[0].any():
        moves.append((-1, 0))
    if not mask[-1].any():
        moves.append((1, 0))
    if not mask[:, 0].any():
        moves.append((-1, 1))
    if not mask[:, -1].any():
        moves.append((1, 1))
    if not moves:
        return image
    amount, axis = random.choice(moves)
    return np.roll(image, amount, axis=axis)
