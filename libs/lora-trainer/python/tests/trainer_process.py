"""The trainer as the supervisor starts it: a process with events on a descriptor of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lora_trainer.run_verb import RunOptions, run_training
from training_set import write_request

PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Ended:
    """How a process of a run ended, and what it said on the descriptor."""

    code: int
    events: list[dict[str, Any]]
    stderr: str

    def of_type(self, event: str) -> list[dict[str, Any]]:
        return [one for one in self.events if one["type"] == event]

    def losses(self) -> dict[int, float | None]:
        return {event["step"]: event["loss"] for event in self.of_type("step")}


class TrainerProcess:
    """A trainer that runs; `stdin` is a pipe that this process holds."""

    def __init__(self, *arguments: object) -> None:
        read, write = os.pipe()
        self._events = os.fdopen(read, encoding="utf-8")
        command = [sys.executable, "-m", "lora_trainer", "run", "--events-fd", str(write), *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": str(PACKAGE), "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(  # noqa: S603 - this Python, arguments of tests
            command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, pass_fds=[write], env=environment, text=True
        )
        os.close(write)
        self.seen: list[dict[str, Any]] = []

    def wait_for(self, event: str, count: int = 1) -> None:
        """Read events until `count` of a type have come."""
        for line in self._events:
            self.seen.append(json.loads(line))
            count -= self.seen[-1]["type"] == event
            if count == 0:
                return
        raise AssertionError(f"no {event} event; {self.process.communicate(timeout=60)[1]}")

    def ended(self) -> Ended:
        """Wait for the end."""
        self.seen += [json.loads(line) for line in self._events]
        stderr = self.process.communicate(timeout=120)[1]
        self._events.close()
        return Ended(self.process.returncode, self.seen, stderr)


def run_trainer(*arguments: object) -> Ended:
    """A process from start to end."""
    return TrainerProcess(*arguments).ended()


def train_here(document: dict[str, Any], *faults: str, resume: bool = False) -> Ended:
    """The same without a process of its own, for what no signal ends; events are those of this call."""
    log = Path(document["runFolder"]) / "events.jsonl"
    before = len(log.read_text().splitlines()) if log.exists() else 0
    code = run_training(write_request(document), RunOptions(resume=resume, detached=True, faults=faults))
    return Ended(code, [json.loads(line) for line in log.read_text().splitlines()[before:]], stderr="")
