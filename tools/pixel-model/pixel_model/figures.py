"""The figures of an evaluation, worked out from its rows and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from pixel_model.picture_rows import PictureRow
from pixel_model.prompts import TRIAL
from pixel_model.silhouettes import MEMORISED_SHARE

EMPTY_CELLS: Final = 4
WEAK_NOUN: Final = 0.75
CLOSE_OVERLAP: Final = 0.95
EQUAL_PAIR: Final = 0.02


def share(values: Sequence[bool]) -> float | None:
    """Share of true values, null for none."""
    return round(float(np.mean(values)), 4) if values else None


def has_colour(row: PictureRow) -> bool:
    """Whether the dominant colour is the prompt's, if it names one."""
    return row.colour is None or row.found_colour == row.colour


def has_silhouette(row: PictureRow) -> bool:
    """Whether a nearest training silhouette carries the prompt's noun."""
    return row.noun in row.nearest_nouns


def is_memorised(row: PictureRow) -> bool:
    """Whether nearly all cells are those of one training picture."""
    return row.equal_cells >= MEMORISED_SHARE


def is_empty(row: PictureRow) -> bool:
    """Whether hardly a cell differs from the background."""
    return row.foreground_cells < EMPTY_CELLS


def figures_of(rows: Sequence[PictureRow], also_accepted: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """All figures that follow from an evaluation's rows; those of the trial's prompts stand apart.

    `also_accepted` names the classes that the classifier may see in a picture of a noun beside the noun itself.
    """
    plan = [row for row in rows if row.kind != TRIAL]
    kinds = {kind: [row for row in plan if row.kind == kind] for kind in ("trained", "held-out", "no-colour")}

    def is_classified(row: PictureRow) -> bool:
        return row.classifier_noun in (row.noun, *also_accepted.get(row.noun, ()))

    by_noun = {
        noun: {"silhouette": share(list(map(has_silhouette, own))), "classifier": share(list(map(is_classified, own)))}
        for noun in sorted({row.noun for row in plan})
        for own in [[row for row in plan if row.noun == noun]]
    }
    overlaps = [row.overlap for row in plan]
    differences = [row.differing_cells for row in plan if row.differing_cells is not None]
    return {
        "pictures": len(plan),
        "colourAgreement": {kind: share(list(map(has_colour, kinds[kind]))) for kind in ("trained", "held-out")},
        "heldOutPictures": len(kinds["held-out"]),
        "silhouetteNoun": {kind: share(list(map(has_silhouette, own))) for kind, own in {"all": plan, **kinds}.items()},
        "silhouetteNounTrial": trial_figures([row for row in rows if row.kind == TRIAL]),
        "classifierNoun": {kind: share(list(map(is_classified, own))) for kind, own in {"all": plan, **kinds}.items()},
        "silhouetteOverlap": {
            "median": round(float(np.median(overlaps)), 4),
            "shareAbove95": share([overlap > CLOSE_OVERLAP for overlap in overlaps]),
        },
        "memorised": share(list(map(is_memorised, rows))),
        "memorisedPrompts": [row.prompt for row in rows if is_memorised(row)],
        "empty": share(list(map(is_empty, rows))),
        "coloursPerPicture": {"median": float(np.median([row.colours for row in plan]))},
        "diversity": {
            "meanDifferingCells": round(float(np.mean(differences)), 4) if differences else None,
            "equalPairs": share([value < EQUAL_PAIR for value in differences]),
        },
        "byNoun": by_noun,
        "nounsBelow75": [noun for noun, values in by_noun.items() if (values["silhouette"] or 0.0) < WEAK_NOUN],
        "colourFaults": [row.prompt for row in plan if not has_colour(row)],
    }


def trial_figures(rows: Sequence[PictureRow]) -> dict[str, Any] | None:
    """Figures of the trial's prompts, null where they were not drawn."""
    if not rows:
        return None
    nouns = sorted({row.noun for row in rows})
    return {
        "pictures": len(rows),
        "colourAgreement": share(list(map(has_colour, rows))),
        "silhouetteNoun": share(list(map(has_silhouette, rows))),
        "byNoun": {noun: share([has_silhouette(row) for row in rows if row.noun == noun]) for noun in nouns},
        "colourFaults": [row.prompt for row in rows if not has_colour(row)],
    }


def check_figures(report: Mapping[str, Any], rows: Sequence[PictureRow]) -> None:
    """Raise ValueError if a figure of an evaluation's report is not the one that its rows give."""
    expected = figures_of(rows, report["classifierAlsoAccepts"])
    wrong = sorted(name for name, value in expected.items() if report.get(name) != value)
    if wrong:
        raise ValueError(
            f"{', '.join(wrong)} of {report['cells']} cells do not follow from the rows: run evaluate again"
        )
