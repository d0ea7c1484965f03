"""SDXL from a diffusers folder or a single-file checkpoint. Nothing is downloaded, nothing is unpickled."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import torch
from diffusers import AutoencoderKL, StableDiffusionXLPipeline, UNet2DConditionModel
from safetensors import SafetensorError, safe_open
from torch import Tensor
from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from lora_trainer.encoders import BaseModel, Posterior, TextStates
from lora_trainer.exits import TrainingEnded

CONFIG_REPOSITORY: Final = "stabilityai/stable-diffusion-xl-base-1.0"
VERSION: Final = "sdxl_base_v1-0"
WEIGHTS: Final = {
    "unet": "diffusion_pytorch_model",
    "vae": "diffusion_pytorch_model",
    "text_encoder": "model",
    "text_encoder_2": "model",
}
"""Components with weights and the stems of their files."""


class SdxlEncoders:
    """SDXL's VAE encoder and both text encoders, float32: the VAE overflows in float16."""

    def __init__(
        self,
        vae: AutoencoderKL,
        text_encoders: tuple[CLIPTextModel, CLIPTextModelWithProjection],
        tokenizers: tuple[CLIPTokenizer, CLIPTokenizer],
        device: torch.device,
    ) -> None:
        """Encoders that compute on a device and answer on the CPU."""
        self._vae = vae.to(device).eval()
        self._encoders = tuple(encoder.to(device).eval() for encoder in text_encoders)
        self._tokenizers = tokenizers
        self._device = device

    @torch.no_grad()
    def encode_picture(self, pixels: Tensor) -> Posterior:
        """Mean and standard deviation of the VAE's posterior, times its scaling factor."""
        distribution = self._vae.encode(pixels[None].to(self._device)).latent_dist
        factor = float(self._vae.config.scaling_factor)
        return Posterior(distribution.mean[0].cpu() * factor, distribution.std[0].cpu() * factor)

    @torch.no_grad()
    def encode_caption(self, caption: str) -> TextStates:
        """States [77, 2048] and pooled embedding [1280] of SDXL."""
        states, pooled = [], None
        for tokenizer, encoder in zip(self._tokenizers, self._encoders, strict=True):
            length = tokenizer.model_max_length
            ids = tokenizer(caption, padding="max_length", max_length=length, truncation=True, return_tensors="pt")
            output = encoder(ids.input_ids.to(self._device), output_hidden_states=True)
            states.append(output.hidden_states[-2])
            pooled = output[0]
        if pooled is None:
            raise ValueError("SDXL has two text encoders")
        return TextStates(torch.cat(states, dim=-1)[0].cpu(), pooled[0].cpu())


def load_sdxl_folder(folder: Path, dtype: torch.dtype, device: torch.device) -> BaseModel:
    """A folder that diffusers wrote; TrainingEnded("config-invalid") for another model."""
    _refuse(folder, list(_folder_faults(folder)))
    options = {stem: {"subfolder": stem, "variant": _variant(folder, stem)} | _offline() for stem in WEIGHTS}
    encoders = SdxlEncoders(
        AutoencoderKL.from_pretrained(folder, **options["vae"]),
        (
            CLIPTextModel.from_pretrained(folder, **options["text_encoder"]),
            CLIPTextModelWithProjection.from_pretrained(folder, **options["text_encoder_2"]),
        ),
        (
            CLIPTokenizer.from_pretrained(folder, subfolder="tokenizer", local_files_only=True),
            CLIPTokenizer.from_pretrained(folder, subfolder="tokenizer_2", local_files_only=True),
        ),
        device,
    )
    unet = UNet2DConditionModel.from_pretrained(folder, torch_dtype=dtype, **options["unet"])
    return BaseModel(unet, encoders, VERSION, small=False)


def load_sdxl_file(file: Path, dtype: torch.dtype, device: torch.device) -> BaseModel:
    """A checkpoint in the original layout; TrainingEnded("config-invalid") for another model.

    The file has no configuration and no tokenizers: they are read from the folder `<file without suffix>.config`, or
    from the local Hugging Face cache.
    """
    _refuse(file, list(_file_faults(file)))
    config = file.with_suffix(".config")
    try:
        pipeline: Any = StableDiffusionXLPipeline.from_single_file(
            str(file), config=str(config) if config.is_dir() else CONFIG_REPOSITORY, local_files_only=True
        )
    except OSError as error:
        hint = f'run: hf download {CONFIG_REPOSITORY} --include "*.json" "*merges.txt" --local-dir {config}'
        raise TrainingEnded("config-invalid", f"no configuration for {file}: {error}", hint) from error
    encoders = SdxlEncoders(
        pipeline.vae,
        (pipeline.text_encoder, pipeline.text_encoder_2),
        (pipeline.tokenizer, pipeline.tokenizer_2),
        device,
    )
    return BaseModel(pipeline.unet.to(dtype), encoders, VERSION, small=False)


def _offline() -> dict[str, object]:
    return {"local_files_only": True, "use_safetensors": True}


def _variant(folder: Path, component: str) -> str | None:
    return None if (folder / component / f"{WEIGHTS[component]}.safetensors").exists() else "fp16"


def _refuse(path: Path, faults: list[str]) -> None:
    if faults:
        raise TrainingEnded("config-invalid", f"{path}: {'; '.join(faults)}", "name an SDXL 1.0 base model")


def _json(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def _folder_faults(folder: Path) -> Iterator[str]:
    index = _json(folder / "model_index.json")
    if index.get("_class_name") != "StableDiffusionXLPipeline":
        yield f"is no SDXL base model but {index.get('_class_name', 'has no model_index.json')}"
        return
    if _json(folder / "unet" / "config.json").get("addition_embed_type") != "text_time":
        yield "its UNet takes no text_time conditioning"
    if _json(folder / "scheduler" / "scheduler_config.json").get("prediction_type", "epsilon") != "epsilon":
        yield "predicts v; only noise prediction is trained"
    for component, stem in WEIGHTS.items():
        if component not in index or index[component][0] is None:
            yield f"has no {component}"
            continue
        if not any(
            any((folder / component).glob(f"{stem}{rest}"))
            for rest in (".safetensors", ".fp16.safetensors", "*.index.json")
        ):
            yield f"{component} has no safetensors weights (pickle files are not read)"


def _file_faults(file: Path) -> Iterator[str]:
    if file.suffix != ".safetensors":
        yield "is no safetensors file (pickle files are not read)"
        return
    try:
        with safe_open(file, framework="pt") as opened:
            names = set(opened.keys())
            context = _columns(opened, "model.diffusion_model.input_blocks.4.1.transformer_blocks.0.attn2.to_k.weight")
    except (OSError, SafetensorError) as error:
        yield f"cannot be read: {error}"
        return
    if any(name.startswith("cond_stage_model.") for name in names):
        yield "is a Stable Diffusion 1 or 2 model"
    elif not any(name.startswith("conditioner.embedders.1.") for name in names):
        refiner = any(name.startswith("conditioner.embedders.0.model.") for name in names)
        yield "is the SDXL refiner" if refiner else "is no SDXL model: it has no second text encoder"
    elif context is None:
        yield "is no SDXL model: its UNet has no attention at input block 4"
    elif "v_pred" in names:
        yield "predicts v; only noise prediction is trained"


def _columns(opened: Any, name: str) -> int | None:  # noqa: ANN401 - safetensors' handle has no type
    return int(opened.get_slice(name).get_shape()[1]) if name in opened.keys() else None  # noqa: SIM118 - no mapping
