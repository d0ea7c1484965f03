"""The loss curve as an SVG drawing."""

from __future__ import annotations

import json
from itertools import pairwise
from math import log10
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

WIDTH: Final = 720
HEIGHT: Final = 320
MARGIN: Final = 48
COLOURS: Final = {"noiseError16": "#2850d8", "noiseError32": "#d62028"}
LABELS: Final = {"noiseError16": "16 cells", "noiseError32": "32 cells"}


def read_loss_log(log: Path) -> list[dict[str, Any]]:
    """The rows of a log with `total`, the steps of all phases up to the row.

    A run that was killed repeats the steps since its last checkpoint: the later row of a step counts.
    """
    read: list[dict[str, Any]] = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    rows = sorted({(row["phase"], row["step"]): row for row in read}.values(), key=itemgetter("phase", "step"))
    before = 0
    for row, previous in zip(rows, [None, *rows[:-1]], strict=True):
        if previous is not None and row["phase"] != previous["phase"]:
            before = previous["total"]
        row["total"] = before + row["step"]
    return rows


def write_loss_curve(log: Path, output: Path) -> None:
    """Draw the mean squared noise error of each grid size over the steps of all phases, on a logarithmic scale."""
    rows = read_loss_log(log)
    last = max(row["total"] for row in rows)
    values = [row[name] for row in rows for name in COLOURS if row.get(name)]
    low, high = log10(min(values)), log10(max(values))

    def place(step: float, value: float) -> str:
        across = MARGIN + (WIDTH - 2 * MARGIN) * step / last
        down = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (log10(value) - low) / max(high - low, 1e-9)
        return f"{across:.1f},{down:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{MARGIN}" y="20">mean squared noise error by step (logarithmic)</text>',
    ]
    for value in (0.05, 0.1, 0.2, 0.5, 1.0):
        if low <= log10(value) <= high:
            left, right = place(0, value).split(","), place(last, value).split(",")
            parts.append(f'<line x1="{left[0]}" y1="{left[1]}" x2="{right[0]}" y2="{right[1]}" stroke="#ddd"/>')
            parts.append(f'<text x="8" y="{left[1]}">{value}</text>')
    for name, colour in COLOURS.items():
        points = " ".join(place(row["total"], row[name]) for row in rows if row.get(name))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}"/>')
    for row, following in pairwise(rows):
        if row["phase"] != following["phase"]:
            across = place(row["total"], 1.0).split(",")[0]
            parts.append(
                f'<line x1="{across}" y1="{MARGIN}" x2="{across}" y2="{HEIGHT - MARGIN}" '
                'stroke="#999" stroke-dasharray="4"/>'
            )
            parts.append(f'<text x="{float(across) + 4:.1f}" y="{MARGIN}">phase {following["phase"]}</text>')
    for index, (name, colour) in enumerate(COLOURS.items()):
        parts.append(f'<text x="{WIDTH - 120}" y="{40 + 16 * index}" fill="{colour}">{LABELS[name]}</text>')
    parts.append(f'<text x="{WIDTH - MARGIN - 40}" y="{HEIGHT - 16}">{last} steps</text></svg>')
    output.write_text("\n".join(parts) + "\n", encoding="utf-8")
