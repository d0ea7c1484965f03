"""The error that training and validation measure."""

from __future__ import annotations

from typing import Final, Literal

import torch
from torch import Tensor

from lora_trainer.adapted_unet import AdaptedUnet
from lora_trainer.conditioning import Conditioning
from lora_trainer.noise_schedule import add_noise

Precision = Literal["float32", "float16", "bfloat16"]

DTYPES: Final[dict[Precision, torch.dtype]] = {
    "float32": torch.float32,
    "float16": torch.float16,
    "bfloat16": torch.bfloat16,
}


class NoiseError:
    """Squared errors of the predicted noise, the network in its precision, the errors in float32."""

    def __init__(
        self, unet: AdaptedUnet, alphas: Tensor, precision: Precision, memory_format: torch.memory_format
    ) -> None:
        """A UNet whose device is that of `alphas` [1000]."""
        self._unet, self._alphas, self._dtype, self._memory_format = unet, alphas, DTYPES[precision], memory_format

    def __call__(self, latents: Tensor, noise: Tensor, timesteps: Tensor, conditioning: Conditioning) -> Tensor:
        """Means over each picture [batch], not weighted."""
        noisy = add_noise(latents, noise, timesteps, self._alphas).contiguous(memory_format=self._memory_format)
        half = self._dtype is not torch.float32
        with torch.autocast(noisy.device.type, dtype=self._dtype, enabled=half):
            predicted = self._unet.predict_noise(noisy, timesteps, conditioning)
        return (predicted.float() - noise).square().mean(dim=(1, 2, 3))
