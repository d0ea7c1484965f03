"""Every picture the model may be trained on, by grid size, noun and colour word; and what is held out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, Final

import numpy as np

from pixel_model import avatars, sources
from pixel_model.colours import COLOUR_WORDS, ByteImage, Mask, dominant_colour, recolour
from pixel_model.drawings import DRAWINGS, render
from pixel_model.grid import centre, crop, double, shrink, stretch

NATURAL: Final = "natural"
FACE: Final = "face"
GRIDS: Final = (16, 32)
MAX_SOURCE_CELLS: Final = 48


@dataclass(frozen=True)
class Picture:
    """One training picture. `word` is its colour in captions; `dominant` what is measured on it."""

    rgb: ByteImage
    mask: Mask
    nouns: tuple[str, ...]
    word: str | None
    dominant: str | None
    source: str
    facing: str | None = None
    state: str | None = None
    phrases: tuple[str, ...] = ()


Shelf = dict[str, dict[str, list[Picture]]]


@dataclass(frozen=True)
class HeldOut:
    """What training never sees: colour x noun pairs, and sprites by name."""

    pairs: frozenset[tuple[str, str]]
    sprites: frozenset[str]

    def bars(self, nouns: Iterable[str], colour: str | None) -> bool:
        """Whether a picture of these nouns in this colour must stay out of training."""
        return any((colour, noun) in self.pairs for noun in nouns)


@dataclass
class Pool:
    """Pictures by grid, noun and colour word (or NATURAL)."""

    shelves: dict[int, Shelf] = field(default_factory=lambda: {grid: {} for grid in GRIDS})

    def add(self, picture: Picture) -> None:
        """Put a picture on the shelf of its grid, first noun and colour word."""
        shelf = self.shelves[picture.mask.shape[0]]
        shelf.setdefault(picture.nouns[0], {}).setdefault(picture.word or NATURAL, []).append(picture)

    def pictures(self, grid: int) -> list[Picture]:
        """Every picture of a grid size, in the order they were made."""
        return [picture for words in self.shelves[grid].values() for entries in words.values() for picture in entries]


def read_held_out(data: Path = sources.DATA) -> HeldOut:
    """The committed lists of held-out pairs and example-set sprites."""
    pairs = json.loads((data / "held-out-pairs.json").read_text(encoding="utf-8"))["pairs"]
    examples = json.loads((data / "example-set.json").read_text(encoding="utf-8"))["sprites"]
    return HeldOut(
        frozenset((str(pair["colour"]), str(pair["noun"])) for pair in pairs),
        frozenset(str(example["name"]) for example in examples),
    )


def fit(rgb: ByteImage, mask: Mask) -> dict[int, tuple[ByteImage, Mask]]:
    """A sprite on each grid, uncentred: as it is, shrunk by majority, or doubled by EPX."""
    rgb, mask = crop(rgb, mask)
    longest = max(mask.shape)
    if longest > MAX_SOURCE_CELLS:
        return {16: shrink(rgb, mask, 16), 32: shrink(rgb, mask, 32)}
    small = (rgb, mask) if longest <= 16 else shrink(rgb, mask, 16)
    if longest <= 16:
        return {16: small, 32: double(rgb, mask)}
    return {16: small, 32: (rgb, mask) if longest <= 32 else shrink(rgb, mask, 32)}


def _same_picture(rgb: ByteImage, mask: Mask) -> tuple[bytes, bytes]:
    rgb, mask = crop(rgb, mask)
    solid = np.where(mask[..., None], rgb, 0)
    straight = bytes([*mask.shape]) + mask.tobytes() + solid.tobytes()
    turned = bytes([*mask.shape]) + mask[:, ::-1].tobytes() + solid[:, ::-1].tobytes()
    return straight, turned


def used_sprites(held_out: HeldOut | None = None) -> dict[str, tuple[ByteImage, Mask]]:
    """The sprites of pxt-arcade that training may see, by name: named, not held out, no two alike."""
    held_out = held_out or read_held_out()
    sprites = sources.read_arcade_sprites(sources.fetch(sources.ARCADE))
    seen: set[bytes] = set()
    for name in sorted(held_out.sprites):
        seen.update(_same_picture(*sprites[name]))
    used: dict[str, tuple[ByteImage, Mask]] = {}
    for name in sorted(_naming()):
        if name in held_out.sprites or not sprites[name][1].any():
            continue
        keys = _same_picture(*sprites[name])
        if seen.intersection(keys):
            continue
        seen.add(keys[0])
        used[name] = sprites[name]
    return used


def _naming() -> dict[str, dict[str, Any]]:
    named: dict[str, dict[str, Any]] = json.loads((sources.DATA / "sprite-names.json").read_text(encoding="utf-8"))
    return named


def add_sprites(pool: Pool, held_out: HeldOut) -> None:
    """The sprites of pxt-arcade in their own and in recoloured form, each also stretched."""
    naming = _naming()
    for name, sprite in used_sprites(held_out).items():
        add_sprite(pool, held_out, name, naming[name], sprite)


def add_sprite(pool: Pool, held_out: HeldOut, name: str, entry: dict[str, Any], sprite: tuple[ByteImage, Mask]) -> None:
    """One sprite on every grid: in its own colours and in every colour word's, and with changed proportions."""
    nouns = tuple(entry["nouns"])
    random = np.random.default_rng([len(name), *name.encode()])
    for grid, (rgb, mask) in fit(*sprite).items():
        shapes = [(rgb, mask), *(stretch(rgb, mask, random, grid) for _ in range(2))]
        for word, (place, shape) in product((None, *COLOUR_WORDS), enumerate(shapes)):
            if word is not None and place == 1 + COLOUR_WORDS.index(word) % 2:
                continue
            painted = shape[0] if word is None else recolour(shape[0], shape[1], word)
            if painted is None:
                continue
            colour = word or dominant_colour(painted, shape[1])
            if not held_out.bars(nouns, colour):
                cells = centre(painted, shape[1], grid)
                pool.add(Picture(*cells, nouns, word, colour, name, entry.get("facing"), entry.get("state")))


def add_drawings(pool: Pool, held_out: HeldOut, counts: dict[int, tuple[int, int]]) -> None:
    """Things drawn in code; counts: per grid, pictures in natural colours and per colour word."""
    for noun in DRAWINGS:
        nouns = (noun, "tree") if noun == "pine tree" else (noun, "bottle") if noun == "potion" else (noun,)
        for grid, (natural, each) in counts.items():
            for word in (None, *COLOUR_WORDS):
                random = Random(f"{noun}/{grid}/{word}")
                for index in range(natural if word is None else each):
                    rgb, mask = render(noun, word, grid, random)
                    colour = dominant_colour(rgb, mask)
                    if (word is not None and colour != word) or held_out.bars(nouns, colour):
                        continue
                    pool.add(Picture(rgb, mask, nouns, word, colour, f"drawn-{noun}-{word}-{index}"))


def add_faces(pool: Pool, count: int) -> None:
    """Faces on the 16-cell grid, each also doubled by EPX."""
    parts = avatars.read_parts(sources.fetch(sources.AVATARS))
    random = Random("faces")
    for index in range(count):
        face = avatars.compose(parts, random)
        for rgb, mask in ((face.rgb, face.mask), double(face.rgb, face.mask)):
            pool.add(Picture(rgb, mask, (FACE,), None, None, f"face-{index}", phrases=face.phrases))


def build_pool(
    held_out: HeldOut | None = None, *, drawn: dict[int, tuple[int, int]] | None = None, faces: int = 3000
) -> Pool:
    """The whole pool, the same at every call."""
    held_out = held_out or read_held_out()
    pool = Pool()
    add_sprites(pool, held_out)
    add_drawings(pool, held_out, drawn or {16: (16, 8), 32: (8, 4)})
    add_faces(pool, faces)
    return pool
