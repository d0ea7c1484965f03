"""The command line that the supervisor starts: `python -m lora_trainer run --request <run folder>/request.json`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lora_trainer.exits import EXIT_CODES, classify
from lora_trainer.export_verb import export_checkpoint
from lora_trainer.injected_faults import USAGE
from lora_trainer.reference_verb import write_reference
from lora_trainer.run_verb import RunOptions, run_training


def parser() -> argparse.ArgumentParser:
    """The verbs and their options."""
    top = argparse.ArgumentParser(prog="lora_trainer", description="Trains SDXL LoRA adapters.")
    verbs = top.add_subparsers(dest="verb", required=True)
    run = verbs.add_parser("run", help="train as a request says")
    run.add_argument("--request", type=Path, required=True, help="request.json")
    run.add_argument("--events-fd", type=int, help="descriptor that gets the events, as events.jsonl does")
    run.add_argument("--resume", action="store_true", help="go on from the newest checkpoint")
    run.add_argument("--detached", action="store_true", help="go on when standard input, a pipe, ends")
    run.add_argument("--fault", action="append", default=[], help=USAGE)
    export = verbs.add_parser("export", help="write the adapter of a checkpoint for ComfyUI and for diffusers")
    export.add_argument("--checkpoint", type=Path, required=True, help="a folder below checkpoints/")
    export.add_argument("--output", type=Path, required=True, help="folder for the two files")
    reference = verbs.add_parser("reference", help="write what the UNet predicts under an exported adapter")
    reference.add_argument("--request", type=Path, required=True, help="request.json")
    reference.add_argument("--adapter", type=Path, required=True, help="adapter.safetensors in kohya's form")
    reference.add_argument("--output", type=Path, required=True, help="safetensors file to write")
    return top


def main() -> int:
    """Run a verb; its exit code."""
    arguments = parser().parse_args()
    try:
        if arguments.verb == "run":
            options = RunOptions(arguments.events_fd, arguments.resume, arguments.detached, tuple(arguments.fault))
            return run_training(arguments.request, options)
        if arguments.verb == "export":
            export_checkpoint(arguments.checkpoint, arguments.output)
        else:
            write_reference(arguments.request, arguments.adapter, arguments.output)
    except Exception as error:  # noqa: BLE001 - every end has a class
        ended = classify(error)
        print(f"{ended.exit_class}: {ended}\n{ended.hint}", file=sys.stderr)
        return EXIT_CODES[ended.exit_class]
    return 0


if __name__ == "__main__":
    sys.exit(main())
