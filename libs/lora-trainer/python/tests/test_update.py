from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from lora_trainer.batch import batch_of
from lora_trainer.events import EventStream
from lora_trainer.prepare import Prepared, prepare
from lora_trainer.progress import Progress
from lora_trainer.request import TrainRequest, read_request
from lora_trainer.update import UpdateReport, update
from torch import Tensor
from training_set import make_document, write_request


def prepared(tmp_path: Path, tiles: Path, base: Path, **changes: object) -> tuple[TrainRequest, Prepared]:
    request = read_request(write_request(make_document(tmp_path, tiles, base, **changes)))
    progress = Progress(EventStream(request.run_id, tmp_path, None))
    return request, prepare(request, progress, lambda: None)


def one_update(request: TrainRequest, run: Prepared, factor: float = 1.0) -> UpdateReport:
    def spoil(loss: Tensor) -> Tensor:
        return loss * factor

    parts = range(request.training.accumulation)
    batches = [batch_of(request, run.cache, run.state.step, part, run.device) for part in parts]
    return update(run.state, request.training, run.noise_error, run.weights, batches, spoil)


def test_float16_lowers_its_scale_and_skips_what_overflows(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    request, run = prepared(tmp_path, tiles, tiny_sdxl, training__precision="float16")
    good = one_update(request, run)
    assert good.loss is not None
    assert good.scale == 65536
    before = run.state.unet.factors()
    before = {name: factor.clone() for name, factor in before.items()}
    assert one_update(request, run, math.inf).loss is None
    assert one_update(request, run).scale == 32768
    assert run.state.skipped == 1
    assert all(factor.dtype is torch.float32 for factor in before.values())


@pytest.mark.parametrize("factor", [math.nan, math.inf])
@pytest.mark.parametrize("precision", ["float32", "float16", "bfloat16"])
def test_update_that_is_not_finite_changes_nothing(
    factor: float, precision: str, tmp_path: Path, tiny_sdxl: Path, tiles: Path
) -> None:
    request, run = prepared(tmp_path, tiles, tiny_sdxl, training__precision=precision)
    one_update(request, run)
    before = {name: value.clone() for name, value in run.state.unet.factors().items()}
    report = one_update(request, run, factor)
    assert report.loss is None
    assert report.gradient_norm is None
    assert all(torch.equal(value, before[name]) for name, value in run.state.unet.factors().items())
    assert (run.state.step, run.state.skipped, run.state.skipped_in_row) == (2, 1, 1)
    assert one_update(request, run).learning_rate == report.learning_rate
    assert run.state.skipped_in_row == 0


def test_accumulated_batches_make_the_update_of_one_large_batch(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    results = []
    for name, size, accumulation in (("large", 4, 1), ("small", 2, 2)):
        changes = {"training__batchSize": size, "training__accumulation": accumulation}
        request, run = prepared(tmp_path / name, tiles, tiny_sdxl, **changes)
        reports = [one_update(request, run) for _ in range(2)]
        results.append((reports, run.state.unet.factors()))
    (large, large_factors), (small, small_factors) = results
    assert [report.pictures for report in large] == [report.pictures for report in small]
    assert [report.loss for report in large] == pytest.approx([report.loss for report in small], rel=1e-5)
    for name, factor in large_factors.items():
        # A hundredth of a step: AdamW divides by the gradient's size, and makes the rounding of small ones as large.
        torch.testing.assert_close(factor, small_factors[name], rtol=1e-3, atol=request.training.learning_rate / 100)


def test_gradient_checkpointing_computes_the_same(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    losses = []
    for on in (False, True):
        changes = {"training__gradientCheckpointing": on}
        request, run = prepared(tmp_path / str(on), tiles, tiny_sdxl, **changes)
        losses.append([one_update(request, run).loss for _ in range(3)])
    assert losses[0] == pytest.approx(losses[1], rel=1e-5)


def test_losses_are_reported_by_tenth_of_the_timesteps(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    request, run = prepared(tmp_path, tiles, tiny_sdxl, training__minSnrGamma=None)
    timesteps = batch_of(request, run.cache, 0, 0, run.device).timesteps.tolist()
    report = one_update(request, run)
    drawn = {timestep // 100 for timestep in timesteps}
    assert {place for place, loss in enumerate(report.loss_by_bin) if loss is not None} == drawn
    if len(drawn) == len(timesteps):
        assert report.loss == pytest.approx(sum(loss or 0 for loss in report.loss_by_bin) / len(timesteps))


def test_dropped_captions_are_the_empty_one(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    request, run = prepared(tmp_path, tiles, tiny_sdxl)
    always = replace(request, training=replace(request.training, caption_dropout=1.0))
    states = batch_of(always, run.cache, 0, 0, run.device).conditioning.states
    assert torch.equal(states[0], run.cache.texts[""].states)
    assert not torch.equal(run.cache.texts[""].states, run.cache.texts["tile, number 0"].states)
