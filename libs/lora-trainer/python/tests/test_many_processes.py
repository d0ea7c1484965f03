from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import torch
from lora_trainer.batch import batch_of
from lora_trainer.events import EventStream
from lora_trainer.prepare import prepare
from lora_trainer.progress import Progress
from lora_trainer.request import read_request
from lora_trainer.update import update
from safetensors.torch import load_file
from trainer_process import PACKAGE
from training_set import make_document, write_request

UPDATES = 3
PROGRAM = Path(__file__).parent / "one_process_of_many.py"


def factors_of_processes(count: int, request: Path, output: Path) -> dict[str, torch.Tensor]:
    """The adapter after some updates, whose parts so many processes share."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    shared = {"WORLD_SIZE": count, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port, "OMP_NUM_THREADS": 1}
    shared |= {"PYTHONPATH": PACKAGE, "PYTHONDONTWRITEBYTECODE": 1, "ACCELERATE_USE_CPU": "true"}
    started = []
    for rank in range(count):
        own = shared | {"RANK": rank, "LOCAL_RANK": rank}
        command = [sys.executable, str(PROGRAM), str(request), str(UPDATES), str(output)]
        environment = {**os.environ, **{name: str(value) for name, value in own.items()}}
        started.append(
            subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)  # noqa: S603 - this Python
        )
    try:
        ended = [process.communicate(timeout=120)[1] for process in started]
    finally:
        for process in started:
            process.kill()
    assert [process.returncode for process in started] == [0] * count, ended
    return load_file(output)


def test_processes_of_accelerate_train_the_adapter_of_one(tmp_path: Path, tiles: Path, tiny_sdxl: Path) -> None:
    path = write_request(make_document(tmp_path, tiles, tiny_sdxl, training__accumulation=2))
    together = factors_of_processes(2, path, tmp_path / "factors.safetensors")
    request = read_request(path)
    run = prepare(request, Progress(EventStream(request.run_id, tmp_path, None)), lambda: None)
    for step in range(UPDATES):
        batches = [batch_of(request, run.cache, step, part, run.device) for part in range(2)]
        update(run.state, request.training, run.noise_error, run.weights, batches, lambda loss: loss)
    alone = run.state.unet.factors()
    assert alone.keys() == together.keys()
    assert any(value.abs().max() > 0 for name, value in alone.items() if name.endswith("lora_B.weight"))
    for name, value in alone.items():
        torch.testing.assert_close(together[name], value, rtol=1e-4, atol=1e-7)
