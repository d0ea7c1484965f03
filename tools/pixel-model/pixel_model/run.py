"""The state of a training run, and its checkpoints."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pixel_model.captions import caption_words
from pixel_model.networks import Denoiser, PixelVae
from pixel_model.pool import GRIDS, Pool
from pixel_model.recipe import Recipe, recipe_from
from pixel_model.tokenizer import SPECIAL_TOKENS, Tokenizer
from pixel_model.vae import train_vae


def save_atomically(value: object, path: Path) -> None:
    """Write a checkpoint so that the old one stays until the new one is whole."""
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        torch.save(value, file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def corpus_colours(pool: Pool) -> Tensor:
    """The different colours of the pool's pictures [count, 3] in [-1, 1]."""
    cells = np.concatenate([picture.rgb[picture.mask] for grid in GRIDS for picture in pool.pictures(grid)])
    return torch.from_numpy(np.unique(cells, axis=0)).to(torch.float32) / 127.5 - 1.0


@dataclass
class Run:
    """Everything that a checkpoint holds. `average` is the moving average of the model's weights."""

    recipe: Recipe
    tokenizer: Tokenizer
    vae: PixelVae
    model: Denoiser
    average: list[Tensor]
    optimizer: torch.optim.AdamW
    step: int = 0
    earlier: tuple[dict[str, Any], ...] = ()
    """Recipes of the phases before this one, the first first, each with its `trained_steps`."""

    def phase(self) -> dict[str, Any]:
        """Recipe and length, as the next phase's `earlier` holds them."""
        return {**self.recipe.as_dict(), "trained_steps": self.step}

    def checkpoint(self) -> dict[str, Any]:
        """Plain values and tensors. Nothing random is among them: batches and noise follow from seed and step."""
        return {
            "recipe": self.recipe.as_dict(),
            "tokens": list(self.tokenizer.tokens),
            "vae": self.vae.state_dict(),
            "model": self.model.state_dict(),
            "ema": self.average,
            "adamw": self.optimizer.state_dict(),
            "step": self.step,
            "earlier": list(self.earlier),
        }

    @torch.no_grad()
    def load(self, saved: dict[str, Any]) -> None:
        """Take up a checkpoint; ValueError if another recipe made it."""
        if recipe_from(saved["recipe"]) != self.recipe:
            raise ValueError("another recipe made the checkpoint: name another --output, or delete it")
        self.load_weights(saved)
        self.step = int(saved["step"])
        self.earlier = tuple(saved.get("earlier", ()))

    @torch.no_grad()
    def load_weights(self, saved: dict[str, Any]) -> None:
        """Take up a checkpoint's weights and optimiser state; ValueError if its vocabulary is another."""
        if list(saved["tokens"]) != list(self.tokenizer.tokens):
            raise ValueError("the checkpoint has another vocabulary: the corpus has changed since")
        self.vae.load_state_dict(saved["vae"])
        self.model.load_state_dict(saved["model"])
        for mine, other in zip(self.average, saved["ema"], strict=True):
            mine.copy_(other)
        self.optimizer.load_state_dict(saved["adamw"])

    @torch.no_grad()
    def load_mean(self, averages: Sequence[Sequence[Tensor]]) -> None:
        """Take the mean of several runs' averaged weights as weights and as their average."""
        for weight, average, values in zip(
            self.model.parameters(), self.average, zip(*averages, strict=True), strict=True
        ):
            average.copy_(torch.stack(values).mean(dim=0))
            weight.copy_(average)


def start_run(recipe: Recipe, pool: Pool, vae: PixelVae | None = None) -> Run:
    """A run at step 0; trains the autoencoder unless one is given."""
    words = caption_words([picture for grid in GRIDS for picture in pool.pictures(grid)])
    tokenizer = Tokenizer([*SPECIAL_TOKENS, *words])
    if vae is None:
        vae = train_vae(corpus_colours(pool), recipe.sizes.vae_channels, seed=recipe.seed, steps=recipe.vae_steps)
    torch.manual_seed(recipe.seed)
    model = Denoiser(len(tokenizer.tokens), recipe.sizes)
    model.unet.to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(
        model.parameters(),
        lr=recipe.learning_rate,
        betas=recipe.betas,
        weight_decay=recipe.weight_decay,
        fused=True,
    )
    average = [weight.detach().clone() for weight in model.parameters()]
    return Run(recipe, tokenizer, vae, model, average, optimizer)


def _saved_vae(recipe: Recipe, saved: dict[str, Any]) -> PixelVae:
    vae = PixelVae(recipe.sizes.vae_channels)
    vae.load_state_dict(saved["vae"])
    return vae.eval().requires_grad_(requires_grad=False)


def resume_run(recipe: Recipe, pool: Pool, checkpoint: Path) -> Run:
    """A run as its checkpoint left it."""
    saved = torch.load(checkpoint, weights_only=True)
    run = start_run(recipe, pool, _saved_vae(recipe, saved))
    run.load(saved)
    return run


def start_phase(recipe: Recipe, pool: Pool, checkpoints: Sequence[Path]) -> Run:
    """Step 0 of another recipe, from the weights that earlier runs ended with.

    Of several checkpoints the mean of the averaged weights is taken ("model soup", Wortsman et al. 2022);
    optimiser and autoencoder are the last one's.
    """
    *others, saved = (torch.load(checkpoint, weights_only=True) for checkpoint in checkpoints)
    run = start_run(recipe, pool, _saved_vae(recipe, saved))
    run.load_weights(saved)
    if others:
        run.load_mean([*(other["ema"] for other in others), saved["ema"]])
    run.earlier = (*saved.get("earlier", ()), {**saved["recipe"], "trained_steps": int(saved["step"])})
    return run
