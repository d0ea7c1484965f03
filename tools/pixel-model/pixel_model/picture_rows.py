"""What is measured on each generated picture. Every share of an evaluation is worked out from these rows alone."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from pixel_model.classifier import NounClassifier
from pixel_model.colours import ByteImage, dominant_colour
from pixel_model.export import write_bytes
from pixel_model.prompts import Prompt
from pixel_model.silhouettes import SilhouetteIndex, foreground

DIFFERENT_COLOUR: Final = 40


@dataclass(frozen=True)
class PictureRow:
    """One picture: its prompt, and what was found on it. Shares and overlaps are rounded to four digits."""

    prompt: str
    seed: int
    noun: str
    colour: str | None
    kind: str
    found_colour: str | None
    """The colour word of its dominant colour, null where there is none."""
    nearest_nouns: tuple[str, ...]
    """Nouns of the training silhouettes that overlap most with its own, several if they tie."""
    overlap: float
    """Intersection over union with them."""
    equal_cells: float
    """Largest share of cells equal to those of one training picture."""
    classifier_noun: str
    foreground_cells: int
    colours: int
    """Different colours, in steps of 8."""
    differing_cells: float | None
    """Share of cells that differ from the picture of the same prompt one row up, null for a prompt's first."""


FIELDS: Final = tuple(entry.name for entry in dataclasses.fields(PictureRow))
COLUMNS: Final = tuple(re.sub(r"_(\w)", lambda found: found[1].upper(), name) for name in FIELDS)


def differing_cells(first: ByteImage, second: ByteImage) -> float:
    """Share of the cells of either foreground whose colours differ between two images [H, W, 3]."""
    union = foreground(first) | foreground(second)
    apart = np.abs(first.astype(np.int64) - second.astype(np.int64)).max(axis=-1) > DIFFERENT_COLOUR
    return float((apart & union).sum()) / max(float(union.sum()), 1.0)


def measure_rows(
    prompts: Sequence[Prompt], images: ByteImage, index: SilhouetteIndex, classifier: NounClassifier
) -> list[PictureRow]:
    """One row for each picture [count, H, W, 3] of the prompts, in their order."""
    masks = [foreground(image) for image in images]
    rows: list[PictureRow] = []
    for place, (prompt, image, mask, classified) in enumerate(
        zip(prompts, images, masks, classifier.classify(images, masks), strict=True)
    ):
        look = index.resemble(image)
        again = place > 0 and (prompts[place - 1].text, prompts[place - 1].kind) == (prompt.text, prompt.kind)
        rows.append(
            PictureRow(
                prompt=prompt.text,
                seed=prompt.seed,
                noun=prompt.noun,
                colour=prompt.colour,
                kind=prompt.kind,
                found_colour=dominant_colour(image, mask),
                nearest_nouns=tuple(sorted(look.nouns)),
                overlap=round(look.overlap, 4),
                equal_cells=round(look.equal_cells, 4),
                classifier_noun=classified,
                foreground_cells=int(mask.sum()),
                colours=len(np.unique(image.reshape(-1, 3) // 8, axis=0)),
                differing_cells=round(differing_cells(images[place - 1], image), 4) if again else None,
            )
        )
    return rows


def write_rows(path: Path, rows: Sequence[PictureRow]) -> None:
    """Write rows as JSON lines: the names of the columns, then one array for each picture."""
    lines = [COLUMNS, *(dataclasses.astuple(row) for row in rows)]
    text = "\n".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines)
    write_bytes(path, (text + "\n").encode())


def read_rows(path: Path) -> list[PictureRow]:
    """Read what `write_rows` wrote; ValueError for other columns."""
    header, *lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    if tuple(header) != COLUMNS:
        raise ValueError(f"{path.name} has other columns than this version writes: run evaluate again")
    rows = [PictureRow(**dict(zip(FIELDS, line, strict=True))) for line in lines]
    return [dataclasses.replace(row, nearest_nouns=tuple(row.nearest_nouns)) for row in rows]
