"""What a run is doing right now, said every few seconds by a thread of its own."""

from __future__ import annotations

import threading
import time
from typing import Final, Literal

from lora_trainer.events import EventStream

Phase = Literal["load", "cache", "train", "validate", "checkpoint", "export"]

HEARTBEAT_SECONDS: Final = 2.0


class Progress:
    """Phase, step and when something last moved. A heartbeat alone proves little: a hung device has one too."""

    def __init__(self, events: EventStream) -> None:
        """Nothing has moved yet."""
        self._events = events
        self._phase: Phase = "load"
        self._step = 0
        self._moved = time.monotonic()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Start the heartbeat."""
        self._thread.start()

    def end(self) -> None:
        """Stop the heartbeat."""
        self._ended.set()
        self._thread.join()

    @property
    def step(self) -> int:
        """Updates done, as far as is known."""
        return self._step

    def enter(self, phase: Phase, step: int) -> None:
        """A phase begins."""
        self._phase = phase
        self.move(step)
        self._events.emit("phase", phase=phase, step=step)

    def move(self, step: int | None = None) -> None:
        """Something was done."""
        self._moved = time.monotonic()
        if step is not None:
            self._step = step

    def _beat(self) -> None:
        while not self._ended.wait(HEARTBEAT_SECONDS):
            since = time.monotonic() - self._moved
            self._events.emit("heartbeat", phase=self._phase, step=self._step, sinceProgress=since)
