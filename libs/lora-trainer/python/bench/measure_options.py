"""Seconds per update under each option that changes speed or memory and not what is learned, in one process, in turns.

    python measure_options.py <request.json> --output record.json

Losses are told beside: an option that changes them by more than rounding would train something else. `compile` needs a
C++ compiler on a processor, and its first updates, which compile, do not count.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any, Final

import torch
from compare_stock_loop import Step, own_step
from lora_trainer.events import EventStream
from lora_trainer.prepare import prepare
from lora_trainer.progress import Progress
from lora_trainer.request import TrainRequest, read_request

OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "default": {},
    "channels-last": {"channels_last": True},
    "gradient-checkpointing": {"gradient_checkpointing": True},
    "compile": {"compile": True},
    "bfloat16": {"precision": "bfloat16"},
}


def step_of(request: TrainRequest, changes: dict[str, Any]) -> Step:
    """Updates of a fresh run under an option."""
    changed = replace(request, training=replace(request.training, **changes))
    with tempfile.TemporaryDirectory() as folder:
        progress = Progress(EventStream(request.run_id, Path(folder), None))
        return own_step(changed, prepare(changed, progress, lambda: None))


def measure(request: TrainRequest, rounds: int, updates: int) -> dict[str, object]:
    """Rounds in which every option goes once; the first warms up. Each round starts with another option."""
    names = list(OPTIONS)
    steps = {name: step_of(request, changes) for name, changes in OPTIONS.items()}
    seconds: dict[str, list[float]] = {name: [] for name in names}
    losses: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds + 1):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            made = [steps[name](number * updates + place) for place in range(updates)]
            losses[name] += [loss for loss, _ in made]
            if number > 0:
                seconds[name].append(median(took for _, took in made))
        print(f"round {number} of {rounds}", flush=True)
    plain = seconds["default"]
    return {
        "timesAsFastAsDefault": {
            name: median(ours / other for ours, other in zip(plain, seconds[name], strict=True)) for name in names
        },
        "largestRelativeLossDifference": {
            name: max(abs(one - ours) / ours for one, ours in zip(losses[name], losses["default"], strict=True))
            for name in names
        },
        "rounds": rounds,
        "updates": updates,
        "batchSize": request.training.batch_size,
        "pixels": [request.dataset.width, request.dataset.height],
        "threads": torch.get_num_threads(),
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
        "processors": os.cpu_count(),
        "loadAverage": list(os.getloadavg()),
        "secondsPerUpdate": seconds,
    }


def main() -> None:
    """Measure and write the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("request", type=Path, help="request.json of a run of the bundled model")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--updates", type=int, default=10, help="updates of each option per round")
    arguments = parser.parse_args()
    record = measure(read_request(arguments.request), arguments.rounds, arguments.updates)
    arguments.output.write_text(json.dumps(record, indent=1) + "\n")
    print(json.dumps(record["timesAsFastAsDefault"], indent=1))


if __name__ == "__main__":
    main()
