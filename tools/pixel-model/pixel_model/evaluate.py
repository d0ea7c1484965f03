"""What a release can draw: colours, nouns, memorised pictures, diversity. Run on the released weights."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, Final

import numpy as np
import torch

from pixel_model.classifier import NounClassifier, train_classifier
from pixel_model.colours import ByteImage, dominant_colour
from pixel_model.contact_sheet import save_sheet
from pixel_model.export import describe_file, write_json
from pixel_model.networks import SCALING_FACTOR
from pixel_model.onnx_graphs import WEIGHTS_FILE
from pixel_model.pool import FACE, Pool, read_held_out
from pixel_model.prompts import SHOWN, Plan, Prompt, make_prompts
from pixel_model.sampling import generate, sample_latents, starting_noise
from pixel_model.silhouettes import MEMORISED_SHARE, Resemblance, SilhouetteIndex, foreground
from pixel_model.weights import Released

EMPTY_CELLS: Final = 4


def share(values: Sequence[bool]) -> float | None:
    """Share of true values, null for none."""
    return round(float(np.mean(values)), 4) if values else None


def accepted_classes(pool: Pool, grid: int) -> dict[str, frozenset[str]]:
    """For each noun, the first nouns of pictures that carry it: a duck is also a bird."""
    accepted: dict[str, set[str]] = {}
    for picture in pool.pictures(grid):
        for noun in picture.nouns:
            accepted.setdefault(noun, set()).add(picture.nouns[0])
    return {noun: frozenset(classes) for noun, classes in accepted.items()}


def measure(prompts: Sequence[Prompt], images: ByteImage, pool: Pool, classifier: NounClassifier) -> dict[str, Any]:
    """All figures of one grid size from pictures [count, H, W, 3] of the prompts."""
    grid = images.shape[1]
    index = SilhouetteIndex([picture for picture in pool.pictures(grid) if picture.nouns[0] != FACE])
    masks = [foreground(image) for image in images]
    looks: list[Resemblance] = [index.resemble(image) for image in images]
    classes = classifier.classify(images, masks)
    accepted = accepted_classes(pool, grid)
    silhouette = [prompt.noun in look.nouns for prompt, look in zip(prompts, looks, strict=True)]
    classified = [name in accepted[prompt.noun] for prompt, name in zip(prompts, classes, strict=True)]
    coloured = [
        prompt.colour is None or dominant_colour(image, mask) == prompt.colour
        for prompt, image, mask in zip(prompts, images, masks, strict=True)
    ]

    def of_kind(values: Sequence[bool], kind: str) -> float | None:
        return share([value for value, prompt in zip(values, prompts, strict=True) if prompt.kind == kind])

    nouns = sorted({prompt.noun for prompt in prompts})
    by_noun = {
        noun: {
            "silhouette": share(
                [value for value, prompt in zip(silhouette, prompts, strict=True) if prompt.noun == noun]
            ),
            "classifier": share(
                [value for value, prompt in zip(classified, prompts, strict=True) if prompt.noun == noun]
            ),
        }
        for noun in nouns
    }
    overlaps = [look.overlap for look in looks]
    return {
        "cells": grid,
        "pictures": len(prompts),
        "colourAgreement": {kind: of_kind(coloured, kind) for kind in ("trained", "held-out")},
        "heldOutPictures": sum(prompt.kind == "held-out" for prompt in prompts),
        "silhouetteNoun": {
            "all": share(silhouette),
            **{kind: of_kind(silhouette, kind) for kind in ("trained", "held-out", "no-colour")},
        },
        "classifierNoun": {
            "all": share(classified),
            **{kind: of_kind(classified, kind) for kind in ("trained", "held-out", "no-colour")},
        },
        "classifierTestAccuracy": round(classifier.test_accuracy, 4),
        "classifierTestPictures": classifier.test_pictures,
        "silhouetteOverlap": {
            "median": round(float(np.median(overlaps)), 4),
            "shareAbove95": share([overlap > 0.95 for overlap in overlaps]),
        },
        "memorised": share([look.equal_cells >= MEMORISED_SHARE for look in looks]),
        "memorisedPrompts": [
            prompt.text for prompt, look in zip(prompts, looks, strict=True) if look.equal_cells >= MEMORISED_SHARE
        ],
        "empty": share([int(mask.sum()) < EMPTY_CELLS for mask in masks]),
        "coloursPerPicture": {
            "median": float(np.median([len(np.unique(image.reshape(-1, 3) // 8, axis=0)) for image in images]))
        },
        "diversity": diversity(prompts, images),
        "byNoun": by_noun,
        "nounsBelow75": [noun for noun, values in by_noun.items() if (values["silhouette"] or 0.0) < 0.75],
        "colourFaults": [prompt.text for prompt, good in zip(prompts, coloured, strict=True) if not good],
    }


def diversity(prompts: Sequence[Prompt], images: ByteImage) -> dict[str, float | None]:
    """Mean share of cells (foregrounds' union) that differ between two seeds of one prompt."""
    groups: dict[str, list[ByteImage]] = {}
    for prompt, image in zip(prompts, images, strict=True):
        groups.setdefault(prompt.text, []).append(image)
    differences = []
    for members in groups.values():
        for first, second in pairwise(members):
            union = foreground(first) | foreground(second)
            apart = np.abs(first.astype(np.int64) - second.astype(np.int64)).max(axis=-1) > 40
            differences.append(float((apart & union).sum()) / max(float(union.sum()), 1.0))
    return {
        "meanDifferingCells": round(float(np.mean(differences)), 4) if differences else None,
        "equalPairs": share([value < 0.02 for value in differences]),
    }


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
) -> dict[str, Any]:
    """Measure a release on the given grids; writes evaluation-<grid>.json and two sheets per grid."""
    plan = plan or Plan()
    held_out = read_held_out()
    report: dict[str, Any] = {
        "weights": describe_file(weights / WEIGHTS_FILE),
        "sampler": "euler",
        "scheduler": "normal",
        "steps": plan.steps,
        "guidance": plan.guidance,
    }
    output.mkdir(parents=True, exist_ok=True)
    for grid in grids:
        started = time.monotonic()
        nouns = sorted(noun for noun in pool.shelves[grid] if noun != FACE)
        prompts = make_prompts(
            nouns, held_out, plan if grid == 16 else Plan(2, 1, 1, 2, plan.steps, plan.guidance, plan.classifier_steps)
        )
        batch = 32 if grid == 16 else 12
        texts, seeds = [prompt.text for prompt in prompts], [prompt.seed for prompt in prompts]
        images = generate(released, texts, seeds, cells=grid, steps=plan.steps, guidance=plan.guidance, batch=batch)
        print(f"{len(prompts)} pictures of {grid} cells in {time.monotonic() - started:.0f} s", flush=True)
        classifier = train_classifier(pool.pictures(grid), seed=1, steps=plan.classifier_steps)
        figures = measure(prompts, images, pool, classifier)
        figures["singleColourCells"] = single_colour_cells(released)
        write_json(output / f"evaluation-{grid}.json", {**report, **figures})
        rows = 4
        shown = generate(
            released,
            list(SHOWN) * rows,
            [seed for seed in range(rows) for _ in SHOWN],
            cells=grid,
            steps=plan.steps,
            guidance=plan.guidance,
            batch=batch,
        )
        save_sheet(shown, len(SHOWN), output / f"prompts-{grid}.png", pixels_per_cell=4 if grid == 16 else 2)
        order = Random(1).sample(range(len(prompts)), k=min(160, len(prompts)))
        save_sheet(images[sorted(order)], 20, output / f"sample-{grid}.png", pixels_per_cell=3 if grid == 16 else 2)
        report[f"cells{grid}"] = figures
        print(
            json.dumps({key: value for key, value in figures.items() if key not in {"byNoun", "colourFaults"}}),
            flush=True,
        )
    return report
