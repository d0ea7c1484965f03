"""The model card, its figures read from the manifest and the evaluation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pixel_model.export import write_bytes
from pixel_model.figures import WEAK_NOUN, check_figures
from pixel_model.figures_table import figures_table, weak_nouns
from pixel_model.picture_rows import read_rows
from pixel_model.pool import GRIDS
from pixel_model.prompts import TRIAL_NOUNS

HEAD = """# pixel-sprites

A latent-diffusion model with SDXL's structure at about a five-hundredth of its size. It draws small game sprites: one
latent cell is one art pixel, 128x128 pixels are a sprite of 16x16 cells, 256x256 one of 32x32. It exists so that every
path of this repository runs on a model that has learned something; it is no replacement for SDXL.

Licence of the weights: Apache-2.0. Licences of the training data: `tools/pixel-model/licences`.
"""

DATA = """## Data

- Sprites of `pxt-arcade@4.1.2` (MIT, Microsoft), named in `tools/pixel-model/data/sprite-names.json`, in their own
  colours and recoloured to twelve colour words, each also stretched by a row or a column.
- Faces put together from `@dicebear/pixel-art@9.4.3` (design CC0 1.0), described by hair, glasses, beard, hat, shirt,
  skin and mood.
- Things drawn in code with random proportions (`tools/pixel-model/pixel_model/draw_*.py`).
- On the 32-cell grid: what is natively larger, drawings at 32 cells, and 16-cell sprites doubled by EPX. A tenth of the
  32-cell samples are plainly doubled 16-cell pictures, which `original_size` 128 tells.
- Held out: 40 colour and noun pairs (`held-out-pairs.json`) and the 50 sprites of `example-set.json`, with every sprite
  equal to one of them. Frames of the same animation remain in training.
- Captions: closed vocabulary of {words} tokens; 10 % empty; a background is named in a third (white, black, gray,
  transparent = magenta), otherwise it is white, or gray behind white things.
"""

LIMITS = """## What it cannot draw

- Words outside `vocab.json`; scenes, several things at once, counts, text, tiles, actions beyond "attacking".
- Sizes other than 16 and 32 cells were never trained: the graphs take any size, but at 24 cells shapes are bent and
  torn, at 48 they fall apart.
- At 32 cells dinosaur, shark, fish, tree and plane keep noise inside, and thin things (sword, key, wand) come out bent.
- At 16 cells fish, dinosaur, shark and plane are hard to make out, and a potion's neck is often cut off.
- Shapes stay close to the training silhouettes.
- Colours are not a palette: quantise pictures for display.
- People of one kind (man, woman, boy, girl, queen, princess) are alike at 16 cells.
"""


def read_evaluations(folder: Path, weights_sha256: str) -> list[dict[str, Any]]:
    """The evaluations of a package; ValueError if one is of other weights, or is not what its rows give."""
    evaluations: list[dict[str, Any]] = []
    for path in (folder / f"evaluation-{grid}.json" for grid in GRIDS):
        if path.exists():
            evaluation = json.loads(path.read_text(encoding="utf-8"))
            if evaluation["weights"]["sha256"] != weights_sha256:
                raise ValueError(f"{path.name} is of other weights: run evaluate first")
            check_figures(evaluation, read_rows(path.with_suffix(".rows.jsonl")))
            evaluations.append(evaluation)
    if not evaluations:
        raise ValueError(f"there is no evaluation in {folder}: run evaluate first")
    return evaluations


def phase_text(number: int, phase: Mapping[str, Any], steps: int) -> str:
    """What one phase of the training did."""
    low, high = (f"{end:.0%}" for end in phase["ramp_32"])
    weighted = [name for name in ("noun", "colour") if phase["mixture"].get(f"{name}_weights")]
    oftener = f"; some {'s and '.join(weighted)}s are drawn more often than others" if weighted else ""
    lifts = ", ".join(f"{word} by {factor:g}" for word, factor in phase["mixture"].get("lifts", {}).items())
    brightened = f"; colours brightened: {lifts}" if lifts else ""
    averaged = phase.get("starts_from", 1)
    start = f", from the mean of the weights of the {averaged} phases before it" if averaged > 1 else ""
    return (
        f"{number}. Seed {phase['seed']}, {steps} updates of {phase['batch_16']} pictures of 16 cells or "
        f"{phase['batch_32']} of 32 cells (share of the latter {phase['share_32_start']:.0%} to "
        f"{phase['share_32_end']:.0%}, rising between {low} and {high} of the phase), learning rate "
        f"{phase['learning_rate']}{start}{oftener}{brightened}."
    )


def write_model_card(package: Path) -> None:
    """Write model/MODEL_CARD.md from model/manifest.json, model/vocab.json and evaluation/*.json."""
    model = package / "model"
    manifest = json.loads((model / "manifest.json").read_text(encoding="utf-8"))
    vocabulary = json.loads((model / "vocab.json").read_text(encoding="utf-8"))
    weights = next(file for file in manifest["files"] if file["path"].endswith(".safetensors"))
    evaluations = read_evaluations(package / "evaluation", weights["sha256"])
    training, recipe = manifest["training"], manifest["training"]["recipe"]
    phases = [*training["earlierPhases"], {**recipe, "trained_steps": training["steps"]}]
    nouns = sorted(evaluations[0]["byNoun"])
    first = evaluations[0]
    sections = [
        HEAD,
        DATA.format(words=len(vocabulary["tokens"])),
        f"""## Recipe

`npm run pixel-model:train`, on one CPU thread, each phase from the weights that the one before it ended
with, if nothing else is said:

{chr(10).join(phase_text(number, phase, phase["trained_steps"]) for number, phase in enumerate(phases, start=1))}

AdamW, the learning rate falling to zero by a cosine in each phase, moving average {recipe["ema_decay"]}. Noise
prediction on the scaled-linear schedule, the loss weighted by min(1/alpha_bar, {recipe["loss_weight_ceiling"]:.0f}),
offset noise {recipe["offset_noise"]}. {training["parameters"]:,} parameters, stored as fp16. Loss curve:
`loss-curve.svg`, numbers: `loss.jsonl`; at the end the squared noise error is {training["noiseError16"]}
(16 cells) and {training["noiseError32"]} (32 cells).
""",
        f"""## What it draws

Euler, normal schedule, {first["steps"]} steps, guidance {first["guidance"]}; figures, faults, sheets and a row for
every picture: `libs/pixel-model/evaluation/`. Colour prompts use eight colour words. What misses its bar is bold.

{figures_table(evaluations)}

The silhouette figure compares outlines alone with those of all {len(nouns)} nouns under flips and shifts of one cell: a
pine tree may lie nearest to a rocket. Its bar is what a trial of this architecture reached with twenty nouns in eight
colours; "the trial's nouns" are the {len(TRIAL_NOUNS)} of them that its notes name, asked for likewise. "Training
sprites among other sprites" is the measure on training pictures whose own sprite is left out: what a new and good
picture reaches. More than that means following a training silhouette. The classifier sees colours too; its own
accuracy stands below it. "Memorised" asks for 95 % of the cells of both foregrounds within 16/255 of a training
picture's, under the same moves.

Nouns below {WEAK_NOUN} by silhouette, in brackets what training sprites of them reach (- where there is a single one):

{chr(10).join(weak_nouns(evaluation) for evaluation in evaluations)}

Nouns: {", ".join(nouns)}; and face (person, avatar, portrait).
""",
        LIMITS,
    ]
    write_bytes(model / "MODEL_CARD.md", ("\n".join(sections).rstrip() + "\n").encode())
