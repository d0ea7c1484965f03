"""A training run, top to bottom."""

from __future__ import annotations

import os
import platform
import resource
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from statistics import fmean
from typing import Final

import torch

from lora_trainer.batch import batch_of
from lora_trainer.checkpoint_state import checkpoint_files, checkpoint_values, refuse_other_request, restore
from lora_trainer.checkpoint_store import Checkpoint, CheckpointStore
from lora_trainer.events import EventStream
from lora_trainer.exits import TrainingEnded
from lora_trainer.export_adapter import KOHYA_FILE, TrainedAdapter
from lora_trainer.export_verb import write_exports
from lora_trainer.injected_faults import InjectedFaults
from lora_trainer.prepare import Prepared, prepare
from lora_trainer.progress import Progress
from lora_trainer.request import TrainRequest
from lora_trainer.stop_request import StopRequest
from lora_trainer.update import update
from lora_trainer.validate import validate

MAX_SKIPPED_IN_ROW: Final = 10


@dataclass
class Times:
    """Seconds spent so far; `train` is that of updates alone."""

    started: float = field(default_factory=time.perf_counter)
    train: float = 0.0
    checkpoint: float = 0.0
    validation: float = 0.0


@dataclass(frozen=True)
class Surroundings:
    """Whom a run talks to. `times` is filled while it goes on."""

    events: EventStream
    progress: Progress
    stop: StopRequest
    faults: InjectedFaults
    times: Times


def train(request: TrainRequest, around: Surroundings, *, resume: bool) -> None:
    """Train, validate, write checkpoints and export; TrainingEnded if the run ends before its last update.

    A run that is asked to stop leaves a checkpoint of where it was.
    """
    before_change = around.faults.before_checkpoint_change
    store = CheckpointStore(request.run_folder / "checkpoints", request.checkpoint.keep, before_change)
    newest = _newest_checkpoint(request, store, around, resume=resume)
    run = prepare(request, around.progress, around.stop.check)
    state, validated, written = run.state, -1, -1
    if newest is not None:
        restore(state, newest)
        written = state.step
        validated = state.step if newest.values["validated"] else -1
    _say_hello(request, run, around, resumed_from=None if newest is None else state.step)
    try:
        while True:
            loss = None
            if _is_due(request.validation.every, request, state.step) and validated != state.step:
                loss = _validate(request, run, around)
                validated, written = state.step, -1
            if _is_due(request.checkpoint.every, request, state.step) and state.step not in (0, written):
                _write_checkpoint(request, run, store, around, loss, validated=validated == state.step)
                written = state.step
            if state.step >= request.training.steps:
                break
            _train_to_next_pause(request, run, around)
    except TrainingEnded as ended:
        if ended.exit_class == "stopped" and state.step not in (0, written):
            _write_checkpoint(request, run, store, around, None, validated=validated == state.step)
        raise
    around.progress.enter("export", state.step)
    adapter = TrainedAdapter(state.unet.factors(), state.step, run.base_version, state.unet.layers_per_block)
    write_exports(adapter, request, request.run_folder)


def _newest_checkpoint(
    request: TrainRequest, store: CheckpointStore, around: Surroundings, *, resume: bool
) -> Checkpoint | None:
    """Where the run goes on; None at its beginning."""
    if not store.names():
        return None
    if not resume:
        raise TrainingEnded("config-invalid", f"{request.run_folder} already has checkpoints", "resume the run")
    newest = store.read_newest(lambda message: around.events.emit("warning", code="checkpoint-torn", message=message))
    if newest is None:
        raise TrainingEnded("config-invalid", "no checkpoint of the run is whole", "start a new run")
    refuse_other_request(newest, request)
    return newest


def _is_due(every: int, request: TrainRequest, step: int) -> bool:
    return step % every == 0 or step >= request.training.steps


def _train_to_next_pause(request: TrainRequest, run: Prepared, around: Surroundings) -> None:
    """Updates until validation or a checkpoint is due; TrainingEnded("stopped") between two of them.

    TrainingEnded("not-finite") after ten in a row that were not finite.
    """
    training, state = request.training, run.state
    failed: deque[str] = deque(maxlen=MAX_SKIPPED_IN_ROW * training.batch_size * training.accumulation)
    around.progress.enter("train", state.step)
    while True:
        around.stop.check()
        around.faults.before_update(state.step + 1)
        started = time.perf_counter()
        batches = (batch_of(request, run.cache, state.step, part, run.device) for part in range(training.accumulation))
        spoil = partial(around.faults.spoil, step=state.step + 1)
        report = update(state, training, run.noise_error, run.weights, batches, spoil)
        seconds = time.perf_counter() - started
        around.times.train += seconds
        around.progress.move(state.step)
        around.events.emit(
            "step",
            step=state.step,
            loss=report.loss,
            lossByBin=report.loss_by_bin,
            learningRate=report.learning_rate,
            gradientNorm=report.gradient_norm,
            scale=report.scale,
            skipped=state.skipped,
            seconds=seconds,
            memoryBytes=_memory_bytes(run.device),
        )
        if report.loss is None:
            failed.extend(report.pictures)
        if state.skipped_in_row >= MAX_SKIPPED_IN_ROW:
            names = ", ".join(sorted(set(failed)))
            text = f"{state.skipped_in_row} updates in a row were not finite; pictures: {names}"
            raise TrainingEnded("not-finite", text, "look at these pictures, or plan a run with a lower learning rate")
        if any(_is_due(every, request, state.step) for every in (request.validation.every, request.checkpoint.every)):
            return


def _validate(request: TrainRequest, run: Prepared, around: Surroundings) -> float | None:
    """Measure the grid; returns the mean error of the held-out pictures, None if there are none."""
    around.progress.enter("validate", run.state.step)
    started = time.perf_counter()

    def moved() -> None:
        around.progress.move()
        around.stop.check()

    plan, dataset = request.validation, request.dataset
    groups = (dataset.validation, dataset.train[: plan.train_pictures])
    held_out, train_cells = (validate(run.noise_error, run.cache, group, plan, run.device, moved) for group in groups)
    seconds = time.perf_counter() - started
    around.times.validation += seconds
    around.events.emit(
        "validation",
        step=run.state.step,
        heldOut=[cell.as_dict() for cell in held_out],
        train=[cell.as_dict() for cell in train_cells],
        seconds=seconds,
    )
    return fmean(cell.loss for cell in held_out) if held_out else None


def _write_checkpoint(
    request: TrainRequest,
    run: Prepared,
    store: CheckpointStore,
    around: Surroundings,
    loss: float | None,
    *,
    validated: bool,
) -> None:
    state = run.state
    around.progress.enter("checkpoint", state.step)
    started = time.perf_counter()
    files = checkpoint_files(state, request, run.base_version)
    values = checkpoint_values(state, request, run.base_version, validated=validated)
    written = store.write(state.step, files, values, loss)
    seconds = time.perf_counter() - started
    around.times.checkpoint += seconds
    around.events.emit(
        "checkpoint",
        step=state.step,
        folder=store.name_of(state.step),
        adapterSha256=written[KOHYA_FILE].sha256,
        bytes=sum(file.bytes for file in written.values()),
        seconds=seconds,
    )


def _say_hello(request: TrainRequest, run: Prepared, around: Surroundings, *, resumed_from: int | None) -> None:
    unet = run.state.unet
    around.events.emit(
        "hello",
        version=1,
        python=platform.python_version(),
        torch=torch.__version__,
        device=torch.cuda.get_device_name() if run.device.type == "cuda" else f"cpu, {torch.get_num_threads()} threads",
        pid=os.getpid(),
        requestSha256=request.sha256,
        resumedFrom=resumed_from,
        modules=len(unet.layers),
        trainableParameters=sum(parameter.numel() for parameter in unet.parameters().values()),
    )


def _memory_bytes(device: torch.device) -> int:
    """The most memory that was in use: of the device, or of the process."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated()
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
