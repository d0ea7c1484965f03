"""The noise schedule of training: SDXL's scaled-linear betas over 1000 steps."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor

TRAIN_STEPS: Final = 1000
BETA_START: Final = 0.00085
BETA_END: Final = 0.012


def alphas_cumprod() -> Tensor:
    """Cumulative products of 1 - beta [1000], float32 (computed in float64)."""
    betas = torch.linspace(BETA_START**0.5, BETA_END**0.5, TRAIN_STEPS, dtype=torch.float64) ** 2
    return torch.cumprod(1.0 - betas, dim=0).to(torch.float32)


def loss_weights(alphas: Tensor, ceiling: float) -> Tensor:
    """Weight of the squared noise error per timestep: min(1 / alpha_bar, ceiling).

    1 / alpha_bar turns an error of noise into one of v (Salimans & Ho 2022); the ceiling keeps the last steps finite.
    """
    return torch.clamp(1.0 / alphas, max=ceiling)
