"""Reading an adapter file in kohya's form."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from lora_trainer.adapted_unet import A_SUFFIX, B_SUFFIX, AdaptedUnet
from lora_trainer.exits import TrainingEnded
from lora_trainer.layers import kohya_stem


def read_kohya(path: Path, unet: AdaptedUnet) -> dict[str, Tensor]:
    """Factors, float32, of an adapter with this UNet's layers, rank and alpha; TrainingEnded("config-invalid") else."""
    tensors = load_file(path)
    factors: dict[str, Tensor] = {}
    faults = []
    for layer in unet.layers:
        stem = kohya_stem(layer, unet.layers_per_block)
        down, up = (tensors.pop(f"{stem}.lora_{part}.weight", None) for part in ("down", "up"))
        alpha = tensors.pop(f"{stem}.alpha", None)
        if down is None or up is None or alpha is None:
            faults.append(f"{stem} is not whole")
        elif down.shape[0] != unet.rank or float(alpha) != unet.alpha:
            faults.append(f"{stem} has rank {down.shape[0]} and alpha {float(alpha)}, not {unet.rank} and {unet.alpha}")
        else:
            factors |= {layer + A_SUFFIX: down.to(torch.float32), layer + B_SUFFIX: up.to(torch.float32)}
    faults += [f"{name} belongs to no layer" for name in tensors]
    if faults:
        raise TrainingEnded("config-invalid", f"{path}: {'; '.join(faults[:20])}", "name an adapter of this request")
    return factors
