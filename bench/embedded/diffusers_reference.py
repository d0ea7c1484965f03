"""PyTorch's side of compare-diffusers.mjs: draws with diffusers on request, one JSON line in, one out.

Requests, each with "batch", "cells" (the latent's side) and "layout", a name of LAYOUTS:
- {"kind": "image", "steps", "guidance", "prompt", "seed"} answers {"elapsedMs", "mean"}, the pixels' mean in [0, 1];
- {"kind": "unet", "calls"} answers {"elapsedMs"} of one UNet call with guidance: of `calls` (1 if it is not named) made
  one after the other, divided by their number;
- {"kind": "flops"} answers {"flops"} of one UNet call with guidance.
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
from diffusers import EulerDiscreteScheduler
from pixel_model.networks import SCALING_FACTOR
from pixel_model.schedule import BETA_END, BETA_START, TRAIN_STEPS
from pixel_model.weights import Released, read_release
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

LAYOUTS: Final = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}
CELL_PIXELS: Final = 8
IMAGE_AXES: Final = 4


class Painter:
    """The bundled model in diffusers, once per memory layout."""

    def __init__(self, folder: Path) -> None:
        """Load the released weights as float32."""
        self.layouts: dict[str, Released] = {}
        for name, layout in LAYOUTS.items():
            released = read_release(folder)
            for network in (released.model.unet, released.vae):
                lay_out(network, layout)
            self.layouts[name] = released

    def image(self, request: dict[str, Any]) -> Tensor:
        """Text to image with Euler steps and guidance."""
        batch, cells, layout = int(request["batch"]), int(request["cells"]), str(request["layout"])
        released = self.layouts[layout]
        states, pooled = prompt_states(released, str(request["prompt"]), batch)
        added = {"text_embeds": pooled, "time_ids": time_ids(2 * batch, cells)}
        scheduler = EulerDiscreteScheduler(
            num_train_timesteps=TRAIN_STEPS, beta_start=BETA_START, beta_end=BETA_END, beta_schedule="scaled_linear"
        )
        scheduler.set_timesteps(int(request["steps"]))
        generator = torch.Generator().manual_seed(int(request["seed"]))
        latents = torch.randn((batch, 4, cells, cells), generator=generator) * scheduler.init_noise_sigma
        latents = latents.to(memory_format=LAYOUTS[layout])
        for timestep in scheduler.timesteps:
            doubled = scheduler.scale_model_input(torch.cat([latents, latents]), timestep)
            predicted = released.model.unet(
                doubled, timestep, encoder_hidden_states=states, added_cond_kwargs=added, return_dict=False
            )[0]
            plain, guided = predicted.chunk(2)
            noise = plain + float(request["guidance"]) * (guided - plain)
            latents = scheduler.step(noise, timestep, latents, return_dict=False)[0]
        decoded = released.vae.decode(latents / SCALING_FACTOR)
        return decoded.add(1).div(2).clamp(0, 1).permute(0, 2, 3, 1).contiguous()

    def unet_ms(self, request: dict[str, Any]) -> float:
        """Time of one UNet call with guidance, twice `batch` rows, in milliseconds: the mean of `calls` in a row."""
        rows, cells, layout = 2 * int(request["batch"]), int(request["cells"]), str(request["layout"])
        calls = int(request.get("calls", 1))
        if calls < 1:
            raise ValueError(f"calls must be at least 1, not {calls}")
        released = self.layouts[layout]
        states, pooled = prompt_states(released, "a red bird", int(request["batch"]))
        added = {"text_embeds": pooled, "time_ids": time_ids(rows, cells)}
        sample = torch.randn(rows, 4, cells, cells).to(memory_format=LAYOUTS[layout])
        timestep = torch.tensor(500)
        unet = released.model.unet
        started = time.perf_counter()
        for _ in range(calls):
            unet(sample, timestep, encoder_hidden_states=states, added_cond_kwargs=added, return_dict=False)
        return (time.perf_counter() - started) * 1000 / calls

    def answer(self, request: dict[str, Any]) -> dict[str, float]:
        """Serve one request."""
        if request["kind"] == "flops":
            with FlopCounterMode(display=False) as counter:
                self.unet_ms({**request, "calls": 1})
            return {"flops": counter.get_total_flops()}
        if request["kind"] == "unet":
            return {"elapsedMs": self.unet_ms(request)}
        started = time.perf_counter()
        image = self.image(request)
        return {"elapsedMs": (time.perf_counter() - started) * 1000, "mean": float(image.mean())}


def prompt_states(released: Released, prompt: str, batch: int) -> tuple[Tensor, Tensor]:
    """Token states and pooled embedding, `batch` times empty, then `batch` times the prompt."""
    ids = torch.from_numpy(np.stack([released.tokenizer.encode(""), released.tokenizer.encode(prompt)]))
    states, pooled = released.model.text(ids)
    return states.repeat_interleave(batch, dim=0), pooled.repeat_interleave(batch, dim=0)


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
