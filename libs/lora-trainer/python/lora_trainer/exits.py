"""Why a run ends before it is done."""

from __future__ import annotations

from typing import Final, Literal

import torch

ExitClass = Literal[
    "done",
    "stopped",
    "config-invalid",
    "dataset-changed",
    "out-of-memory",
    "disk-full",
    "not-finite",
    "device-lost",
    "internal",
]

EXIT_CODES: Final[dict[ExitClass, int]] = {
    "done": 0,
    "stopped": 10,
    "config-invalid": 20,
    "dataset-changed": 21,
    "out-of-memory": 30,
    "disk-full": 31,
    "not-finite": 32,
    "device-lost": 33,
    "internal": 40,
}
"""Process exit codes; the same table as `exitClasses` of protocol/train-event.ts."""

DISK_FULL_ERRNOS: Final = frozenset({27, 28, 122})
"""EFBIG, ENOSPC, EDQUOT."""


class TrainingEnded(Exception):  # noqa: N818 - a stop is no error
    """The run cannot go on, or was asked to stop. `hint` says what to do next."""

    def __init__(self, exit_class: ExitClass, message: str, hint: str) -> None:
        """An end of class `exit_class`."""
        super().__init__(message)
        self.exit_class = exit_class
        self.hint = hint


def classify(error: BaseException) -> TrainingEnded:
    """The end that an exception means."""
    if isinstance(error, TrainingEnded):
        return error
    text = f"{type(error).__name__}: {error}"
    if isinstance(error, torch.cuda.OutOfMemoryError | MemoryError) or "can't allocate memory" in text:
        hint = "use a smaller batch, or switch gradient checkpointing on, then start a new run"
        return TrainingEnded("out-of-memory", text, hint)
    if isinstance(error, OSError) and error.errno in DISK_FULL_ERRNOS:
        return TrainingEnded("disk-full", text, "free disk space, then resume: the last checkpoint is whole")
    if isinstance(error, torch.AcceleratorError) or "CUDA error" in text:
        return TrainingEnded("device-lost", text, "resume; if it happens again, look at the driver's log")
    return TrainingEnded("internal", text, "see stderr.log of the run, then resume")
