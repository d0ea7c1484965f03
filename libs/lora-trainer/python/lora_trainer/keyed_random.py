"""Random numbers that are looked up, not drawn: each choice of a run has its own place in a counter-based generator.

Philox (Salmon et al. 2011) maps (key, counter) to numbers, so nothing needs to be saved for a run to go on with the
very numbers that it would have had. The key is (seed, purpose), the counter (update, sample).
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


class Purpose(IntEnum):
    """What a number is for. The values are part of what makes two runs equal: never renumber."""

    ADAPTER = 1
    ORDER = 2
    TIMESTEP = 3
    NOISE = 4
    NOISE_OFFSET = 5
    LATENT = 6
    CAPTION_DROPOUT = 7
    VALIDATION_NOISE = 8
    REFERENCE = 9


def generator(seed: int, purpose: Purpose, update: int, sample: int = 0) -> np.random.Generator:
    """The generator of one choice. Seed, update and sample are in [0, 2^63)."""
    # The lowest word of the counter rises with every number that is taken.
    counter = np.array([0, sample, update, 0], dtype=np.uint64)
    key = np.array([seed, purpose], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=key, counter=counter))


def normal(seed: int, purpose: Purpose, update: int, sample: int, shape: tuple[int, ...]) -> Tensor:
    """Standard normal numbers, float32."""
    values = generator(seed, purpose, update, sample).standard_normal(shape, dtype=np.float32)
    return torch.from_numpy(np.asarray(values))


def integer(seed: int, purpose: Purpose, update: int, sample: int, below: int) -> int:
    """A uniform integer in [0, below)."""
    return int(generator(seed, purpose, update, sample).integers(below))


def chance(seed: int, purpose: Purpose, update: int, sample: int, probability: float) -> bool:
    """True with a probability."""
    return bool(generator(seed, purpose, update, sample).random() < probability)


@lru_cache(maxsize=2)
def _epoch_order(seed: int, epoch: int, pictures: int) -> NDArray[np.int64]:
    return generator(seed, Purpose.ORDER, epoch).permutation(pictures)


def picture_at(seed: int, place: int, pictures: int) -> int:
    """Which picture is the `place`-th of a run (from 0): every epoch is another permutation of all pictures."""
    epoch, rest = divmod(place, pictures)
    return int(_epoch_order(seed, epoch, pictures)[rest])
