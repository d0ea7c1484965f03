"""What an SDXL UNet is told beside the noisy latents."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Conditioning:
    """Text and size conditioning of a batch.

    `states` [batch, tokens, width]: penultimate hidden states of both text encoders, concatenated.
    `pooled` [batch, pooled width]: the projected embedding of the second encoder.
    `time_ids` [batch, 6]: original height and width, crop top and left, target height and width, in pixels.
    """

    states: Tensor
    pooled: Tensor
    time_ids: Tensor


def time_ids(width: int, height: int, batch: int, device: torch.device) -> Tensor:
    """Six time ids of pictures that are neither scaled nor cropped [batch, 6], float32."""
    one = torch.tensor([height, width, 0, 0, height, width], dtype=torch.float32, device=device)
    return one.expand(batch, 6)
