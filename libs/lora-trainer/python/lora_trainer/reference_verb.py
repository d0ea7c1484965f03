"""`reference`: what the trainer's UNet predicts under an exported adapter, for engines to compare with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import torch
from torch import Tensor

from lora_trainer.adapted_unet import AdaptedUnet
from lora_trainer.conditioning import Conditioning, time_ids
from lora_trainer.durable_files import replace_durably, safetensors_bytes
from lora_trainer.keyed_random import Purpose, normal
from lora_trainer.load_base import load_base
from lora_trainer.prepare import adapted_unet
from lora_trainer.read_kohya import read_kohya
from lora_trainer.request import TrainRequest, read_request

TIMESTEPS: Final = (40, 940)


@torch.no_grad()
def write_reference(request_path: Path, adapter: Path, output: Path) -> None:
    """Write UNet inputs and predictions of two random latents of the set's size, float32.

    `sample`, `timestep`, `encoder_hidden_states`, `text_embeds`, `time_ids` are the inputs, `eps` what is predicted
    under the adapter as the file has it (strength 1), `base_eps` without. TrainingEnded if something cannot be read.
    """
    request = read_request(request_path)
    device = torch.device(request.training.device)
    base = load_base(request.base, torch.float32, device)
    unet = adapted_unet(base, request, device)
    inputs = _inputs(request, unet, base.encoders.encode_caption(request.dataset.train[0].caption).states)
    tensors = inputs | {"base_eps": _predict(unet, inputs, device)}
    unet.load_factors(read_kohya(adapter, unet))
    tensors["eps"] = _predict(unet, inputs, device)
    replace_durably(output, safetensors_bytes(tensors, {"adapter": adapter.name}))


def _inputs(request: TrainRequest, unet: AdaptedUnet, example: Tensor) -> dict[str, Tensor]:
    batch, height, width = len(TIMESTEPS), request.dataset.height // 8, request.dataset.width // 8
    pooled = int(unet.unet.config.projection_class_embeddings_input_dim) - 6 * int(
        unet.unet.config.addition_time_embed_dim
    )
    shapes = {
        "sample": (batch, 4, height, width),
        "encoder_hidden_states": (batch, *example.shape),
        "text_embeds": (batch, pooled),
    }
    random = {
        name: normal(request.seed, Purpose.REFERENCE, 0, place, shape)
        for place, (name, shape) in enumerate(shapes.items())
    }
    sizes = time_ids(request.dataset.width, request.dataset.height, batch, torch.device("cpu"))
    return random | {"timestep": torch.tensor(TIMESTEPS, dtype=torch.float32), "time_ids": sizes.contiguous()}


def _predict(unet: AdaptedUnet, inputs: dict[str, Tensor], device: torch.device) -> Tensor:
    placed = {name: tensor.to(device) for name, tensor in inputs.items()}
    conditioning = Conditioning(placed["encoder_hidden_states"], placed["text_embeds"], placed["time_ids"])
    return unet.predict_noise(placed["sample"], placed["timestep"], conditioning).float().cpu()
