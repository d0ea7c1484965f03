"""Everything that decides what a training run makes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import cos, pi
from pathlib import Path
from typing import Any

from pixel_model.batches import Mixture
from pixel_model.networks import ModelSizes


@dataclass(frozen=True)
class Recipe:
    """A training run; `steps` is its full length, over which the learning rate falls to zero.

    A later phase starts from the mean of the weights that the last `starts_from` phases before it ended with.
    """

    seed: int = 20261122
    steps: int = 9000
    batch_16: int = 48
    batch_32: int = 12
    share_32_start: float = 0.0
    share_32_end: float = 0.5
    ramp_32: tuple[float, float] = (0.3, 0.6)
    learning_rate: float = 1.2e-3
    warmup_steps: int = 150
    betas: tuple[float, float] = (0.9, 0.99)
    weight_decay: float = 0.01
    clip_norm: float = 1.0
    ema_decay: float = 0.9993
    loss_weight_ceiling: float = 30.0
    offset_noise: float = 0.1
    vae_steps: int = 2500
    starts_from: int = 1
    mixture: Mixture = field(default_factory=Mixture)
    sizes: ModelSizes = field(default_factory=ModelSizes)

    def learning_rate_at(self, step: int) -> float:
        """Linear warm-up, then a cosine to zero at the last step."""
        warm = min(1.0, (step + 1) / self.warmup_steps)
        return self.learning_rate * warm * 0.5 * (1.0 + cos(pi * min(1.0, step / self.steps)))

    def share_32_at(self, step: int) -> float:
        """Share of the steps that are on the 32-cell grid: flat, a ramp, flat."""
        low, high = self.ramp_32
        place = min(1.0, max(0.0, (step / self.steps - low) / max(high - low, 1e-9)))
        return self.share_32_start + (self.share_32_end - self.share_32_start) * place

    def grid_at(self, step: int) -> int:
        """Grid of a step: 32 whenever the running share crosses a golden-ratio sequence."""
        return 32 if (step * 0.6180339887498949) % 1.0 < self.share_32_at(step) else 16

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as they stand in a recipe file."""
        return dataclasses.asdict(self)


def recipe_from(values: Mapping[str, Any]) -> Recipe:
    """A recipe from plain values, those of a recipe file or a checkpoint; what is not named has its default.

    Raises ValueError for an unknown name.
    """
    known = {entry.name for entry in dataclasses.fields(Recipe)}
    if unknown := set(values) - known:
        raise ValueError(f"a recipe has no {', '.join(sorted(unknown))}")
    plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    plain["mixture"] = Mixture(**values.get("mixture", {}))
    plain["sizes"] = ModelSizes.from_dict(values.get("sizes", {}))
    return Recipe(**plain)


def read_recipe(path: Path) -> Recipe:
    """A recipe file."""
    return recipe_from(json.loads(path.read_text(encoding="utf-8")))
