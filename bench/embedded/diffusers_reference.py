"""PyTorch's side of compare-diffusers.mjs: draws with diffusers on request, one JSON line in, one out.

Requests: {"kind": "image" | "unet", "batch", "cells", "steps", "guidance", "layout", "prompt"} answer {"elapsedMs"};
{"kind": "flops", …} answers {"flops"} of one UNet call with guidance. `cells` is the latent's side.
Settings that make diffusers fast on a CPU are on: inference mode, a fixed number of threads, either memory layout,
denoising loop without a pipeline's checks, one UNet call for both halves of guidance.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any, Final

import diffusers
import numpy as np
import torch
from diffusers import EulerDiscreteScheduler, UNet2DConditionModel
from pixel_model.networks import Denoiser, ModelSizes, PixelVae
from pixel_model.tokenizer import Tokenizer
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

LAYOUTS: Final = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}
CELL_PIXELS: Final = 8
IMAGE_AXES: Final = 4


class Painter:
    """The bundled model in diffusers, once per memory layout."""

    def __init__(self, folder: Path) -> None:
        """Load the released weights as float32."""
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        vocabulary: dict[str, Any] = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
        config, self.schedule = manifest["config"], manifest["schedule"]
        self.scaling = float(config["scalingFactor"])
        sizes = ModelSizes(
            text_width=config["textWidths"][0],
            text_width_2=config["textWidths"][1],
            text_layers=config["textLayers"],
            text_heads=config["textHeads"],
            unet_channels=tuple(config["unetChannels"]),
            unet_heads=tuple(config["unetHeads"]),
            norm_groups=config["normGroups"],
            time_embed_width=config["additionTimeEmbedDim"],
            vae_channels=tuple(config["vaeChannels"]),
        )
        tokens = vocabulary["tokens"]
        self.tokenizer = Tokenizer(tokens)
        weights = {name: tensor.float() for name, tensor in load_file(folder / "pixel-sprites.safetensors").items()}
        self.unets: dict[str, UNet2DConditionModel] = {}
        self.vaes: dict[str, PixelVae] = {}
        for name, layout in LAYOUTS.items():
            denoiser = Denoiser(len(tokens), sizes).eval()
            parts = {("text." if key.startswith("text_encoder") else "") + key: value for key, value in weights.items()}
            missing = denoiser.load_state_dict(
                {k: v for k, v in parts.items() if not k.startswith("vae.")}, strict=False
            )
            absent = [key for key in missing.missing_keys if not key.endswith("position_ids")]
            if absent or missing.unexpected_keys:
                message = f"weights do not fit: missing {absent}, unexpected {missing.unexpected_keys}"
                raise ValueError(message)
            vae = PixelVae(sizes.vae_channels).eval()
            vae.load_state_dict(
                {key.removeprefix("vae."): value for key, value in weights.items() if key.startswith("vae.")}
            )
            for network in (denoiser.unet, vae):
                lay_out(network, layout)
            self.unets[name], self.vaes[name] = denoiser.unet, vae
            self.text = denoiser.text

    def prompts(self, prompt: str, batch: int) -> tuple[Tensor, Tensor]:
        """Token states and pooled embedding, `batch` times empty, then `batch` times the prompt."""
        ids = torch.from_numpy(np.stack([self.tokenizer.encode(""), self.tokenizer.encode(prompt)]))
        states, pooled = self.text(ids)
        return states.repeat_interleave(batch, dim=0), pooled.repeat_interleave(batch, dim=0)

    def image(self, request: dict[str, Any]) -> Tensor:
        """Text to image with Euler steps and guidance."""
        batch, cells, layout = int(request["batch"]), int(request["cells"]), str(request["layout"])
        unet = self.unets[layout]
        states, pooled = self.prompts(str(request["prompt"]), batch)
        added = {"text_embeds": pooled, "time_ids": time_ids(2 * batch, cells)}
        scheduler = EulerDiscreteScheduler(
            num_train_timesteps=self.schedule["trainTimesteps"],
            beta_start=self.schedule["betaStart"],
            beta_end=self.schedule["betaEnd"],
            beta_schedule="scaled_linear",
        )
        scheduler.set_timesteps(int(request["steps"]))
        generator = torch.Generator().manual_seed(int(request["seed"]))
        latents = torch.randn((batch, 4, cells, cells), generator=generator) * scheduler.init_noise_sigma
        latents = latents.to(memory_format=LAYOUTS[layout])
        for timestep in scheduler.timesteps:
            doubled = scheduler.scale_model_input(torch.cat([latents, latents]), timestep)
            predicted = unet(
                doubled, timestep, encoder_hidden_states=states, added_cond_kwargs=added, return_dict=False
            )[0]
            plain, guided = predicted.chunk(2)
            noise = plain + float(request["guidance"]) * (guided - plain)
            latents = scheduler.step(noise, timestep, latents, return_dict=False)[0]
        return (
            self.vaes[layout].decode(latents / self.scaling).add(1).div(2).clamp(0, 1).permute(0, 2, 3, 1).contiguous()
        )

    def unet_ms(self, request: dict[str, Any]) -> float:
        """Time of one UNet call with guidance, twice `batch` rows, in milliseconds."""
        rows, cells, layout = 2 * int(request["batch"]), int(request["cells"]), str(request["layout"])
        states, pooled = self.prompts("a red bird", int(request["batch"]))
        added = {"text_embeds": pooled, "time_ids": time_ids(rows, cells)}
        sample = torch.randn(rows, 4, cells, cells).to(memory_format=LAYOUTS[layout])
        timestep = torch.tensor(500)
        started = time.perf_counter()
        self.unets[layout](sample, timestep, encoder_hidden_states=states, added_cond_kwargs=added, return_dict=False)
        return (time.perf_counter() - started) * 1000

    def answer(self, request: dict[str, Any]) -> dict[str, float]:
        """Serve one request."""
        if request["kind"] == "flops":
            with FlopCounterMode(display=False) as counter:
                self.unet_ms(request)
            return {"flops": counter.get_total_flops()}
        if request["kind"] == "unet":
            return {"elapsedMs": self.unet_ms(request)}
        started = time.perf_counter()
        image = self.image(request)
        return {"elapsedMs": (time.perf_counter() - started) * 1000, "mean": float(image.mean())}


def lay_out(network: nn.Module, layout: torch.memory_format) -> None:
    """Store a network's convolution weights in a memory layout."""
    for weight in network.parameters():
        if weight.ndim == IMAGE_AXES:
            weight.data = weight.data.contiguous(memory_format=layout)


def time_ids(rows: int, cells: int) -> Tensor:
    """SDXL's micro-conditioning for an image that fills its frame."""
    side = float(cells * CELL_PIXELS)
    return torch.tensor([[side, side, 0.0, 0.0, side, side]]).repeat(rows, 1)


def main() -> None:
    """Answer requests until the input ends."""
    folder, threads = Path(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    painter = Painter(folder)
    versions = {"torch": torch.__version__, "diffusers": diffusers.__version__, "threads": torch.get_num_threads()}
    print(json.dumps(versions), flush=True)
    with torch.inference_mode():
        for line in sys.stdin:
            print(json.dumps(painter.answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
