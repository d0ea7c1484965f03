from __future__ import annotations

import errno
import os
import resource
import signal
from pathlib import Path

import pytest
from lora_trainer.checkpoint_store import CheckpointStore, read_checkpoint
from lora_trainer.exits import TrainingEnded
from lora_trainer.injected_faults import parse_faults

FILES = {"a.safetensors": b"a" * 100, "b.safetensors": b"b" * 50}


def written(folder: Path, *steps: int, keep: int = 5) -> CheckpointStore:
    store = CheckpointStore(folder, keep)
    for step in steps:
        store.write(step, FILES, {"step": step}, None)
    return store


def newest(store: CheckpointStore) -> tuple[int | None, list[str]]:
    warnings: list[str] = []
    checkpoint = store.read_newest(warnings.append)
    return (None if checkpoint is None else checkpoint.step), warnings


def test_reads_what_was_written(tmp_path: Path) -> None:
    store = written(tmp_path, 5, 10)
    assert newest(store) == (10, [])
    checkpoint = read_checkpoint(tmp_path / "step-00000010")
    assert checkpoint.values == {"step": 10}
    assert (checkpoint.folder / "a.safetensors").read_bytes() == FILES["a.safetensors"]


def test_empty_store_has_no_checkpoint(tmp_path: Path) -> None:
    assert newest(CheckpointStore(tmp_path / "none", 1)) == (None, [])


@pytest.mark.parametrize("file", ["a.safetensors", "b.safetensors", "manifest.json"])
@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_falls_back_to_the_checkpoint_before_one_that_is_torn(file: str, damage: str, tmp_path: Path) -> None:
    store = written(tmp_path, 5, 10)
    path = tmp_path / "step-00000010" / file
    content = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(content[:-1] if damage == "cut" else content.replace(content[-1:], b" "))
    step, warnings = newest(store)
    assert step == 5
    assert len(warnings) == 1
    assert "step-00000010" in warnings[0]
    with pytest.raises(TrainingEnded, match="not whole"):
        read_checkpoint(tmp_path / "step-00000010")


def test_keeps_the_last_ones_and_the_best_one(tmp_path: Path) -> None:
    store = CheckpointStore(tmp_path, keep=2)
    for step, loss in ((1, 0.5), (2, 0.3), (3, 0.4), (4, None), (5, 0.45), (6, 0.6)):
        store.write(step, FILES, {}, loss)
    assert store.names() == ["step-00000006", "step-00000005", "step-00000002"]


def test_same_step_can_be_written_again(tmp_path: Path) -> None:
    store = written(tmp_path, 5)
    store.write(5, FILES, {"step": 5, "again": True}, 0.1)
    assert newest(store) == (5, [])
    assert read_checkpoint(tmp_path / "step-00000005").values["again"] is True


def changes_of_a_write(folder: Path) -> int:
    faults = parse_faults([])
    store = CheckpointStore(folder, 1, faults.before_checkpoint_change)
    for step in (5, 10):
        store.write(step, FILES, {}, None)
    return faults.operations


def kill_at(folder: Path, change: int) -> int:
    """Write step 10 over step 5 in a process that is killed before a change; its exit status."""
    child = os.fork()
    if child == 0:
        faults = parse_faults([f"kill-in-checkpoint={change}"])
        CheckpointStore(folder, 1, faults.before_checkpoint_change).write(10, FILES, {}, None)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def test_kill_before_any_change_leaves_a_whole_checkpoint(tmp_path: Path) -> None:
    changes = changes_of_a_write(tmp_path / "count")
    kept = set()
    for change in range(1, changes):
        folder = tmp_path / str(change)
        written(folder, 5)
        if kill_at(folder, change) != signal.SIGKILL:
            break
        store = CheckpointStore(folder, 1)
        step, warnings = newest(store)
        assert warnings == []
        kept.add(step)
        assert not list(folder.glob(".unfinished-*"))
        store.write(10, FILES, {}, None)
        assert newest(store) == (10, [])
    assert kept == {5, 10}
    assert change > 5


@pytest.mark.parametrize("change", range(1, 6))
def test_full_disk_leaves_the_checkpoint_before(change: int, tmp_path: Path) -> None:
    changes = 0

    def fail(_step: int) -> None:
        nonlocal changes
        changes += 1
        if changes == change:
            raise OSError(errno.ENOSPC, "No space left on device")

    written(tmp_path, 5)
    store = CheckpointStore(tmp_path, 1, fail)
    with pytest.raises(OSError, match="No space"):
        store.write(10, FILES, {}, None)
    assert newest(store)[0] in (5, 10)
    assert not list(tmp_path.glob(".unfinished-*"))


def test_real_limit_on_file_sizes_leaves_the_checkpoint_before(tmp_path: Path) -> None:
    store = written(tmp_path, 5)
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            store.write(10, {"large.safetensors": b"x" * 5000}, {}, None)
        except OSError as error:
            os._exit(error.errno or 1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == errno.EFBIG
    assert newest(store) == (5, [])
    assert not list(tmp_path.glob(".unfinished-*"))
