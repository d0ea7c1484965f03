"""Sky, weather and fire drawn in code. `main` is the colour word of the body."""

from __future__ import annotations

from math import cos, pi, sin
from random import Random

from pixel_model.canvas import Canvas


def moon(c: Canvas, r: Random, main: str) -> None:
    """A crescent."""
    shift = r.uniform(0.16, 0.24)
    c.paint(c.disk(0.48, 0.5, 0.4) & ~c.disk(0.48 + shift, 0.5 - shift * 0.5, 0.33), main)


def sun(c: Canvas, r: Random, main: str) -> None:
    """A disc with eight rays."""
    size = r.uniform(0.22, 0.27)
    for index in range(8):
        angle = index * pi / 4
        c.paint(
            c.line(
                0.5 + 0.3 * cos(angle), 0.5 + 0.3 * sin(angle), 0.5 + 0.43 * cos(angle), 0.5 + 0.43 * sin(angle), 0.09
            ),
            main,
            tone=0.3,
        )
    c.paint(c.disk(0.5, 0.5, size), main)


def cloud(c: Canvas, r: Random, main: str) -> None:
    """Three puffs over a flat base."""
    base = r.uniform(0.64, 0.72)
    shape = (
        c.disk(0.28, base - 0.12, 0.18)
        | c.disk(r.uniform(0.44, 0.54), base - 0.2, r.uniform(0.2, 0.25))
        | c.disk(0.74, base - 0.11, 0.17)
    )
    c.paint((shape & (c.y < base)) | c.box(0.24, base - 0.16, 0.76, base), main)


def drop(c: Canvas, r: Random, main: str) -> None:
    """A falling drop."""
    size = r.uniform(0.25, 0.31)
    c.paint(
        c.disk(0.5, 0.62, size) | c.polygon([(0.5, 0.06), (0.5 + size * 0.92, 0.52), (0.5 - size * 0.92, 0.52)]), main
    )
    c.paint(c.disk(0.5 - size * 0.4, 0.62, 0.06), main, tone=1.0)


def flame(c: Canvas, r: Random, main: str) -> None:
    """A flame with a lighter core."""
    lean = r.uniform(-0.12, 0.12)
    c.paint(
        c.disk(0.5, 0.66, 0.3, 0.26)
        | c.polygon([(0.5 + lean, 0.04), (0.8, 0.64), (0.2, 0.64)])
        | c.polygon([(0.24, 0.3), (0.42, 0.6), (0.2, 0.66)]),
        main,
    )
    c.paint(c.disk(0.5, 0.72, 0.15, 0.17), "yellow" if main != "yellow" else "white", tone=0.7)


def lightning(c: Canvas, r: Random, main: str) -> None:
    """A zigzag bolt."""
    shift = r.uniform(-0.04, 0.04)
    c.paint(
        c.polygon(
            [
                (0.46, 0.04),
                (0.76, 0.04),
                (0.58 + shift, 0.38),
                (0.8, 0.38),
                (0.32, 0.96),
                (0.46 + shift, 0.54),
                (0.24, 0.54),
            ]
        ),
        main,
    )
