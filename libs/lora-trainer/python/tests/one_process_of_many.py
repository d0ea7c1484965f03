"""Trains a part of each update in one process of several, whose gradients Hugging Face accelerate adds up.

Started with RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT, as every launcher of accelerate and torch does:

    python one_process_of_many.py <request.json> <updates> <factors.safetensors>
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from accelerate import Accelerator
from lora_trainer.batch import batch_of
from lora_trainer.events import EventStream
from lora_trainer.prepare import prepare
from lora_trainer.progress import Progress
from lora_trainer.request import read_request
from lora_trainer.update import update
from safetensors.torch import save_file


def main() -> None:
    """Make the updates; the first process writes the factors."""
    request = read_request(Path(sys.argv[1]))
    accelerator = Accelerator(cpu=True)
    rank, processes = accelerator.process_index, accelerator.num_processes
    folder = request.run_folder / f"process-{rank}"
    folder.mkdir()
    run = prepare(request, Progress(EventStream(request.run_id, folder, None)), lambda: None)

    def add_up(parameter: torch.Tensor) -> None:
        if parameter.grad is not None:
            parameter.grad.copy_(accelerator.reduce(parameter.grad, reduction="sum"))

    for parameter in run.state.unet.parameters().values():
        parameter.register_post_accumulate_grad_hook(add_up)  # type: ignore[no-untyped-call]
    for _ in range(int(sys.argv[2])):
        parts = range(rank, request.training.accumulation, processes)
        batches = (batch_of(request, run.cache, run.state.step, part, run.device) for part in parts)
        update(run.state, request.training, run.noise_error, run.weights, batches, lambda loss: loss)
    accelerator.wait_for_everyone()
    if accelerator.is_main_process:
        save_file(run.state.unet.factors(), sys.argv[3])
    accelerator.end_training()


if __name__ == "__main__":
    main()
