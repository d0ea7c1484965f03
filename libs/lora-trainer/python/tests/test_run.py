from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest
from trainer_process import TrainerProcess, run_trainer
from training_set import BUNDLED, make_document, write_request


def adapter_bytes(run: Path) -> list[bytes]:
    return [(run / name).read_bytes() for name in ("adapter.safetensors", "pytorch_lora_weights.safetensors")]


def test_trains_validates_and_exports(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    run = tmp_path / "run"
    ended = run_trainer("--request", write_request(make_document(run, tiles, tiny_sdxl)))
    assert ended.code == 0, ended.stderr
    assert [event["sequence"] for event in ended.events] == list(range(len(ended.events)))
    assert [json.loads(line) for line in (run / "events.jsonl").read_text().splitlines()] == ended.events
    assert [event["step"] for event in ended.of_type("validation")] == [0, 4, 8]
    assert [event["step"] for event in ended.of_type("checkpoint")] == [4, 8]
    first, *_, last = ended.of_type("validation")
    assert [(c["picture"], c["timestep"]) for c in first["heldOut"]] == [
        (c["picture"], c["timestep"]) for c in last["heldOut"]
    ]
    assert len(first["heldOut"]) == 4
    assert len(first["train"]) == 2
    assert all(path.stat().st_size > 0 for path in run.glob("*.safetensors"))
    assert ended.events[-1]["type"] == "bye"
    assert ended.events[-1]["reason"] == "done"


@pytest.mark.parametrize("base", ["tiny", "bundled"])
def test_killed_and_resumed_run_ends_with_the_same_bits(
    base: str, tmp_path: Path, tiny_sdxl: Path, tiles: Path
) -> None:
    path = BUNDLED if base == "bundled" else tiny_sdxl
    whole = run_trainer("--request", write_request(make_document(tmp_path / "whole", tiles, path)))
    broken = write_request(make_document(tmp_path / "broken", tiles, path))
    killed = run_trainer("--request", broken, "--fault", "kill-at=7")
    resumed = run_trainer("--request", broken, "--resume")
    assert (whole.code, killed.code, resumed.code) == (0, -signal.SIGKILL, 0), resumed.stderr
    assert resumed.of_type("hello")[0]["resumedFrom"] == 4
    assert killed.losses() | resumed.losses() == whole.losses()
    assert resumed.of_type("validation")[-1]["heldOut"] == whole.of_type("validation")[-1]["heldOut"]
    assert adapter_bytes(tmp_path / "broken") == adapter_bytes(tmp_path / "whole")
    assert resumed.events[0]["sequence"] == len(killed.events)


def test_run_that_was_killed_before_its_first_checkpoint_starts_again(
    tmp_path: Path, tiny_sdxl: Path, tiles: Path
) -> None:
    request = write_request(make_document(tmp_path / "run", tiles, tiny_sdxl))
    run_trainer("--request", request, "--fault", "kill-at=2")
    resumed = run_trainer("--request", request, "--resume")
    assert resumed.code == 0
    assert resumed.of_type("hello")[0]["resumedFrom"] is None


@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT", "parent gone"])
def test_run_that_is_asked_to_stop_leaves_a_checkpoint(how: str, tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    document = make_document(tmp_path / "run", tiles, tiny_sdxl, training__steps=400, checkpoint__every=400)
    document["validation"]["every"] = 400
    request = write_request(document)
    trainer = TrainerProcess("--request", request)
    trainer.wait_for("step", 5)
    if how == "parent gone":
        assert trainer.process.stdin is not None
        trainer.process.stdin.close()
        trainer.process.stdin = None
    else:
        trainer.process.send_signal(signal.Signals[how])
    ended = trainer.ended()
    assert ended.code == 10
    assert ended.events[-1]["reason"] == "stopped"
    step = ended.events[-1]["step"]
    assert 5 <= step < 400
    assert ended.of_type("checkpoint")[-1]["step"] == step


def test_second_signal_ends_the_run_at_once(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    request = write_request(make_document(tmp_path / "run", tiles, tiny_sdxl))
    trainer = TrainerProcess("--request", request, "--fault", "stall-at=3")
    trainer.wait_for("step", 2)
    for _ in range(2):
        trainer.wait_for("heartbeat")
    trainer.process.send_signal(signal.SIGTERM)
    trainer.wait_for("heartbeat")
    trainer.process.send_signal(signal.SIGTERM)
    assert trainer.ended().code == -signal.SIGTERM


def test_heartbeat_says_how_long_nothing_has_moved(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    request = write_request(make_document(tmp_path / "run", tiles, tiny_sdxl))
    trainer = TrainerProcess("--request", request, "--fault", "stall-at=3")
    trainer.wait_for("heartbeat", 2)
    trainer.process.kill()
    beats = trainer.ended().of_type("heartbeat")
    assert beats[-1]["phase"] == "train"
    assert beats[-1]["sinceProgress"] > beats[-2]["sinceProgress"]
