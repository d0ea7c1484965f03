"""A frozen UNet with an adapter: factors A [rank, in] and B [out, rank] per layer, W' = W + alpha / rank * B A."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Final

import torch
from diffusers import UNet2DConditionModel
from torch import Tensor, nn

from lora_trainer.conditioning import Conditioning
from lora_trainer.keyed_random import Purpose, generator

A_SUFFIX: Final = ".lora_A.weight"
B_SUFFIX: Final = ".lora_B.weight"


class AdaptedUnet(ABC):
    """What training needs of a UNet with an adapter. `layers` are diffusers' names of the adapted layers."""

    def __init__(self, unet: UNet2DConditionModel, layers: tuple[str, ...], rank: int, alpha: float) -> None:
        """A UNet, from now on frozen."""
        self.unet = unet.requires_grad_(requires_grad=False)
        self.layers, self.rank, self.alpha = layers, rank, alpha
        self.layers_per_block = int(unet.config.layers_per_block)

    @property
    def scale(self) -> float:
        """What B A is multiplied by."""
        return self.alpha / self.rank

    @abstractmethod
    def parameters(self) -> dict[str, nn.Parameter]:
        """The float32 tensors that are trained, under names of their own."""

    @abstractmethod
    def split(self, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Tensors shaped as `parameters` to one per factor: `<layer>.lora_A.weight`, `<layer>.lora_B.weight`."""

    @abstractmethod
    def join(self, factors: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """The opposite of `split`."""

    @abstractmethod
    def predict_noise(self, noisy: Tensor, timesteps: Tensor, conditioning: Conditioning) -> Tensor:
        """Predicted noise [batch, 4, H, W] of noisy latents at timesteps [batch]."""

    def factors(self) -> dict[str, Tensor]:
        """The adapter as PEFT names it, without a prefix, in the order of the layers."""
        return self.split({name: tensor.detach() for name, tensor in self.parameters().items()})

    @torch.no_grad()
    def load_factors(self, factors: Mapping[str, Tensor]) -> None:
        """Take over values; KeyError or RuntimeError if they belong to other layers."""
        joined = self.join(factors)
        for name, parameter in self.parameters().items():
            parameter.copy_(joined[name])


def initial_factors(unet: nn.Module, layers: tuple[str, ...], rank: int, seed: int) -> dict[str, Tensor]:
    """Factors at step 0, which change nothing: A uniform within 1 / sqrt(in), as kohya's and PEFT's, B zero."""
    factors = {}
    for place, name in enumerate(layers):
        out_features, in_features = unet.get_submodule(name).get_parameter("weight").shape
        bound = 1 / math.sqrt(in_features)
        values = generator(seed, Purpose.ADAPTER, 0, place).uniform(-bound, bound, (rank, in_features))
        factors[f"{name}{A_SUFFIX}"] = torch.from_numpy(values).to(torch.float32)
        factors[f"{name}{B_SUFFIX}"] = torch.zeros(out_features, rank)
    return factors


def unet_arguments(conditioning: Conditioning) -> dict[str, object]:
    """Keyword arguments of diffusers' UNet."""
    return {
        "encoder_hidden_states": conditioning.states,
        "added_cond_kwargs": {"text_embeds": conditioning.pooled, "time_ids": conditioning.time_ids},
        "return_dict": False,
    }
