"""What the header of an exported adapter says: kohya's keys and ModelSpec 1.0.1. Every value is a string."""

from __future__ import annotations

import hashlib
import json
import math
from datetime import datetime, timezone
from typing import Final

from lora_trainer.request import TrainRequest

ULID_DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MIXED_PRECISION: Final = {"float32": "no", "float16": "fp16", "bfloat16": "bf16"}


def started_at(run_id: str) -> float:
    """Seconds since 1970 of a ULID: its first ten digits count milliseconds. The same at every resume."""
    milliseconds = 0
    for digit in run_id[:10]:
        milliseconds = milliseconds * 32 + ULID_DIGITS.index(digit)
    return milliseconds / 1000


def adapter_metadata(request: TrainRequest, step: int, base_version: str, data: bytes) -> dict[str, str]:
    """Metadata of the adapter after `step` updates, whose tensors are `data`.

    What the request says goes before what is derived here, except the facts about this file.
    """
    digest = hashlib.sha256(data).hexdigest()
    facts = {
        "ss_network_module": "networks.lora",
        "ss_network_dim": request.adapter.rank,
        "ss_network_alpha": f"{request.adapter.alpha:g}",
        "ss_steps": step,
        "sshs_model_hash": digest,
        "modelspec.hash_sha256": f"0x{digest}",
    }
    values = _kohya(request, step, base_version) | _model_spec(request, base_version) | request.metadata | facts
    return {name: str(value) for name, value in values.items()}


def _kohya(request: TrainRequest, step: int, base_version: str) -> dict[str, object]:
    training, dataset = request.training, request.dataset
    updates_per_epoch = math.ceil(len(dataset.train) / (training.batch_size * training.accumulation))
    return {
        "ss_v2": False,
        "ss_base_model_version": base_version,
        "ss_network_args": json.dumps({"targets": request.adapter.targets}),
        "ss_session_id": request.run_id,
        "ss_training_started_at": started_at(request.run_id),
        "ss_output_name": dataset.name,
        "ss_sd_model_name": request.base.path.name,
        "ss_new_sd_model_hash": request.base.sha256,
        "ss_learning_rate": training.learning_rate,
        "ss_unet_lr": training.learning_rate,
        "ss_text_encoder_lr": None,
        "ss_num_train_images": len(dataset.train),
        "ss_num_validation_images": len(dataset.validation),
        "ss_num_reg_images": 0,
        "ss_num_batches_per_epoch": math.ceil(len(dataset.train) / training.batch_size),
        "ss_num_epochs": math.ceil(training.steps / updates_per_epoch),
        "ss_epoch": math.ceil(step / updates_per_epoch),
        "ss_max_train_steps": training.steps,
        "ss_total_batch_size": training.batch_size,
        "ss_gradient_accumulation_steps": training.accumulation,
        "ss_gradient_checkpointing": training.gradient_checkpointing,
        "ss_optimizer": f"torch.optim.adamw.AdamW(weight_decay={training.weight_decay})",
        "ss_lr_scheduler": "constant_with_warmup" if training.schedule == "constant" else "cosine",
        "ss_lr_warmup_steps": training.warmup_steps,
        "ss_max_grad_norm": training.clip_norm,
        "ss_mixed_precision": MIXED_PRECISION[training.precision],
        "ss_seed": request.seed,
        "ss_noise_offset": training.noise_offset,
        "ss_min_snr_gamma": training.min_snr_gamma,
        "ss_caption_dropout_rate": training.caption_dropout,
        "ss_loss_type": "l2",
        "ss_cache_latents": True,
        "ss_clip_skip": None,
        "ss_prior_loss_weight": 1.0,
        "ss_resolution": f"({dataset.width}, {dataset.height})",
    }


def _model_spec(request: TrainRequest, base_version: str) -> dict[str, str]:
    dataset = request.dataset
    base = "stable-diffusion-xl-v1-base" if base_version.startswith("sdxl") else base_version
    trigger = {} if dataset.trigger is None else {"modelspec.trigger_phrase": dataset.trigger}
    return trigger | {
        "modelspec.sai_model_spec": "1.0.1",
        "modelspec.architecture": f"{base}/lora",
        "modelspec.implementation": "https://github.com/Stability-AI/generative-models",
        "modelspec.title": dataset.name,
        "modelspec.resolution": f"{dataset.width}x{dataset.height}",
        "modelspec.date": datetime.fromtimestamp(started_at(request.run_id), timezone.utc).isoformat(),
        "modelspec.prediction_type": "epsilon",
    }
