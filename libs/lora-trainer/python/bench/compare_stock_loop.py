"""Seconds per update of this trainer and of the loop that diffusers' own SDXL LoRA script runs, in one process.

The peer does what examples/text_to_image/train_text_to_image_lora_sdxl.py does per update: read and encode the
pictures, encode the captions, PEFT's layers, accelerate, AdamW as torch chooses it, the loss read back twice. Both get
the same layers, first factors, pictures, noise and timesteps, so their losses have to be equal. Rounds alternate.

    python compare_stock_loop.py <request.json> --output record.json
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import torch
from accelerate import Accelerator
from diffusers import DDPMScheduler
from diffusers.optimization import get_scheduler
from diffusers.training_utils import compute_snr
from lora_trainer.batch import batch_of
from lora_trainer.conditioning import time_ids
from lora_trainer.events import EventStream
from lora_trainer.factored_unet import FactoredUnet
from lora_trainer.layers import target_layers
from lora_trainer.load_base import load_base
from lora_trainer.pictures import read_pixels
from lora_trainer.prepare import Prepared, prepare
from lora_trainer.progress import Progress
from lora_trainer.request import TrainRequest, read_request
from lora_trainer.update import update
from torch import Tensor, nn

CPU = torch.device("cpu")
Step = Callable[[int], tuple[float, float]]


@dataclass(frozen=True)
class Draw:
    """What the peer would draw itself."""

    noise: Tensor
    timesteps: Tensor
    captions: list[str]
    pictures: tuple[str, ...]


def draw_of(request: TrainRequest, run: Prepared, step: int) -> Draw:
    """The pictures, captions, noise and timesteps that this trainer looks up for a step."""
    batch = batch_of(request, run.cache, step, 0, CPU)
    empty = run.cache.texts[""].states
    captions = {picture.id: picture.caption for picture in request.dataset.train}
    shown = [
        "" if torch.equal(states, empty) else captions[picture]
        for states, picture in zip(batch.conditioning.states, batch.pictures, strict=True)
    ]
    return Draw(batch.noise, batch.timesteps, shown, batch.pictures)


def own_step(request: TrainRequest, run: Prepared) -> Step:
    """An update of this trainer: loss and seconds."""

    def step(number: int) -> tuple[float, float]:
        started = time.perf_counter()
        batch = batch_of(request, run.cache, number, 0, CPU)
        report = update(run.state, request.training, run.noise_error, run.weights, [batch], lambda loss: loss)
        return report.loss or float("nan"), time.perf_counter() - started

    return step


def stock_step(request: TrainRequest, run: Prepared) -> Step:
    """An update of the peer: loss and seconds, starting from the factors that the trainer has now."""
    training = request.training
    base = load_base(request.base, torch.float32, CPU)
    adapted = FactoredUnet(
        base.unet, target_layers(base.unet, request.adapter.targets), request.adapter.rank, request.adapter.alpha
    )
    adapted.load_factors(run.state.unet.factors())
    parameters: list[nn.Parameter] = list(adapted.parameters().values())
    accelerator = Accelerator(cpu=True)
    optimizer = torch.optim.AdamW(parameters, lr=training.learning_rate, weight_decay=training.weight_decay)
    schedule = get_scheduler("constant", optimizer=optimizer)
    unet, optimizer, schedule = accelerator.prepare(base.unet, optimizer, schedule)
    scheduler = DDPMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear")
    pictures = {picture.id: picture for picture in request.dataset.train}
    sizes = time_ids(request.dataset.width, request.dataset.height, training.batch_size, CPU)

    def step(number: int) -> tuple[float, float]:
        draw = draw_of(request, run, number)
        started = time.perf_counter()
        pixels = [read_pixels(request.dataset, pictures[picture]) for picture in draw.pictures]
        with accelerator.accumulate(unet):
            latents = torch.stack([base.encoders.encode_picture(one).mean for one in pixels])
            texts = [base.encoders.encode_caption(caption) for caption in draw.captions]
            noisy = scheduler.add_noise(latents, draw.noise, draw.timesteps)
            added = {"time_ids": sizes, "text_embeds": torch.stack([text.pooled for text in texts])}
            states = torch.stack([text.states for text in texts])
            predicted = unet(noisy, draw.timesteps, states, added_cond_kwargs=added).sample
            errors = nn.functional.mse_loss(predicted, draw.noise, reduction="none").mean(dim=(1, 2, 3))
            if training.min_snr_gamma is not None:
                snr = compute_snr(scheduler, draw.timesteps)
                errors = errors * snr.clamp(max=training.min_snr_gamma) / snr
            loss = errors.mean()
            accelerator.gather(loss.repeat(training.batch_size)).mean().item()
            accelerator.backward(loss)
            if accelerator.sync_gradients:
                accelerator.clip_grad_norm_(parameters, training.clip_norm)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
        return loss.detach().item(), time.perf_counter() - started

    return step


def compare(request: TrainRequest, rounds: int, updates: int) -> dict[str, object]:
    """Alternating rounds; the first one warms up and does not count."""
    with tempfile.TemporaryDirectory() as folder:
        progress = Progress(EventStream(request.run_id, Path(folder), None))
        run = prepare(request, progress, lambda: None)
    sides = {"stock": stock_step(request, run), "own": own_step(request, run)}
    samples: dict[str, list[list[float]]] = {name: [] for name in sides}
    losses: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        names = list(sides) if number % 2 == 0 else list(reversed(sides))
        for name in names:
            made = [sides[name](number * updates + place) for place in range(updates)]
            samples[name].append([seconds for _, seconds in made])
            losses[name] += [loss for loss, _ in made]
    kept = {name: rows[1:] for name, rows in samples.items()}
    ratios = [median(stock) / median(own) for stock, own in zip(kept["stock"], kept["own"], strict=True)]
    pairs = zip(losses["stock"], losses["own"], strict=True)
    return {
        "ratio": median(ratios),
        "ratios": ratios,
        "largestRelativeLossDifference": max(abs(stock - own) / stock for stock, own in pairs),
        "batchSize": request.training.batch_size,
        "pixels": [request.dataset.width, request.dataset.height],
        "threads": torch.get_num_threads(),
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
        "processors": os.cpu_count(),
        "loadAverage": list(os.getloadavg()),
        "secondsPerUpdate": samples,
        "losses": losses,
    }


def main() -> None:
    """Measure and write the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("request", type=Path, help="request.json; warmupSteps must be 0, accumulation 1")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--updates", type=int, default=20, help="updates of each side per round")
    arguments = parser.parse_args()
    request = read_request(arguments.request)
    if request.training.warmup_steps != 0 or request.training.accumulation != 1:
        parser.error("the request must have warmupSteps 0 and accumulation 1")
    record = compare(request, arguments.rounds, arguments.updates)
    arguments.output.write_text(json.dumps(record, indent=1) + "\n")
    print(f"{record['ratio']:.2f} x the updates per second of diffusers' script (median of {arguments.rounds} rounds)")


if __name__ == "__main__":
    main()
