"""The adapter as files that others read: kohya's form for ComfyUI and A1111, diffusers' (PEFT's) for diffusers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import torch
from peft import LoraConfig
from torch import Tensor

from lora_trainer.adapted_unet import A_SUFFIX, B_SUFFIX
from lora_trainer.adapter_metadata import adapter_metadata
from lora_trainer.durable_files import safetensors_bytes, tensor_bytes
from lora_trainer.layers import TARGET_SETS, kohya_stem
from lora_trainer.request import TrainRequest

KOHYA_FILE: Final = "adapter.safetensors"
DIFFUSERS_FILE: Final = "pytorch_lora_weights.safetensors"
"""The name that diffusers' `load_lora_weights(folder)` looks for."""


@dataclass(frozen=True)
class TrainedAdapter:
    """Factors (float32, PEFT's names without a prefix) after `step` updates, and what they belong to."""

    factors: Mapping[str, Tensor]
    step: int
    base_version: str
    layers_per_block: int

    @property
    def layers(self) -> list[str]:
        """Names of the adapted layers."""
        return [name.removesuffix(A_SUFFIX) for name in self.factors if name.endswith(A_SUFFIX)]


def kohya_tensors(adapter: TrainedAdapter, alpha: float) -> dict[str, Tensor]:
    """`lora_down`, `lora_up` and `alpha` of every layer, float16."""
    tensors: dict[str, Tensor] = {}
    for layer in adapter.layers:
        stem = kohya_stem(layer, adapter.layers_per_block)
        tensors[f"{stem}.lora_down.weight"] = adapter.factors[layer + A_SUFFIX].half()
        tensors[f"{stem}.lora_up.weight"] = adapter.factors[layer + B_SUFFIX].half()
        tensors[f"{stem}.alpha"] = torch.tensor(alpha, dtype=torch.float16)
    return tensors


def kohya_file(adapter: TrainedAdapter, request: TrainRequest) -> bytes:
    """The file that ComfyUI reads."""
    tensors = kohya_tensors(adapter, request.adapter.alpha)
    metadata = adapter_metadata(request, adapter.step, adapter.base_version, tensor_bytes(tensors))
    return safetensors_bytes(tensors, metadata)


def diffusers_file(adapter: TrainedAdapter, request: TrainRequest) -> bytes:
    """The file that diffusers reads; rank and alpha stand in its metadata, float16."""
    tensors = {f"unet.{name}": tensor.half() for name, tensor in adapter.factors.items()}
    plan = request.adapter
    config = LoraConfig(
        r=plan.rank,
        lora_alpha=plan.alpha,  # type: ignore[arg-type] # PEFT divides alpha by rank as it is
        target_modules=list(TARGET_SETS[plan.targets]),
    ).to_dict()  # type: ignore[no-untyped-call]
    metadata = adapter_metadata(request, adapter.step, adapter.base_version, tensor_bytes(tensors))
    # kohya's keys would make readers take this for kohya's form.
    metadata = {name: value for name, value in metadata.items() if name.startswith("modelspec.")}
    metadata["format"] = "pt"
    metadata["lora_adapter_metadata"] = json.dumps(
        {f"unet.{key}": value for key, value in config.items()}, default=sorted, sort_keys=True
    )
    return safetensors_bytes(tensors, metadata)
