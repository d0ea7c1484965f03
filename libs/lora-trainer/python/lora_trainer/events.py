"""The event stream: a JSON line per event on a descriptor and in `<run folder>/events.jsonl`."""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Literal

EventType = Literal["hello", "phase", "heartbeat", "step", "validation", "checkpoint", "warning", "error", "bye"]


class EventStream:
    """Writes whole lines from any thread. Training goes on if nobody listens or the disk is full."""

    def __init__(self, run_id: str, run_folder: Path, descriptor: int | None) -> None:
        """Continue the file of a run; a torn last line is cut off, numbers go on after the last whole one."""
        self._run_id = run_id
        self._descriptor = descriptor
        self._lock = threading.Lock()
        path = run_folder / "events.jsonl"
        self._sequence = _cut_torn_line(path)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def emit(self, event: EventType, **fields: object) -> None:
        """Write an event; protocol/train-event.schema.json says which fields it has."""
        with self._lock:
            envelope = {
                "type": event,
                "sequence": self._sequence,
                "monotonic": time.monotonic(),
                "wall": datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "runId": self._run_id,
            }
            self._sequence += 1
            line = json.dumps(envelope | fields, allow_nan=False, ensure_ascii=False).encode() + b"\n"
            with contextlib.suppress(OSError):
                _write_all(self._file, line)
            if self._descriptor is not None:
                try:
                    _write_all(self._descriptor, line)
                except OSError:
                    self._descriptor = None


def _write_all(descriptor: int, line: bytes) -> None:
    rest = memoryview(line)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _cut_torn_line(path: Path) -> int:
    """Cut what follows the last newline; the sequence number that comes next."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return 0
    whole = content[: content.rfind(b"\n") + 1]
    if len(whole) < len(content):
        os.truncate(path, len(whole))
    for line in reversed(whole.splitlines()):
        with contextlib.suppress(ValueError, TypeError, KeyError):
            return int(json.loads(line)["sequence"]) + 1
    return 0
