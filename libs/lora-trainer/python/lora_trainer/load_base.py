"""Loading the base model of a request."""

from __future__ import annotations

import torch
from safetensors import SafetensorError

from lora_trainer.bundled_base import bundled_weights, load_bundled
from lora_trainer.encoders import BaseModel
from lora_trainer.exits import TrainingEnded
from lora_trainer.pictures import sha256_of
from lora_trainer.request import BaseRef
from lora_trainer.sdxl_base import load_sdxl_file, load_sdxl_folder


def load_base(base: BaseRef, dtype: torch.dtype, device: torch.device) -> BaseModel:
    """The model; TrainingEnded("config-invalid") if it is missing, another, or no SDXL model.

    The UNet comes in `dtype` on the CPU, the encoders in float32 on `device`.
    """
    identity = {
        "bundled": bundled_weights(base.path),
        "sdxl-folder": base.path / "model_index.json",
        "sdxl-file": base.path,
    }[base.kind]
    try:
        if sha256_of(identity) != base.sha256:
            raise TrainingEnded("config-invalid", f"{identity} is not the planned file", "plan a new run")
        if base.kind == "bundled":
            model = load_bundled(base.path)
            model.unet.to(dtype)
            return model
        return (load_sdxl_folder if base.kind == "sdxl-folder" else load_sdxl_file)(base.path, dtype, device)
    except torch.cuda.OutOfMemoryError:
        raise
    except (OSError, SafetensorError, ValueError, KeyError, RuntimeError) as error:
        text = f"{base.path} cannot be loaded: {type(error).__name__}: {error}"
        raise TrainingEnded("config-invalid", text, "check the files of the base model") from error
