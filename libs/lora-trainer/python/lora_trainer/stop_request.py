"""Being asked to stop: SIGTERM, SIGINT, or a parent that is gone."""

from __future__ import annotations

import os
import signal
import stat
import sys
import threading
from types import FrameType

from lora_trainer.exits import TrainingEnded


class StopRequest:
    """`reason` is None until the run is asked to stop; a second signal ends the process at once."""

    def __init__(self) -> None:
        """Nobody has asked."""
        self.reason: str | None = None

    def listen(self, *, detached: bool) -> None:
        """Take signals, and the end of standard input if that is a pipe and the run is not `detached`."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        if not detached and _stdin_is_pipe():
            threading.Thread(target=self._watch_stdin, name="stdin", daemon=True).start()

    def check(self) -> None:
        """TrainingEnded("stopped") if the run was asked to stop."""
        if self.reason is not None:
            raise TrainingEnded("stopped", self.reason, "resume to go on")

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self.reason is not None:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        self.reason = f"received {signal.Signals(number).name}"

    def _watch_stdin(self) -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        self.reason = self.reason or "the parent process is gone"


def _stdin_is_pipe() -> bool:
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
