"""Command line: `python -m pixel_model train | export | evaluate | card | sheet | sprites`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

import torch

from pixel_model.contact_sheet import save_sheet
from pixel_model.evaluate import evaluate
from pixel_model.model_card import write_model_card
from pixel_model.phases import RELEASE_PHASES, RUNS, open_phase, train_phase, train_phases
from pixel_model.pool_cache import load_pool
from pixel_model.recipe import read_recipe
from pixel_model.release import make_release
from pixel_model.sampling import generate
from pixel_model.sources import PROJECT, SourceError
from pixel_model.training_sprites import write_training_sprites
from pixel_model.weights import read_release

PACKAGE: Final = PROJECT.parents[1] / "libs" / "pixel-model"
RUN: Final = RUNS / RELEASE_PHASES[-1].stem


def parse() -> argparse.Namespace:
    """Arguments of all commands."""
    parser = argparse.ArgumentParser(prog="pixel_model", description=__doc__)
    parser.add_argument(
        "--threads", type=int, default=0, help="PyTorch threads, 0 for all cores (results depend on it)"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    training = commands.add_parser(
        "train", help="train the released model: every phase in runs/<recipe>, going on where it stopped"
    )
    training.add_argument("--recipe", type=Path, help="one phase only")
    training.add_argument("--output", type=Path, help="folder of that phase; runs/<recipe> by default")
    training.add_argument(
        "--continue-from",
        type=Path,
        nargs="+",
        default=[],
        help="checkpoints whose mean weights that phase starts from",
    )
    training.add_argument("--mirror", type=Path, help="a second folder for checkpoints")
    training.add_argument("--until", type=int, help="stop at this step, counted over all phases that are trained")
    exporting = commands.add_parser("export", help="write weights, graphs, manifest and references of a checkpoint")
    exporting.add_argument("--run", type=Path, default=RUN)
    exporting.add_argument("--package", type=Path, default=PACKAGE)
    exporting.add_argument("--revision", required=True)
    measuring = commands.add_parser("evaluate", help="measure the released weights")
    measuring.add_argument("--package", type=Path, default=PACKAGE)
    measuring.add_argument("--grid", type=int, choices=(16, 32), action="append", help="cells a side; both by default")
    card = commands.add_parser("card", help="write the model card from manifest and evaluation")
    card.add_argument("--package", type=Path, default=PACKAGE)
    listing = commands.add_parser("sprites", help="write the hashes of the sprites that training saw")
    listing.add_argument("--package", type=Path, default=PACKAGE)
    sheet = commands.add_parser("sheet", help="draw prompts with the released weights")
    sheet.add_argument("prompts", nargs="+")
    sheet.add_argument("--package", type=Path, default=PACKAGE)
    sheet.add_argument("--cells", type=int, default=16)
    sheet.add_argument("--seeds", type=int, default=4)
    sheet.add_argument("--output", type=Path, default=Path("sheet.png"))
    arguments = parser.parse_args()
    if arguments.command == "train" and arguments.recipe is None and (arguments.output or arguments.continue_from):
        parser.error("--output and --continue-from are of a single phase: name its --recipe")
    return arguments


def run_training(arguments: argparse.Namespace) -> None:
    """Train all phases of the release, or the one phase that is named."""
    pool = load_pool()
    if arguments.recipe is None:
        output = RUN
        finished = train_phases(RELEASE_PHASES, pool, RUNS, until=arguments.until, mirror=arguments.mirror)
    else:
        output = arguments.output or RUNS / arguments.recipe.stem
        run = open_phase(read_recipe(arguments.recipe), pool, output, arguments.continue_from)
        train_phase(run, pool, output, until=arguments.until, mirror=arguments.mirror)
        finished = run.step >= run.recipe.steps
    if finished:
        print(f"next: node tools/python-env/run.mjs -m pixel_model export --run {output} --revision <name>")


def main() -> None:
    """Run one command."""
    arguments = parse()
    if arguments.threads > 0:
        torch.set_num_threads(arguments.threads)
    if arguments.command == "train":
        run_training(arguments)
    elif arguments.command == "export":
        make_release(arguments.run, arguments.package, arguments.revision)
    elif arguments.command == "evaluate":
        weights = arguments.package / "model"
        evaluate(
            read_release(weights),
            weights,
            load_pool(),
            arguments.package / "evaluation",
            grids=arguments.grid or (16, 32),
        )
    elif arguments.command == "card":
        write_model_card(arguments.package)
    elif arguments.command == "sprites":
        write_training_sprites(arguments.package / "evaluation" / "training-sprites.json")
    else:
        prompts = [prompt for prompt in arguments.prompts for _ in range(arguments.seeds)]
        seeds = list(range(arguments.seeds)) * len(arguments.prompts)
        pictures = generate(read_release(arguments.package / "model"), prompts, seeds, cells=arguments.cells)
        save_sheet(pictures, arguments.seeds, arguments.output, pixels_per_cell=128 // arguments.cells)


try:
    main()
except (SourceError, ValueError, FileNotFoundError) as error:
    print(f"pixel_model: {error}", file=sys.stderr)
    sys.exit(4)
