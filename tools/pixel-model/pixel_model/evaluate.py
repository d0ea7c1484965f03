"""What a release can draw: colours, nouns, memorised pictures, diversity. Run on the released weights."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Final

import torch

from pixel_model.classifier import train_classifier
from pixel_model.colours import ByteImage
from pixel_model.contact_sheet import save_sheet
from pixel_model.export import describe_file, write_json
from pixel_model.figures import figures_of
from pixel_model.networks import SCALING_FACTOR
from pixel_model.onnx_graphs import WEIGHTS_FILE
from pixel_model.picture_rows import measure_rows, read_rows, write_rows
from pixel_model.pool import FACE, Pool, read_held_out
from pixel_model.prompts import SHOWN, Plan, make_prompts
from pixel_model.sampling import generate, sample_latents, starting_noise
from pixel_model.silhouettes import SilhouetteIndex, silhouette_ceiling
from pixel_model.weights import Released

PLANS: Final = {
    16: Plan(),
    32: Plan(colours_per_noun=2, seeds_per_prompt=1, natural_per_noun=1, held_out_seeds=2),
}
BATCHES: Final = {16: 32, 32: 12}
SHEET_SEEDS: Final = 4
SAMPLE_PICTURES: Final = 160
PRINTED: Final = ("pictures", "colourAgreement", "silhouetteNoun", "classifierNoun", "memorised", "empty")


def also_accepted(pool: Pool, grid: int) -> dict[str, list[str]]:
    """Classes that are right for a noun beside its own: a picture of a duck is one of a bird."""
    accepted: dict[str, set[str]] = {}
    for picture in pool.pictures(grid):
        for noun in picture.nouns[1:]:
            accepted.setdefault(noun, set()).add(picture.nouns[0])
    return {noun: sorted(classes) for noun, classes in sorted(accepted.items())}


@torch.no_grad()
def single_colour_cells(released: Released) -> float:
    """Share of 8x8 blocks of decoded pictures whose pixels all lie within 1/255 of each other."""
    sampled = sample_latents(
        released,
        ["a red bird", "a face with long brown hair", "a tree"],
        starting_noise([1, 2, 3], 16),
        steps=8,
        guidance=5.0,
    )
    image = (released.vae.decode(sampled.latent / SCALING_FACTOR).clamp(-1, 1) + 1) / 2 * 255
    blocks = image.reshape(len(image), 3, 16, 8, 16, 8)
    spread = blocks.amax(dim=(3, 5)) - blocks.amin(dim=(3, 5))
    return float((spread.amax(dim=1) <= 1.0).float().mean())


def evaluate(
    released: Released,
    weights: Path,
    pool: Pool,
    output: Path,
    *,
    grids: Sequence[int] = (16, 32),
    plan: Plan | None = None,
) -> None:
    """Measure a release on the given grids, by PLANS if no plan is given; see `evaluate_grid` for what is written."""
    output.mkdir(parents=True, exist_ok=True)
    file = describe_file(weights / WEIGHTS_FILE)
    for grid in grids:
        evaluate_grid(released, file, pool, output, grid, plan or PLANS[grid])


def evaluate_grid(
    released: Released, file: Mapping[str, object], pool: Pool, output: Path, grid: int, plan: Plan
) -> None:
    """Measure a release on one grid; `file` describes its weights.

    Writes evaluation-<grid>.rows.jsonl, evaluation-<grid>.json with the figures, prompts-<grid>.png and
    sample-<grid>.png. The figures are worked out from the rows as they are read back from their file.
    """

    def draw(texts: Sequence[str], seeds: Sequence[int]) -> ByteImage:
        steps, guidance = plan.steps, plan.guidance
        return generate(released, texts, seeds, cells=grid, steps=steps, guidance=guidance, batch=BATCHES[grid])

    started = time.monotonic()
    prompts = make_prompts(sorted(noun for noun in pool.shelves[grid] if noun != FACE), read_held_out(), plan)
    images = draw([prompt.text for prompt in prompts], [prompt.seed for prompt in prompts])
    print(f"{len(prompts)} pictures of {grid} cells in {time.monotonic() - started:.0f} s", flush=True)
    classifier = train_classifier(pool.pictures(grid), seed=1, steps=plan.classifier_steps)
    index = SilhouetteIndex([picture for picture in pool.pictures(grid) if picture.nouns[0] != FACE])
    rows_path = output / f"evaluation-{grid}.rows.jsonl"
    write_rows(rows_path, measure_rows(prompts, images, index, classifier))
    accepted = also_accepted(pool, grid)
    figures = figures_of(read_rows(rows_path), accepted)
    report = {
        "weights": file,
        "sampler": "euler",
        "scheduler": "normal",
        "steps": plan.steps,
        "guidance": plan.guidance,
        "cells": grid,
        **figures,
        "silhouetteCeiling": silhouette_ceiling(index),
        "classifierAlsoAccepts": accepted,
        "classifierTestAccuracy": round(classifier.test_accuracy, 4),
        "classifierTestPictures": classifier.test_pictures,
        "singleColourCells": single_colour_cells(released),
    }
    write_json(output / f"evaluation-{grid}.json", report)
    shown = draw(list(SHOWN) * SHEET_SEEDS, [seed for seed in range(SHEET_SEEDS) for _ in SHOWN])
    small = grid == 16
    save_sheet(shown, len(SHOWN), output / f"prompts-{grid}.png", pixels_per_cell=4 if small else 2)
    order = sorted(Random(1).sample(range(len(prompts)), k=min(SAMPLE_PICTURES, len(prompts))))
    save_sheet(images[order], 20, output / f"sample-{grid}.png", pixels_per_cell=3 if small else 2)
    print(json.dumps({name: figures[name] for name in PRINTED}), flush=True)
