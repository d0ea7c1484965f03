"""The fixed grid: pictures x timesteps x noises, the same in every round and in every run over the set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Final

import torch

from lora_trainer.cache import Cache
from lora_trainer.keyed_random import Purpose, normal
from lora_trainer.noise_error import NoiseError
from lora_trainer.request import PictureRef, Validation

GRID_SEED: Final = 0
CELLS_AT_ONCE: Final = 8


@dataclass(frozen=True)
class Cell:
    """The unweighted noise error of a picture at a timestep, under one noise."""

    picture: str
    timestep: int
    noise: int
    loss: float

    def as_dict(self) -> dict[str, object]:
        """As it stands in the event."""
        return asdict(self)


@torch.no_grad()
def validate(
    noise_error: NoiseError,
    cache: Cache,
    pictures: Sequence[PictureRef],
    plan: Validation,
    device: torch.device,
    on_progress: Callable[[], None],
) -> list[Cell]:
    """Measure pictures at their mean latents with their captions. `on_progress` may raise to stop."""
    grid = list(product(pictures, plan.timesteps, range(plan.noises)))
    cells: list[Cell] = []
    for start in range(0, len(grid), CELLS_AT_ONCE):
        part = grid[start : start + CELLS_AT_ONCE]
        latents = torch.stack([cache.mean(picture) for picture, _, _ in part])
        noises = torch.stack([_noise(picture, timestep, noise, cache) for picture, timestep, noise in part])
        timesteps = torch.tensor([timestep for _, timestep, _ in part], device=device)
        conditioning = cache.conditioning([picture.caption for picture, _, _ in part], device)
        losses = noise_error(latents.to(device), noises.to(device), timesteps, conditioning).tolist()
        cells += [Cell(p.id, t, n, loss) for (p, t, n), loss in zip(part, losses, strict=True)]
        on_progress()
    return cells


def _noise(picture: PictureRef, timestep: int, noise: int, cache: Cache) -> torch.Tensor:
    """Noise that belongs to a picture, whatever others are measured with it."""
    own = int(picture.id[:15], 16)
    shape = tuple(cache.mean(picture).shape)
    return normal(GRID_SEED + noise, Purpose.VALIDATION_NOISE, own, timestep, shape)
