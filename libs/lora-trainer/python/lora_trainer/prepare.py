"""Everything up to the first update: base model, cached set, adapter, checkpoint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from lora_trainer.adapted_unet import AdaptedUnet, initial_factors
from lora_trainer.cache import Cache, build_cache
from lora_trainer.encoders import BaseModel
from lora_trainer.exits import TrainingEnded
from lora_trainer.factored_unet import FactoredUnet
from lora_trainer.layers import target_layers
from lora_trainer.load_base import load_base
from lora_trainer.merged_unet import MergedUnet
from lora_trainer.noise_error import DTYPES, NoiseError
from lora_trainer.noise_schedule import alphas_cumprod, loss_weights
from lora_trainer.pictures import check_dataset
from lora_trainer.progress import Progress
from lora_trainer.request import TrainRequest
from lora_trainer.update import TrainState, new_state


@dataclass(frozen=True)
class Prepared:
    """What the loop works on. `weights` [1000] weigh errors by timestep."""

    state: TrainState
    cache: Cache
    noise_error: NoiseError
    weights: Tensor
    base_version: str
    device: torch.device


def prepare(request: TrainRequest, progress: Progress, check_stop: Callable[[], None]) -> Prepared:
    """Load, cache, and put a new adapter on; the encoders are let go. TrainingEnded if something does not fit."""
    training = request.training
    device = torch.device(training.device)
    if device.type == "cuda" and not torch.cuda.is_available():
        raise TrainingEnded("config-invalid", "no CUDA device is available", "check the driver, or set device to cpu")
    torch.set_num_threads(training.threads)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    progress.enter("load", 0)
    check_dataset(request.dataset)
    base = load_base(request.base, DTYPES[training.precision], device)
    progress.enter("cache", 0)

    def moved() -> None:
        progress.move()
        check_stop()

    cache = build_cache(base.encoders, request.dataset, moved)
    unet = adapted_unet(base, request, device)
    alphas = alphas_cumprod().to(device)
    memory_format = torch.channels_last if training.channels_last else torch.contiguous_format
    return Prepared(
        new_state(unet, training),
        cache,
        NoiseError(unet, alphas, training.precision, memory_format),
        loss_weights(alphas, training.min_snr_gamma),
        base.version,
        device,
    )


def adapted_unet(base: BaseModel, request: TrainRequest, device: torch.device) -> AdaptedUnet:
    """The base's UNet on the device, with an adapter at step 0."""
    training, plan = request.training, request.adapter
    unet = base.unet.to(device)
    if training.channels_last:
        unet.to(memory_format=torch.channels_last)
    layers = target_layers(unet, plan.targets)
    factors = initial_factors(unet, layers, plan.rank, request.seed)
    adapted: AdaptedUnet
    if base.small and training.precision == "float32" and not training.gradient_checkpointing and not training.compile:
        adapted = MergedUnet(unet, layers, plan.rank, plan.alpha)
    else:
        adapted = FactoredUnet(unet, layers, plan.rank, plan.alpha)
        if training.gradient_checkpointing:
            unet.enable_gradient_checkpointing()
            unet.train()
        if training.compile:
            adapted.compile()
    adapted.load_factors(factors)
    return adapted
