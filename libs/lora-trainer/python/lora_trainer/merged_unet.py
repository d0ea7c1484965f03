"""The adapter of a small model: weights are merged before every forward pass, all layers of one shape at once.

Small models spend their time on the number of operations, not on their size. W + s B A for a stack of layers is one
operation, the UNet then runs as it would without an adapter, and the optimiser sees two tensors per shape.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import torch
from diffusers import UNet2DConditionModel
from torch import Tensor, nn
from torch.func import functional_call

from lora_trainer.adapted_unet import A_SUFFIX, B_SUFFIX, AdaptedUnet, unet_arguments
from lora_trainer.conditioning import Conditioning


class MergedUnet(AdaptedUnet):
    """Float32 only, and without gradient checkpointing: that would run the UNet again without the merged weights."""

    def __init__(self, unet: UNet2DConditionModel, layers: tuple[str, ...], rank: int, alpha: float) -> None:
        """A UNet, frozen, with factors that are zero."""
        super().__init__(unet, layers, rank, alpha)
        self._stacks: defaultdict[str, list[str]] = defaultdict(list)
        for layer in layers:
            out_features, in_features = unet.get_submodule(layer).get_parameter("weight").shape
            self._stacks[f"{out_features}x{in_features}"].append(layer)
        self._base: dict[str, Tensor] = {}
        self._parameters: dict[str, nn.Parameter] = {}
        for stack, names in self._stacks.items():
            weights = torch.stack([unet.get_submodule(name).get_parameter("weight") for name in names])
            self._base[stack] = weights
            count, out_features, in_features = weights.shape
            for suffix, shape in ((A_SUFFIX, (count, rank, in_features)), (B_SUFFIX, (count, out_features, rank))):
                self._parameters[stack + suffix] = nn.Parameter(weights.new_zeros(shape))

    def parameters(self) -> dict[str, nn.Parameter]:
        """Stacks A [layers, rank, in] and B [layers, out, rank] of each shape."""
        return self._parameters

    def split(self, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Stacks to factors."""
        places = {name: (stack, place) for stack, names in self._stacks.items() for place, name in enumerate(names)}
        return {
            f"{layer}{suffix}": tensors[places[layer][0] + suffix][places[layer][1]]
            for layer in self.layers
            for suffix in (A_SUFFIX, B_SUFFIX)
        }

    def join(self, factors: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Factors to stacks."""
        return {
            stack + suffix: torch.stack([factors[f"{name}{suffix}"] for name in names])
            for stack, names in self._stacks.items()
            for suffix in (A_SUFFIX, B_SUFFIX)
        }

    def merged_weights(self) -> dict[str, Tensor]:
        """W' of every adapted layer, under the names of the UNet's parameters."""
        weights: dict[str, Tensor] = {}
        for stack, names in self._stacks.items():
            a, b = self._parameters[stack + A_SUFFIX], self._parameters[stack + B_SUFFIX]
            merged = torch.baddbmm(self._base[stack], b, a, alpha=self.scale)
            weights |= {f"{name}.weight": weight for name, weight in zip(names, merged.unbind(), strict=True)}
        return weights

    def predict_noise(self, noisy: Tensor, timesteps: Tensor, conditioning: Conditioning) -> Tensor:
        """Predicted noise [batch, 4, H, W] of noisy latents at timesteps [batch]."""
        arguments = unet_arguments(conditioning)
        return torch.as_tensor(functional_call(self.unet, self.merged_weights(), (noisy, timesteps), arguments)[0])
