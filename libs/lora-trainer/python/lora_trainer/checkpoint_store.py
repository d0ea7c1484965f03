"""Checkpoints of a run: whole or absent, and the last good one outlives every failure to write another."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lora_trainer.durable_files import Written, replace_durably, sync_folder, write_durably
from lora_trainer.exits import TrainingEnded
from lora_trainer.pictures import sha256_of

MANIFEST: Final = "manifest.json"
LATEST: Final = "latest.json"
UNFINISHED: Final = ".unfinished-"
VERSION: Final = 1


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint that was verified. `values` is what `write` was given."""

    folder: Path
    step: int
    values: dict[str, Any]


class CheckpointStore:
    """`<folder>/step-00000500/{manifest.json, …}` and `<folder>/latest.json`, which names the newest."""

    def __init__(self, folder: Path, keep: int, before_change: Callable[[int], None] = lambda _step: None) -> None:
        """A store that keeps the last `keep` and the best checkpoint; remains of earlier failures are deleted.

        `before_change` is called with the step before anything changes on the disk.
        """
        self._folder, self._keep, self._before_change = folder, keep, before_change
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left)

    def name_of(self, step: int) -> str:
        """The name of the checkpoint of a step."""
        return f"step-{step:08d}"

    def names(self) -> list[str]:
        """Names of all checkpoints, the newest first."""
        return sorted((path.name for path in self._folder.glob("step-*")), reverse=True)

    def write(
        self, step: int, files: Mapping[str, bytes], values: Mapping[str, object], loss: float | None
    ) -> dict[str, Written]:
        """Write a checkpoint, then drop old ones. `loss` is the mean validation loss if it was measured.

        OSError if it cannot be written; then nothing has changed.
        """
        target = self._folder / self.name_of(step)
        unfinished = self._folder / f"{UNFINISHED}{target.name}"
        try:
            written = self._write_files(step, unfinished, files)
            manifest = {
                "version": VERSION,
                "step": step,
                "files": {name: {"bytes": one.bytes, "sha256": one.sha256} for name, one in written.items()},
                "validationLoss": loss,
                "values": dict(values),
            }
            content = json.dumps(manifest, allow_nan=False).encode()
            self._before_change(step)
            sealed = write_durably(unfinished / MANIFEST, content)
            sync_folder(unfinished)
            self._before_change(step)
            self._discard(target)
            unfinished.rename(target)
            sync_folder(self._folder)
            self._before_change(step)
            replace_durably(
                self._folder / LATEST, json.dumps({"folder": target.name, "manifestSha256": sealed.sha256}).encode()
            )
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        for name in self._superfluous():
            self._before_change(step)
            self._discard(self._folder / name)
        return written

    def read_newest(self, warn: Callable[[str], None]) -> Checkpoint | None:
        """The newest checkpoint that is whole; `warn` hears of those that are not. None if there is none."""
        latest = self._latest()
        for name in sorted(self.names(), key=lambda name: name not in latest):
            faults = list(checkpoint_faults(self._folder / name, latest.get(name)))
            if not faults:
                return read_checkpoint(self._folder / name)
            warn(f"checkpoint {name} is not whole, the one before is taken: {'; '.join(faults)}")
        return None

    def _write_files(self, step: int, folder: Path, files: Mapping[str, bytes]) -> dict[str, Written]:
        folder.mkdir()
        written = {}
        for name, content in files.items():
            self._before_change(step)
            written[name] = write_durably(folder / name, content)
        return written

    def _discard(self, folder: Path) -> None:
        """Delete a checkpoint so that it is never seen half deleted."""
        if folder.exists():
            dropped = folder.rename(folder.with_name(f"{UNFINISHED}dropped-{folder.name}"))
            shutil.rmtree(dropped)

    def _superfluous(self) -> Iterator[str]:
        losses = {name: _manifest(self._folder / name).get("validationLoss") for name in self.names()}
        measured = {name: float(loss) for name, loss in losses.items() if loss is not None}
        best = min(measured, key=lambda name: (measured[name], name), default=None)
        yield from (name for name in self.names()[self._keep :] if name != best)

    def _latest(self) -> dict[str, str]:
        """The manifest's digest by the name of the newest checkpoint; empty if it cannot be read."""
        try:
            latest = json.loads((self._folder / LATEST).read_text(encoding="utf-8"))
            return {str(latest["folder"]): str(latest["manifestSha256"])}
        except (OSError, ValueError, KeyError, TypeError):
            return {}


def read_checkpoint(folder: Path) -> Checkpoint:
    """A checkpoint; TrainingEnded("config-invalid") if it is not whole."""
    if faults := list(checkpoint_faults(folder)):
        text = f"{folder} is not whole: {'; '.join(faults)}"
        raise TrainingEnded("config-invalid", text, "name another checkpoint")
    manifest = _manifest(folder)
    return Checkpoint(folder, int(manifest["step"]), manifest["values"])


def checkpoint_faults(folder: Path, manifest_sha256: str | None = None) -> Iterator[str]:
    """Why a checkpoint cannot be used; `manifest_sha256` is what its manifest should have, if that is known."""
    manifest = _manifest(folder)
    if manifest.get("version") != VERSION or not isinstance(manifest.get("files"), dict):
        yield f"{MANIFEST} cannot be read"
        return
    if manifest_sha256 not in (None, sha256_of(folder / MANIFEST)):
        yield f"{MANIFEST} has another sha256"
    for name, expected in manifest["files"].items():
        file = folder / name
        if not file.is_file() or file.stat().st_size != expected["bytes"]:
            yield f"{name} is missing or has another size"
        elif sha256_of(file) != expected["sha256"]:
            yield f"{name} has another sha256"


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}
