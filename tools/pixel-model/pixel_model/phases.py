"""Training in phases: each recipe starts from the weights that the one before it ended with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pixel_model.loss_curve import write_loss_curve
from pixel_model.pool import Pool
from pixel_model.recipe import Recipe, read_recipe, recipe_from
from pixel_model.run import Run, resume_run, start_phase, start_run
from pixel_model.sources import PROJECT
from pixel_model.train import train

RECIPES: Final = PROJECT / "recipes"
RUNS: Final = PROJECT / "runs"
RELEASE_PHASES: Final = tuple(RECIPES / f"release{part}.json" for part in ("", "-2", "-3", "-4", "-5", "-6"))
"""The recipes of the released weights, the first first."""
CHECKPOINT: Final = "checkpoint.pt"
LOG: Final = "loss.jsonl"


def open_phase(recipe: Recipe, pool: Pool, output: Path, continue_from: Sequence[Path] = ()) -> Run:
    """The run in `output` where it stopped; a new one, from the mean weights of `continue_from` if given.

    A new phase goes on with the loss log that lies beside the last of them.
    """
    checkpoint = output / CHECKPOINT
    if checkpoint.exists():
        return resume_run(recipe, pool, checkpoint)
    if continue_from:
        output.mkdir(parents=True, exist_ok=True)
        (output / LOG).write_bytes((continue_from[-1].parent / LOG).read_bytes())
        return start_phase(recipe, pool, continue_from)
    return start_run(recipe, pool)


def train_phase(run: Run, pool: Pool, output: Path, *, until: int | None = None, mirror: Path | None = None) -> None:
    """Train a run to its recipe's end (or `until`) and draw its loss curve; nothing is done if it is there already."""
    last = run.recipe.steps if until is None else min(run.recipe.steps, until)
    if run.step >= last:
        print(f"step {run.step} of {run.recipe.steps}: nothing left to do in {output}", flush=True)
        return
    print(f"step {run.step} of {run.recipe.steps}; checkpoints in {output}", flush=True)
    train(run, pool, output, until=last, mirror=mirror)
    write_loss_curve(output / LOG, output / "loss-curve.svg")


def train_phases(
    recipes: Sequence[Path], pool: Pool, runs: Path, *, until: int | None = None, mirror: Path | None = None
) -> bool:
    """Train recipe files in order, each in the folder of `runs` named after it; goes on where it was stopped.

    The log of a phase begins with the rows of those before it.
    `until` counts the steps of all phases together. Returns whether the last phase is finished; ValueError if a folder
    holds a run of another recipe, or one that started from other phases than those before it.
    """
    before: list[Mapping[str, Any]] = []
    checkpoints: list[Path] = []
    for number, path in enumerate(recipes, start=1):
        recipe, output = read_recipe(path), runs / path.stem
        left = None if until is None else until - sum(phase["trained_steps"] for phase in before)
        if left is not None and left <= 0:
            return False
        print(f"phase {number} of {len(recipes)}: {path.name}", flush=True)
        run = open_phase(recipe, pool, output, checkpoints[-recipe.starts_from :])
        if not same_phases(run.earlier, before):
            raise ValueError(f"the run in {output} did not start from the phases before it: delete it")
        train_phase(run, pool, output, until=left, mirror=None if mirror is None else mirror / path.stem)
        if run.step < recipe.steps:
            return False
        before.append(run.phase())
        checkpoints.append(output / CHECKPOINT)
    return True


def same_phases(found: Sequence[Mapping[str, Any]], expected: Sequence[Mapping[str, Any]]) -> bool:
    """Whether two lists of phases are of the same recipes and lengths, defaults written out or not."""

    def plain(phases: Sequence[Mapping[str, Any]]) -> list[tuple[Recipe, int]]:
        return [
            (
                recipe_from({key: value for key, value in phase.items() if key != "trained_steps"}),
                phase["trained_steps"],
            )
            for phase in phases
        ]

    return plain(found) == plain(expected)
