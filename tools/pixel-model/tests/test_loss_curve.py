from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

from pixel_model.loss_curve import read_loss_log, write_loss_curve


def write_log(path: Path, rows: list[tuple[int, int, float | None]]) -> Path:
    lines = [
        json.dumps({"phase": phase, "step": step, "noiseError16": error, "noiseError32": None})
        for phase, step, error in rows
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_steps_add_up_over_the_phases(tmp_path: Path) -> None:
    log = write_log(tmp_path / "loss.jsonl", [(1, 50, 0.9), (1, 70, 0.5), (2, 50, 0.4), (2, 80, 0.3)])
    assert [row["total"] for row in read_loss_log(log)] == [50, 70, 120, 150]


def test_steps_that_a_killed_run_repeats_count_once(tmp_path: Path) -> None:
    log = write_log(tmp_path / "loss.jsonl", [(1, 50, 0.9), (1, 100, 0.7), (1, 100, 0.6), (1, 150, 0.5), (2, 50, 0.4)])
    rows = read_loss_log(log)
    assert [(row["total"], row["noiseError16"]) for row in rows] == [(50, 0.9), (100, 0.6), (150, 0.5), (200, 0.4)]


def test_the_curve_shows_every_row_and_where_a_phase_begins(tmp_path: Path) -> None:
    log = write_log(tmp_path / "loss.jsonl", [(1, 50, 0.9), (1, 100, 0.2), (2, 50, 0.1)])
    write_loss_curve(log, tmp_path / "curve.svg")
    drawing = ET.parse(tmp_path / "curve.svg").getroot()  # noqa: S314 - written by the line above
    lines = [line.get("points", "").split() for line in drawing.iter("{http://www.w3.org/2000/svg}polyline")]
    assert [len(points) for points in lines] == [3, 0]
    assert [text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")].count("phase 2") == 1
