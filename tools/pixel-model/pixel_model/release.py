"""From a training run to the files of libs/pixel-model."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

from pixel_model.export import export_release, weight_count
from pixel_model.loss_curve import write_loss_curve
from pixel_model.reference import write_reference
from pixel_model.sources import ARCADE, AVATARS
from pixel_model.verify import compare_release
from pixel_model.weights import Released, read_checkpoint

LARGEST_DIFFERENCE: Final = 1e-4


def training_summary(released: Released, log: Path) -> dict[str, object]:
    """What the manifest says about the run."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    final = rows[-1]
    recipe = released.recipe
    return {
        "steps": released.step,
        "recipe": recipe,
        "earlierPhases": list(released.earlier),
        "parameters": weight_count(released),
        "noiseError16": final.get("noiseError16"),
        "noiseError32": final.get("noiseError32"),
        "sources": [f"{source.name}@{source.version}" for source in (ARCADE, AVATARS)],
    }


def make_release(run: Path, package: Path, revision: str) -> None:
    """Export a run's averaged weights into a package; the old files stay if a graph is not equal to its network."""
    released = read_checkpoint(run / "checkpoint.pt")
    with tempfile.TemporaryDirectory(dir=package) as folder:
        made = Path(folder)
        export_release(
            released, made / "model", revision=revision, training=training_summary(released, run / "loss.jsonl")
        )
        differences = compare_release(released, made / "model")
        print("largest difference between PyTorch and ONNX Runtime:", json.dumps(differences), flush=True)
        if max(differences.values()) > LARGEST_DIFFERENCE:
            raise ValueError(f"a graph differs from its network by more than {LARGEST_DIFFERENCE}: {differences}")
        write_reference(released, made / "reference", made / "model")
        write_loss_curve(run / "loss.jsonl", made / "model" / "loss-curve.svg")
        shutil.copy(run / "loss.jsonl", made / "model" / "loss.jsonl")
        for part in ("model", "reference"):
            (package / part).mkdir(exist_ok=True)
            for file in sorted((made / part).iterdir()):
                file.replace(package / part / file.name)
