"""The model card, its figures read from the manifest and the evaluation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pixel_model.export import write_bytes

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
- At 32 cells animals, people and thin things (key, sword, bow, wand) are often a patch of the right colours.
- A part of the sprites with many colours (dinosaur, fish, car, shark, knight) keeps noise inside at 16 cells.
- Shapes stay close to the training silhouettes.
- Colours are not a palette: quantise pictures for display.
- People of one kind (man, woman, boy, girl, queen, princess) are alike at 16 cells.
"""


def percent(value: float | None) -> str:
    """A share as text."""
    return "-" if value is None else f"{value:.3f}"


def figures_table(evaluations: list[dict[str, Any]]) -> str:
    """The figures of every grid size side by side."""
    rows: list[tuple[str, list[str]]] = []

    def add(label: str, values: list[str]) -> None:
        rows.append((label, values))

    def pick(*keys: str) -> list[str]:
        values = []
        for evaluation in evaluations:
            value: Any = evaluation
            for key in keys:
                value = value[key]
            values.append(percent(value))
        return values

    add("pictures", [str(evaluation["pictures"]) for evaluation in evaluations])
    add("dominant colour = colour word, trained pairs", pick("colourAgreement", "trained"))
    add("the same, held-out pairs", pick("colourAgreement", "held-out"))
    add("nearest training silhouette has the noun", pick("silhouetteNoun", "all"))
    add("the same, prompts without a colour", pick("silhouetteNoun", "no-colour"))
    add("the same, held-out pairs", pick("silhouetteNoun", "held-out"))
    add("classifier sees the noun", pick("classifierNoun", "all"))
    add("the classifier's accuracy on sprites it never saw", pick("classifierTestAccuracy"))
    add("overlap with the nearest silhouette, median", pick("silhouetteOverlap", "median"))
    add("memorised (95 % of the cells equal to a training sprite)", pick("memorised"))
    add("empty", pick("empty"))
    add("cells of a single colour", pick("singleColourCells"))
    add("cells that differ between two seeds", pick("diversity", "meanDifferingCells"))
    titles = " | ".join(f"{evaluation['cells']} cells" for evaluation in evaluations)
    lines = [f"| | {titles} |", "| --- |" + " --- |" * len(evaluations)]
    lines += [f"| {label} | {' | '.join(values)} |" for label, values in rows]
    return "\n".join(lines)


def weak_nouns(evaluation: dict[str, Any]) -> str:
    """The nouns whose silhouette figure is below 0.75."""
    weak = [f"{noun} {evaluation['byNoun'][noun]['silhouette']:.2f}" for noun in evaluation["nounsBelow75"]]
    return f"- {evaluation['cells']} cells: {', '.join(weak) if weak else 'none'}"


def write_model_card(package: Path) -> None:
    """Write model/MODEL_CARD.md from model/manifest.json, model/vocab.json and evaluation/*.json."""
    model = package / "model"
    manifest = json.loads((model / "manifest.json").read_text(encoding="utf-8"))
    vocabulary = json.loads((model / "vocab.json").read_text(encoding="utf-8"))
    paths = [package / "evaluation" / f"evaluation-{grid}.json" for grid in (16, 32)]
    evaluations = [json.loads(path.read_text(encoding="utf-8")) for path in paths if path.exists()]
    weights = next(file for file in manifest["files"] if file["path"].endswith(".safetensors"))
    for evaluation in evaluations:
        if evaluation["weights"]["sha256"] != weights["sha256"]:
            raise ValueError(f"the evaluation of {evaluation['cells']} cells is of other weights: run evaluate first")
    training, recipe = manifest["training"], manifest["training"]["recipe"]
    nouns = sorted(evaluations[0]["byNoun"]) if evaluations else []
    first = evaluations[0] if evaluations else {"steps": "-", "guidance": "-"}
    sections = [
        HEAD,
        DATA.format(words=len(vocabulary["tokens"])),
        f"""## Recipe

`tools/pixel-model/recipes/release.json`, seed {recipe["seed"]}: {training["steps"]} updates of {recipe["batch_16"]}
pictures of 16 cells or {recipe["batch_32"]} of 32 cells (none at first, a ramp between {recipe["ramp_32"][0]:.0%} and
{recipe["ramp_32"][1]:.0%} of the run, then {recipe["share_32_end"]:.0%} of the updates) on one CPU thread; AdamW,
learning rate {recipe["learning_rate"]} with a cosine to zero, moving average {recipe["ema_decay"]}. Noise prediction on
the scaled-linear schedule, the loss weighted by min(1/alpha_bar, {recipe["loss_weight_ceiling"]:.0f}), offset noise
{recipe["offset_noise"]}. {training["parameters"]:,} parameters, stored as fp16. Loss curve: `loss-curve.svg`, numbers:
`loss.jsonl`; at the end the squared noise error is {training["noiseError16"]} (16 cells) and
{training["noiseError32"]} (32 cells).
""",
        f"""## What it draws

Euler, normal schedule, {first["steps"]} steps, guidance {first["guidance"]}; figures, faults and sheets:
`libs/pixel-model/evaluation/`. Colour prompts use eight colour words.

{figures_table(evaluations)}

The silhouette figure compares outlines alone with those of all {len(nouns)} nouns under flips and shifts of one cell: a
pine tree may lie nearest to a rocket. The classifier sees colours too; its own accuracy stands below it. "Memorised"
asks for 95 % of the cells of both foregrounds within 16/255 of a training picture's, under the same moves. The aims
were 0.99 for colours and 0.88 for silhouettes of twenty nouns: colours come close, the silhouettes of all nouns do not.

Nouns below 0.75 by silhouette, each of 10 to 14 pictures of 16 cells and 3 to 5 of 32 cells:

{chr(10).join(weak_nouns(evaluation) for evaluation in evaluations)}

Nouns: {", ".join(nouns)}; and face (person, avatar, portrait).
""",
        LIMITS,
    ]
    write_bytes(model / "MODEL_CARD.md", ("\n".join(sections).rstrip() + "\n").encode())
