"""What a checkpoint holds, and whether a run may go on from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import torch
from safetensors.torch import load_file
from torch import Tensor

from lora_trainer.checkpoint_store import Checkpoint
from lora_trainer.durable_files import safetensors_bytes
from lora_trainer.exits import TrainingEnded
from lora_trainer.export_adapter import KOHYA_FILE, TrainedAdapter, kohya_file
from lora_trainer.request import TrainRequest
from lora_trainer.update import TrainState

FACTORS_FILE: Final = "state.safetensors"
OPTIMIZER_FILE: Final = "optimizer.safetensors"
MOMENTS: Final = ("exp_avg", "exp_avg_sq")


def checkpoint_files(state: TrainState, request: TrainRequest, base_version: str) -> dict[str, bytes]:
    """The float32 factors, AdamW's moments by factor, and the adapter as ComfyUI reads it (float16).

    TrainingEnded("not-finite") if a factor is not finite.
    """
    factors = state.unet.factors()
    if not all(bool(torch.isfinite(factor).all()) for factor in factors.values()):
        raise TrainingEnded(
            "not-finite", f"the adapter is not finite at step {state.step}", "use a lower learning rate"
        )
    adapter = TrainedAdapter(factors, state.step, base_version, state.unet.layers_per_block)
    moments: dict[str, Tensor] = {}
    if state.optimizer.state:
        for moment in MOMENTS:
            by_parameter = {name: state.optimizer.state[p][moment] for name, p in state.unet.parameters().items()}
            moments |= {f"{moment}.{name}": tensor for name, tensor in state.unet.split(by_parameter).items()}
    return {
        KOHYA_FILE: kohya_file(adapter, request),
        FACTORS_FILE: safetensors_bytes(factors, {}),
        OPTIMIZER_FILE: safetensors_bytes(moments, {}),
    }


def checkpoint_values(
    state: TrainState, request: TrainRequest, base_version: str, *, validated: bool
) -> dict[str, object]:
    """The counters, and the request that made them."""
    return {
        "step": state.step,
        "skipped": state.skipped,
        "skippedInRow": state.skipped_in_row,
        "validated": validated,
        "scaler": state.scaler.state_dict(),
        "baseVersion": base_version,
        "layersPerBlock": state.unet.layers_per_block,
        "request": request.document,
    }


def restore(state: TrainState, checkpoint: Checkpoint) -> None:
    """Take up a checkpoint."""
    values = checkpoint.values
    state.step, state.skipped = int(values["step"]), int(values["skipped"])
    state.skipped_in_row = int(values["skippedInRow"])
    state.unet.load_factors(load_file(checkpoint.folder / FACTORS_FILE))
    if state.scaler.is_enabled():
        state.scaler.load_state_dict(values["scaler"])
    moments = load_file(checkpoint.folder / OPTIMIZER_FILE)
    if not moments:
        return
    joined = {
        moment: state.unet.join(
            {name.removeprefix(f"{moment}."): t for name, t in moments.items() if name.startswith(f"{moment}.")}
        )
        for moment in MOMENTS
    }
    done = float(state.step - state.skipped)
    for name, parameter in state.unet.parameters().items():
        own = {moment: joined[moment][name].to(parameter.device) for moment in MOMENTS}
        state.optimizer.state[parameter] = own | {"step": torch.tensor(done, device=parameter.device)}


def adapter_of(checkpoint: Checkpoint) -> TrainedAdapter:
    """The adapter that a checkpoint holds."""
    values = checkpoint.values
    factors = load_file(checkpoint.folder / FACTORS_FILE)
    # safetensors sorts names; A before B of each layer is all that counts.
    return TrainedAdapter(factors, checkpoint.step, str(values["baseVersion"]), int(values["layersPerBlock"]))


def refuse_other_request(checkpoint: Checkpoint, request: TrainRequest) -> None:
    """TrainingEnded if the request is another than the checkpoint's; only more steps are allowed.

    With a cosine schedule the rate depends on the number of steps: then they may not change either.
    """
    before, now = checkpoint.values["request"], request.document
    changed = list(_differences(before, now))
    if request.training.schedule == "constant" and now["training"]["steps"] >= before["training"]["steps"]:
        changed = [field for field in changed if field != "training.steps"]
    changed = [field for field in changed if field != "runFolder"]
    if any(field.startswith("dataset") for field in changed):
        hint = "plan a new run with this set"
        raise TrainingEnded("dataset-changed", f"changed since the checkpoint: {', '.join(changed[:20])}", hint)
    if changed:
        hint = "undo the change, or plan a new run"
        raise TrainingEnded("config-invalid", f"changed since the checkpoint: {', '.join(changed[:20])}", hint)


def _differences(before: Any, now: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for name in sorted(before.keys() | now.keys()):
            yield from _differences(before.get(name), now.get(name), f"{path}.{name}" if path else name)
    elif before != now:
        yield path
