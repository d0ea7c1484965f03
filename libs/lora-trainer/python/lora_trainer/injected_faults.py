"""Faults on purpose, for tests of the trainer and of what supervises it: `--fault nan-at=12-21`."""

from __future__ import annotations

import errno
import os
import re
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from torch import Tensor

from lora_trainer.exits import TrainingEnded

KINDS: Final = ("nan-at", "inf-at", "kill-at", "stall-at", "memory-at", "disk-full-at", "kill-in-checkpoint")
USAGE: Final = (
    "make a fault happen: nan-at, inf-at (loss of an update), kill-at (before an update, SIGKILL), stall-at (sleeps), "
    "memory-at (out of memory), disk-full-at (a checkpoint), each =STEP or =FIRST-LAST; kill-in-checkpoint=N (SIGKILL "
    "before the N-th write, rename or deletion of checkpoints)"
)


@dataclass
class InjectedFaults:
    """Faults by kind, with the first and last step (or operation) of each."""

    ranges: dict[str, range]
    operations: int = 0

    def spoil(self, loss: Tensor, step: int) -> Tensor:
        """The loss of the update that makes `step`."""
        if self._due("nan-at", step):
            return loss * float("nan")
        return loss * float("inf") if self._due("inf-at", step) else loss

    def before_update(self, step: int) -> None:
        """What happens before the update that makes `step`."""
        if self._due("kill-at", step):
            os.kill(os.getpid(), signal.SIGKILL)
        if self._due("memory-at", step):
            raise MemoryError("on purpose")
        while self._due("stall-at", step):
            time.sleep(1)

    def before_checkpoint_change(self, step: int) -> None:
        """What happens before something of a checkpoint changes on the disk."""
        self.operations += 1
        if self._due("kill-in-checkpoint", self.operations):
            os.kill(os.getpid(), signal.SIGKILL)
        if self._due("disk-full-at", step):
            raise OSError(errno.ENOSPC, "No space left on device (on purpose)")

    def _due(self, kind: str, number: int) -> bool:
        return number in self.ranges.get(kind, ())


def parse_faults(texts: Sequence[str]) -> InjectedFaults:
    """Faults as they stand on the command line; TrainingEnded("config-invalid") for others."""
    ranges = {}
    for text in texts:
        parts = re.fullmatch(r"([a-z-]+)=(\d+)(?:-(\d+))?", text)
        if parts is None or parts[1] not in KINDS:
            raise TrainingEnded("config-invalid", f"{text!r} is no fault", USAGE)
        ranges[parts[1]] = range(int(parts[2]), int(parts[3] or parts[2]) + 1)
    return InjectedFaults(ranges)
