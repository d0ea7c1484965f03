"""What one batch of an update is made of: looked up from seed and update, from the cache alone."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from lora_trainer.cache import Cache
from lora_trainer.conditioning import Conditioning
from lora_trainer.keyed_random import Purpose, chance, integer, normal, picture_at
from lora_trainer.noise_schedule import TRAIN_TIMESTEPS
from lora_trainer.request import TrainRequest


@dataclass(frozen=True)
class Batch:
    """Latents and noise [batch, 4, H, W], timesteps [batch], conditioning, and the ids of the pictures."""

    latents: Tensor
    noise: Tensor
    timesteps: Tensor
    conditioning: Conditioning
    pictures: tuple[str, ...]


def batch_of(request: TrainRequest, cache: Cache, update: int, part: int, device: torch.device) -> Batch:
    """Part `part` in [0, accumulation) of update `update` (from 0)."""
    training, seed, pictures = request.training, request.seed, request.dataset.train
    latents, noises, timesteps, captions, ids = [], [], [], [], []
    for place in range(part * training.batch_size, (part + 1) * training.batch_size):
        run_place = update * training.batch_size * training.accumulation + place
        picture = pictures[picture_at(seed, run_place, len(pictures))]
        posterior = cache.posteriors[picture.id]
        shape = tuple(posterior.mean.shape)
        latents.append(posterior.mean + posterior.std * normal(seed, Purpose.LATENT, update, place, shape))
        noise = normal(seed, Purpose.NOISE, update, place, shape)
        if training.noise_offset > 0:
            offset = normal(seed, Purpose.NOISE_OFFSET, update, place, (shape[0], 1, 1))
            noise = noise + training.noise_offset * offset
        noises.append(noise)
        timesteps.append(integer(seed, Purpose.TIMESTEP, update, place, TRAIN_TIMESTEPS))
        dropped = chance(seed, Purpose.CAPTION_DROPOUT, update, place, training.caption_dropout)
        captions.append("" if dropped else picture.caption)
        ids.append(picture.id)
    return Batch(
        torch.stack(latents).to(device),
        torch.stack(noises).to(device),
        torch.tensor(timesteps, device=device),
        cache.conditioning(captions, device),
        tuple(ids),
    )
