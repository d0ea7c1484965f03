"""`run`: one process of a training run, and how it ends."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from lora_trainer.events import EventStream
from lora_trainer.exits import EXIT_CODES, ExitClass, classify
from lora_trainer.injected_faults import parse_faults
from lora_trainer.progress import Progress
from lora_trainer.request import read_request
from lora_trainer.stop_request import StopRequest
from lora_trainer.train_loop import Surroundings, Times, train


@dataclass(frozen=True)
class RunOptions:
    """How a process of a run is started."""

    events_fd: int | None = None
    resume: bool = False
    detached: bool = False
    faults: tuple[str, ...] = ()


def run_training(request_path: Path, options: RunOptions) -> int:
    """Train; the exit code of the class that the run ended with, which the last event says too.

    TrainingEnded("config-invalid") before the first event if the request is no valid one.
    """
    stop, times = StopRequest(), Times()
    stop.listen(detached=options.detached)
    request = read_request(request_path)
    faults = parse_faults(options.faults)
    request.run_folder.mkdir(parents=True, exist_ok=True)
    events = EventStream(request.run_id, request.run_folder, options.events_fd)
    progress = Progress(events)
    progress.start()
    reason: ExitClass = "done"
    try:
        train(request, Surroundings(events, progress, stop, faults, times), resume=options.resume)
    except Exception as error:  # noqa: BLE001 - every end has a class, and the stream says which
        ended = classify(error)
        reason = ended.exit_class
        if reason == "stopped":
            events.emit("warning", code="stopped", message=str(ended))
        else:
            traceback.print_exc()
            events.emit("error", code=reason, message=str(ended)[:4000], hint=ended.hint)
    finally:
        progress.end()
    events.emit(
        "bye",
        reason=reason,
        step=progress.step,
        seconds=time.perf_counter() - times.started,
        trainSeconds=times.train,
        checkpointSeconds=times.checkpoint,
        validationSeconds=times.validation,
    )
    return EXIT_CODES[reason]
