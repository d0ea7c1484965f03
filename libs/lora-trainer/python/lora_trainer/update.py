"""One update of the adapter."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn

from lora_trainer.adapted_unet import AdaptedUnet
from lora_trainer.batch import Batch
from lora_trainer.noise_error import NoiseError
from lora_trainer.noise_schedule import TRAIN_TIMESTEPS, learning_rate_at
from lora_trainer.request import Training

BINS: Final = 10
"""Tenths of the timesteps, by which training losses are reported: their size depends on little else."""


@dataclass
class TrainState:
    """What an update changes. `step` counts updates, `skipped` those that were not finite and changed nothing.

    `skipped_in_row` counts those since the last one that was finite.
    """

    unet: AdaptedUnet
    optimizer: torch.optim.AdamW
    scaler: torch.amp.GradScaler
    step: int = 0
    skipped: int = 0
    skipped_in_row: int = 0


@dataclass(frozen=True)
class UpdateReport:
    """What an update did. `loss` and `gradient_norm` are None if not finite, a bin if no timestep fell into it."""

    loss: float | None
    loss_by_bin: list[float | None]
    learning_rate: float
    gradient_norm: float | None
    scale: float | None
    pictures: tuple[str, ...]


def new_state(unet: AdaptedUnet, training: Training) -> TrainState:
    """Step 0. The loss is scaled for float16 alone, from 2^16 as usual."""
    parameters = list(unet.parameters().values())
    optimizer = torch.optim.AdamW(parameters, lr=training.learning_rate, weight_decay=training.weight_decay, fused=True)
    scaler = torch.amp.GradScaler(training.device, enabled=training.precision == "float16")
    return TrainState(unet, optimizer, scaler)


def update(
    state: TrainState,
    training: Training,
    noise_error: NoiseError,
    weights: Tensor,
    batches: Iterable[Batch],
    spoil: Callable[[Tensor], Tensor],
) -> UpdateReport:
    """Train on the `accumulation` batches of an update; an update that is not finite changes nothing but the scale.

    `weights` [1000] weigh errors by timestep, `spoil` changes the loss where a fault is injected. The learning rate
    follows the updates that were not skipped.
    """
    parameters = [parameter for group in state.optimizer.param_groups for parameter in group["params"]]
    rate = learning_rate_at(
        state.step - state.skipped,
        peak=training.learning_rate,
        warmup=training.warmup_steps,
        steps=training.steps,
        schedule=training.schedule,
    )
    for group in state.optimizer.param_groups:
        group["lr"] = rate
    state.optimizer.zero_grad(set_to_none=True)
    errors, timesteps, losses = [], [], []
    pictures: list[str] = []
    for batch in batches:
        error = noise_error(batch.latents, batch.noise, batch.timesteps, batch.conditioning)
        loss = spoil((error * weights[batch.timesteps]).mean())
        state.scaler.scale(loss / training.accumulation).backward()  # type: ignore[no-untyped-call]
        errors.append(error.detach())
        losses.append(loss.detach())
        timesteps.append(batch.timesteps)
        pictures += batch.pictures
    state.scaler.unscale_(state.optimizer)
    norm = nn.utils.clip_grad_norm_(parameters, training.clip_norm)
    # The only values that the CPU waits for.
    loss_value, norm_value, *error_values = torch.cat(
        [torch.stack([torch.stack(losses).mean(), norm]), *errors]
    ).tolist()
    finite = math.isfinite(loss_value) and math.isfinite(norm_value)
    scale = state.scaler.get_scale() if state.scaler.is_enabled() else None
    if finite:
        state.scaler.step(state.optimizer)
    state.scaler.update()
    state.step += 1
    state.skipped += not finite
    state.skipped_in_row = 0 if finite else state.skipped_in_row + 1
    return UpdateReport(
        loss_value if finite else None,
        _bin_means(torch.cat(timesteps).tolist(), error_values),
        rate,
        norm_value if math.isfinite(norm_value) else None,
        scale,
        tuple(pictures),
    )


def _bin_means(timesteps: list[int], errors: list[float]) -> list[float | None]:
    bins: list[list[float]] = [[] for _ in range(BINS)]
    for timestep, error in zip(timesteps, errors, strict=True):
        bins[timestep * BINS // TRAIN_TIMESTEPS].append(error)
    means = [sum(values) / len(values) if values else math.nan for values in bins]
    return [mean if math.isfinite(mean) else None for mean in means]
