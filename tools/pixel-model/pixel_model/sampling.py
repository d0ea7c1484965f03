"""Sampling with k-diffusion's formulas in ComfyUI's conventions, on PyTorch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor

from pixel_model.batches import CELL_PIXELS
from pixel_model.colours import ByteImage
from pixel_model.networks import SCALING_FACTOR
from pixel_model.schedule import alphas_cumprod
from pixel_model.weights import Released


def model_sigmas() -> Tensor:
    """sqrt((1 - alpha_bar) / alpha_bar) of the 1000 training steps, rising."""
    alphas = alphas_cumprod()
    return ((1 - alphas) / alphas).sqrt()


def normal_sigmas(steps: int) -> Tensor:
    """The "normal" schedule: evenly spaced timesteps from 999 to 0, then 0. Shape [steps + 1]."""
    logs = model_sigmas().log()
    timesteps = torch.linspace(len(logs) - 1, 0, steps)
    low = timesteps.floor().long()
    high = timesteps.ceil().long()
    share = timesteps.frac()
    return torch.cat([((1 - share) * logs[low] + share * logs[high]).exp(), torch.zeros(1)])


def nearest_timestep(sigma: float) -> int:
    """The training step whose sigma is nearest in logarithm."""
    return int((model_sigmas().log() - np.log(sigma)).abs().argmin())


@dataclass
class Sampled:
    """Latents [batch, 4, H, W] (in the UNet's scale) and, if asked for, the state after every step."""

    latent: Tensor
    trajectory: list[Tensor] = field(default_factory=list)


@torch.no_grad()
def sample_latents(
    released: Released,
    prompts: Sequence[str],
    noise: Tensor,
    *,
    steps: int,
    guidance: float,
    negative: str = "",
    keep: bool = False,
) -> Sampled:
    """Euler sampling from starting noise [batch, 4, H, W]; guidance 1 skips the negative prompt."""
    batch, _, height, width = noise.shape
    guided = guidance != 1.0
    texts = [*prompts, *([negative] * batch if guided else [])]
    ids = torch.from_numpy(np.stack([released.tokenizer.encode(text) for text in texts]))
    states, pooled = released.model.text(ids)
    size = [float(height * CELL_PIXELS), float(width * CELL_PIXELS)]
    added = {"text_embeds": pooled, "time_ids": torch.tensor([[*size, 0.0, 0.0, *size]] * len(texts))}
    sigmas = normal_sigmas(steps)
    sampled = Sampled(noise * (1 + sigmas[0] ** 2).sqrt())
    for sigma, following in pairwise(sigmas):
        scaled = sampled.latent / (sigma**2 + 1).sqrt()
        doubled = torch.cat([scaled, scaled]) if guided else scaled
        timestep = torch.full((len(texts),), float(nearest_timestep(float(sigma))))
        noise_guess = released.model.unet(
            doubled, timestep, encoder_hidden_states=states, added_cond_kwargs=added, return_dict=False
        )[0]
        if guided:
            positive, other = noise_guess.chunk(2)
            noise_guess = other + guidance * (positive - other)
        sampled.latent = sampled.latent + noise_guess * (following - sigma)
        if keep:
            sampled.trajectory.append(sampled.latent)
    return sampled


def starting_noise(seeds: Sequence[int], cells: int) -> Tensor:
    """Noise [len(seeds), 4, cells, cells], each picture's own as a batch of one would have it."""
    return torch.cat([torch.randn(1, 4, cells, cells, generator=torch.Generator().manual_seed(seed)) for seed in seeds])


@torch.no_grad()
def decode_cells(released: Released, latent: Tensor) -> ByteImage:
    """One colour per cell [batch, H, W, 3] of latents in the UNet's scale."""
    image = released.vae.decode_cells(latent / SCALING_FACTOR).clamp(-1, 1)
    return (((image + 1) / 2 * 255).permute(0, 2, 3, 1).numpy()).astype(np.uint8)


def generate(
    released: Released,
    prompts: Sequence[str],
    seeds: Sequence[int],
    *,
    cells: int = 16,
    steps: int = 20,
    guidance: float = 5.0,
    batch: int = 32,
) -> ByteImage:
    """Pictures [len(prompts), cells, cells, 3] for prompts and seeds."""
    made = []
    for start in range(0, len(prompts), batch):
        noise = starting_noise(seeds[start : start + batch], cells)
        sampled = sample_latents(released, prompts[start : start + batch], noise, steps=steps, guidance=guidance)
        made.append(decode_cells(released, sampled.latent))
    return np.concatenate(made)
