"""The training run, top to bottom. Seeded and resumable: a step's batch and noise follow from seed and step alone."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import torch
from torch import Tensor, nn

from pixel_model.batches import BatchSource
from pixel_model.networks import SCALING_FACTOR
from pixel_model.pool import Pool
from pixel_model.run import Run, save_atomically
from pixel_model.schedule import TRAIN_STEPS, alphas_cumprod, loss_weights

REPORT_STEPS = 50


def to_cells(images: np.ndarray[Any, np.dtype[np.uint8]]) -> Tensor:
    """Bytes [batch, H, W, 3] to cells [batch, 3, H, W] in [-1, 1]."""
    return torch.from_numpy(images).permute(0, 3, 1, 2).to(torch.float32) / 127.5 - 1.0


@dataclass(frozen=True)
class StepRow:
    """What one update did."""

    grid: int
    loss: float
    noise_error: float
    gradient_norm: float
    learning_rate: float


def train_step(run: Run, source: BatchSource, alphas: Tensor, weights: Tensor) -> StepRow:
    """One update of text encoders and UNet."""
    recipe, step = run.recipe, run.step
    grid = recipe.grid_at(step)
    size = recipe.batch_16 if grid == 16 else recipe.batch_32
    batch = source.batch(step, size, grid)
    generator = torch.Generator().manual_seed(recipe.seed * 1_000_003 + step)
    with torch.no_grad():
        clean = run.vae.encode_cells(to_cells(batch.cells)) * SCALING_FACTOR
    noise = torch.randn(clean.shape, generator=generator)
    noise += recipe.offset_noise * torch.randn(size, 4, 1, 1, generator=generator)
    strata = (torch.randperm(size, generator=generator) + torch.rand(size, generator=generator)) / size
    timesteps = (strata * TRAIN_STEPS).long().clamp(max=TRAIN_STEPS - 1)
    alpha = alphas[timesteps][:, None, None, None]
    noisy = (alpha.sqrt() * clean + (1 - alpha).sqrt() * noise).to(memory_format=torch.channels_last)
    predicted = run.model(noisy, timesteps, torch.from_numpy(batch.input_ids), torch.from_numpy(batch.time_ids))
    error = (predicted - noise).pow(2).mean(dim=(1, 2, 3))
    loss = (error * weights[timesteps]).mean()
    run.optimizer.zero_grad(set_to_none=True)
    loss.backward()
    norm = nn.utils.clip_grad_norm_(run.model.parameters(), recipe.clip_norm)
    rate = recipe.learning_rate_at(step)
    for group in run.optimizer.param_groups:
        group["lr"] = rate
    run.optimizer.step()
    decay = min(recipe.ema_decay, (1 + step) / (10 + step))
    with torch.no_grad():
        torch._foreach_lerp_(run.average, list(run.model.parameters()), 1.0 - decay)
    run.step += 1
    return StepRow(grid, loss.item(), error.mean().item(), norm.item(), rate)


@dataclass
class Progress:
    """Means since the last report, and how long the rest takes."""

    log: TextIO
    phase: int
    first_step: int
    last_step: int
    started: float = field(default_factory=time.monotonic)
    rows: list[StepRow] = field(default_factory=list)

    def add(self, row: StepRow, step: int) -> None:
        """Take a row; every REPORT_STEPS steps write a line to the log file and the terminal."""
        self.rows.append(row)
        if step % REPORT_STEPS != 0 and step != self.last_step:
            return
        seconds = time.monotonic() - self.started
        minutes_left = (self.last_step - step) * seconds / (step - self.first_step) / 60
        line: dict[str, object] = {"phase": self.phase, "step": step, "learningRate": row.learning_rate}
        line |= {"gradNorm": round(row.gradient_norm, 4), "seconds": round(seconds, 1)}
        for grid in (16, 32):
            mine = [entry for entry in self.rows if entry.grid == grid]
            line[f"loss{grid}"] = round(float(np.mean([entry.loss for entry in mine])), 5) if mine else None
            line[f"noiseError{grid}"] = (
                round(float(np.mean([entry.noise_error for entry in mine])), 5) if mine else None
            )
        self.log.write(json.dumps(line) + "\n")
        self.log.flush()
        losses = f"loss {line['loss16']} (16 cells) {line['loss32']} (32 cells)"
        print(f"step {step}/{self.last_step}  {losses}  {minutes_left:.1f} min left", flush=True)
        self.rows.clear()


def train(
    run: Run,
    pool: Pool,
    output: Path,
    *,
    until: int | None = None,
    save_seconds: float = 180.0,
    mirror: Path | None = None,
) -> list[StepRow]:
    """Train to the recipe's last step (or `until`); checkpoints every `save_seconds`, also in `mirror`."""
    recipe = run.recipe
    source = BatchSource(pool, run.tokenizer, recipe.mixture, recipe.seed)
    alphas = alphas_cumprod()
    weights = loss_weights(alphas, recipe.loss_weight_ceiling)
    last = min(recipe.steps, until or recipe.steps)
    saved = time.monotonic()
    history: list[StepRow] = []

    def save() -> None:
        for folder in (output, mirror):
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
                save_atomically(run.checkpoint(), folder / "checkpoint.pt")

    output.mkdir(parents=True, exist_ok=True)
    with (output / "loss.jsonl").open("a", encoding="utf-8") as log:
        progress = Progress(log, len(run.earlier) + 1, run.step, last)
        while run.step < last:
            history.append(train_step(run, source, alphas, weights))
            progress.add(history[-1], run.step)
            if time.monotonic() - saved > save_seconds:
                save()
                saved = time.monotonic()
    save()
    return history
