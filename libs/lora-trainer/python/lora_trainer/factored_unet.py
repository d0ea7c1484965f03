"""The adapter of a large model: PEFT's layers, x W + s (x A) B, over a frozen base of any precision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import torch
from diffusers import UNet2DConditionModel
from peft import LoraConfig
from torch import Tensor, nn

from lora_trainer.adapted_unet import A_SUFFIX, B_SUFFIX, AdaptedUnet, unet_arguments
from lora_trainer.conditioning import Conditioning

ADAPTER_NAME: Final = "default"


class FactoredUnet(AdaptedUnet):
    """Factors stay float32 over a float16 or bfloat16 base; run it under autocast then."""

    def __init__(self, unet: UNet2DConditionModel, layers: tuple[str, ...], rank: int, alpha: float) -> None:
        """A UNet, frozen, with PEFT's layers in it."""
        super().__init__(unet, layers, rank, alpha)
        # PEFT divides alpha by rank as it is, whatever its type says.
        config = LoraConfig(r=rank, lora_alpha=alpha, target_modules=list(layers))  # type: ignore[arg-type]
        unet.add_adapter(config, ADAPTER_NAME)
        self._parameters: dict[str, nn.Parameter] = {}
        for layer in layers:
            for suffix in (A_SUFFIX, B_SUFFIX):
                parameter = unet.get_parameter(f"{layer}{_with_adapter_name(suffix)}")
                parameter.data = parameter.data.to(torch.float32)
                self._parameters[f"{layer}{suffix}"] = parameter

    def compile(self) -> None:
        """Let torch compile the UNet at the first forward pass."""
        self.unet.compile()

    def parameters(self) -> dict[str, nn.Parameter]:
        """The factors."""
        return self._parameters

    def split(self, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Nothing to do: parameters are factors."""
        return dict(tensors)

    def join(self, factors: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Nothing to do: parameters are factors."""
        return dict(factors)

    def predict_noise(self, noisy: Tensor, timesteps: Tensor, conditioning: Conditioning) -> Tensor:
        """Predicted noise [batch, 4, H, W] of noisy latents at timesteps [batch]."""
        return torch.as_tensor(self.unet(noisy, timesteps, **unet_arguments(conditioning))[0])


def _with_adapter_name(suffix: str) -> str:
    return suffix.replace(".weight", f".{ADAPTER_NAME}.weight")
