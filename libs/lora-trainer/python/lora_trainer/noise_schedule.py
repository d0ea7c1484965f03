"""The forward process of SDXL and its loss weights."""

from __future__ import annotations

import math
from typing import Final, Literal

import torch
from torch import Tensor

TRAIN_TIMESTEPS: Final = 1000
BETA_START: Final = 0.00085
BETA_END: Final = 0.012


def alphas_cumprod() -> Tensor:
    """Cumulative products of 1 - beta over SDXL's scaled-linear betas [1000], float32 (computed in float64)."""
    betas = torch.linspace(BETA_START**0.5, BETA_END**0.5, TRAIN_TIMESTEPS, dtype=torch.float64) ** 2
    return torch.cumprod(1.0 - betas, dim=0).to(torch.float32)


def add_noise(latents: Tensor, noise: Tensor, timesteps: Tensor, alphas: Tensor) -> Tensor:
    """sqrt(alpha_bar) latents + sqrt(1 - alpha_bar) noise (Ho et al. 2020, eq. 4); [batch, 4, H, W]."""
    alpha = alphas[timesteps][:, None, None, None]
    return alpha.sqrt() * latents + (1 - alpha).sqrt() * noise


def loss_weights(alphas: Tensor, gamma: float | None) -> Tensor:
    """Weight of the noise error by timestep [1000]: min(SNR, gamma) / SNR (Hang et al. 2023); 1 without gamma."""
    if gamma is None:
        return torch.ones_like(alphas)
    snr = alphas / (1 - alphas)
    return snr.clamp(max=gamma) / snr


def learning_rate_at(
    done: int, *, peak: float, warmup: int, steps: int, schedule: Literal["constant", "cosine"]
) -> float:
    """The rate of the update after `done` ones: linear warm-up, then constant, or a half cosine to 0 at `steps`."""
    if done < warmup:
        return peak * (done + 1) / warmup
    if schedule == "constant":
        return peak
    return peak * 0.5 * (1 + math.cos(math.pi * (done - warmup) / max(1, steps - warmup)))
