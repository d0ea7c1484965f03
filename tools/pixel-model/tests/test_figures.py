from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
import torch
from pixel_model.captions import BACKGROUNDS
from pixel_model.classifier import train_classifier
from pixel_model.drawings import DRAWINGS, render
from pixel_model.export import write_json
from pixel_model.figures import check_figures, figures_of
from pixel_model.figures_table import figures_table
from pixel_model.model_card import read_evaluations
from pixel_model.picture_rows import PictureRow, measure_rows, read_rows, write_rows
from pixel_model.pool import HeldOut, Picture, read_held_out
from pixel_model.prompts import PROMPT_COLOURS, TRIAL, TRIAL_NOUNS, Prompt, trial_prompts
from pixel_model.silhouettes import SilhouetteIndex
from pixel_model.sources import DATA, PROJECT

ALSO = {"tree": ["pine tree"]}
COMMITTED = PROJECT.parents[1] / "libs" / "pixel-model" / "evaluation"


def drawn(noun: str, colour: str, seed: int) -> Picture:
    rgb, mask = render(noun, colour, 16, Random(seed))
    return Picture(rgb, mask, (noun,), colour, colour, f"{noun}-{colour}-{seed}")


@pytest.fixture(scope="module")
def rows() -> list[PictureRow]:
    """Rows of pictures that are drawn in code, some of them not what their prompt asks for."""
    torch.set_num_threads(1)
    known = [
        drawn(noun, colour, seed) for noun in ("heart", "sword") for colour in ("red", "blue") for seed in range(5)
    ]
    wanted = [("heart", "red", "trained"), ("sword", "blue", "trained"), ("heart", "blue", "held-out")]
    prompts, images = [], []
    for noun, colour, kind in (*wanted, ("sword", "red", TRIAL), ("heart", "red", TRIAL)):
        for seed in (50, 51):
            shown = drawn("sword" if seed == 51 and kind == "trained" else noun, "red", seed)
            prompts.append(Prompt(f"a {colour} {noun}", noun, colour, kind, seed))
            images.append(np.where(shown.mask[..., None], shown.rgb, np.array(BACKGROUNDS["white"], dtype=np.uint8)))
    prompts.append(Prompt("a heart", "heart", None, "no-colour", 1))
    images.append(np.full((16, 16, 3), 255, dtype=np.uint8))
    classifier = train_classifier(known, seed=1, steps=3, batch=8)
    return measure_rows(prompts, np.stack(images), SilhouetteIndex(known), classifier)


@pytest.fixture
def folder(rows: list[PictureRow], tmp_path: Path) -> Path:
    ceiling = {"all": 0.9, "byNoun": {"heart": 1.0, "sword": None}}
    fixed = {"cells": 16, "weights": {"sha256": "0" * 64}, "classifierAlsoAccepts": ALSO, "silhouetteCeiling": ceiling}
    more = {"classifierTestAccuracy": 0.9, "singleColourCells": 1.0}
    write_rows(tmp_path / "evaluation-16.rows.jsonl", rows)
    write_json(tmp_path / "evaluation-16.json", fixed | more | figures_of(rows, ALSO))
    return tmp_path


def read_report(folder: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((folder / "evaluation-16.json").read_text())
    return report


def test_rows_are_read_back_as_they_were(rows: list[PictureRow], folder: Path) -> None:
    assert read_rows(folder / "evaluation-16.rows.jsonl") == rows


def test_a_reader_without_this_code_finds_the_same_figures(folder: Path) -> None:
    header, *lines = map(json.loads, (folder / "evaluation-16.rows.jsonl").read_text().splitlines())
    table = [dict(zip(header, line, strict=True)) for line in lines]
    report = read_report(folder)
    trained = [row for row in table if row["kind"] == "trained"]
    coloured = [row["foundColour"] == row["colour"] for row in trained]
    assert report["colourAgreement"]["trained"] == sum(coloured) / len(coloured) == 0.5
    named = [row["noun"] in row["nearestNouns"] for row in trained]
    assert report["silhouetteNoun"]["trained"] == sum(named) / len(named) < 1.0
    trial = [row for row in table if row["kind"] == "trial"]
    assert report["silhouetteNounTrial"]["pictures"] == len(trial) == 4
    assert report["silhouetteNounTrial"]["colourAgreement"] == 1.0
    assert report["pictures"] == len(table) - len(trial)
    empty = sum(row["foregroundCells"] < 4 for row in table) / len(table)
    assert report["empty"] == pytest.approx(empty, abs=1e-4)
    apart = [row["differingCells"] for row in table if row["kind"] != "trial" and row["differingCells"] is not None]
    assert report["diversity"]["meanDifferingCells"] == pytest.approx(sum(apart) / len(apart), abs=1e-4)


@pytest.mark.parametrize(
    ("change", "figure"),
    [
        ({"found_colour": "pink"}, "colourAgreement"),
        ({"nearest_nouns": ("anchor",)}, "silhouetteNoun"),
        ({"equal_cells": 0.97}, "memorised"),
        ({"foreground_cells": 2}, "empty"),
        ({"kind": TRIAL}, "pictures"),
    ],
)
def test_a_changed_row_is_noticed(rows: list[PictureRow], folder: Path, change: dict[str, Any], figure: str) -> None:
    assert read_evaluations(folder, "0" * 64) == [read_report(folder)]
    write_rows(folder / "evaluation-16.rows.jsonl", [dataclasses.replace(rows[0], **change), *rows[1:]])
    with pytest.raises(ValueError, match=f"{figure}.*do not follow from the rows"):
        read_evaluations(folder, "0" * 64)


def test_a_changed_figure_is_noticed(rows: list[PictureRow], folder: Path) -> None:
    report = read_report(folder)
    report["byNoun"]["heart"]["silhouette"] = 1.0
    with pytest.raises(ValueError, match="byNoun"):
        check_figures(report, rows)


def test_every_committed_figure_follows_from_its_rows() -> None:
    for path in COMMITTED.glob("evaluation-*.rows.jsonl"):
        report = json.loads(path.with_name(path.name.replace(".rows.jsonl", ".json")).read_text(encoding="utf-8"))
        check_figures(report, read_rows(path))


def test_the_table_marks_what_misses_its_bar(folder: Path) -> None:
    lines = figures_table([read_report(folder)]).splitlines()
    assert "| dominant colour = colour word, trained pairs | >= 0.99 | **0.500** |" in lines
    assert "| the same, the trial's nouns | >= 0.99 | 1.000 |" in lines
    assert "| empty | 0 | **0.091** |" in lines
    assert "| memorised (95 % of the cells equal to a training sprite) | 0 | 0.000 |" in lines


def test_a_class_that_carries_the_noun_is_right_too(rows: list[PictureRow]) -> None:
    row = dataclasses.replace(rows[0], noun="tree", classifier_noun="pine tree")
    assert figures_of([row], ALSO)["classifierNoun"]["all"] == 1.0
    assert figures_of([row], {})["classifierNoun"]["all"] == 0.0


def test_trial_prompts_name_nouns_of_the_pool_and_no_held_out_pair() -> None:
    named = json.loads((DATA / "sprite-names.json").read_text(encoding="utf-8"))
    assert set(TRIAL_NOUNS) <= {noun for entry in named.values() for noun in entry["nouns"]} | set(DRAWINGS)
    held_out = read_held_out()
    prompts = trial_prompts(held_out)
    assert not [prompt for prompt in prompts if (prompt.colour, prompt.noun) in held_out.pairs]
    assert len({prompt.seed for prompt in prompts}) == len(prompts)
    assert len(trial_prompts(HeldOut(frozenset(), frozenset()))) == len(TRIAL_NOUNS) * len(PROMPT_COLOURS)
