"""Plants and fruit drawn in code. `main` is the colour word of the body."""

from __future__ import annotations

from math import cos, pi, sin
from random import Random

from pixel_model.canvas import Canvas


def tree(c: Canvas, r: Random, main: str) -> None:
    """A round crown on a trunk."""
    c.paint(c.box(0.43, 0.55, 0.57, 0.94), "brown", tone=0.5)
    if r.random() < 0.5:
        c.paint(c.disk(0.5, 0.36, r.uniform(0.3, 0.38), r.uniform(0.26, 0.32)), main)
    else:
        c.paint(c.disk(0.32, 0.44, 0.21) | c.disk(0.68, 0.44, 0.21) | c.disk(0.5, 0.27, 0.22), main)
    if r.random() < 0.4:
        for x, y in ((0.38, 0.3), (0.6, 0.4), (0.5, 0.22)):
            c.paint(c.disk(x, y, 0.05), r.choice(["red", "yellow", "pink"]), tone=0.5)


def pine_tree(c: Canvas, r: Random, main: str) -> None:
    """Two or three triangles on a trunk."""
    c.paint(c.box(0.44, 0.7, 0.56, 0.95), "brown", tone=0.5)
    tiers = r.choice([2, 3, 3])
    for index in range(tiers):
        low = 0.8 - index * 0.74 / tiers * 0.75
        half = 0.36 - index * 0.08
        c.paint(c.polygon([(0.5, low - 0.4), (0.5 + half, low), (0.5 - half, low)]), main)


def cactus(c: Canvas, r: Random, main: str) -> None:
    """A column with one or two arms."""
    c.paint(c.line(0.5, 0.2, 0.5, 0.94, 0.24), main)
    left, right = r.uniform(0.42, 0.56), r.uniform(0.5, 0.66)
    c.paint(c.line(0.22, left, 0.5, left, 0.13) | c.line(0.2, left, 0.2, left - 0.2, 0.14), main)
    if r.random() < 0.8:
        c.paint(c.line(0.78, right, 0.5, right, 0.13) | c.line(0.8, right, 0.8, right - 0.2, 0.14), main)
    if r.random() < 0.4:
        c.paint(c.disk(0.5, 0.09, 0.07), "pink", tone=0.5)


def flower(c: Canvas, r: Random, main: str) -> None:
    """Petals about a centre on a stem."""
    c.paint(c.line(0.5, 0.5, 0.5, 0.95, 0.08), "green", tone=0.5)
    if r.random() < 0.7:
        c.paint(c.disk(0.66, 0.78, 0.14, 0.07), "green", tone=0.6)
    if r.random() < 0.5:
        c.paint(c.disk(0.34, 0.84, 0.14, 0.07), "green", tone=0.4)
    petals = r.choice([4, 5, 6])
    for index in range(petals):
        angle = 2 * pi * index / petals - pi / 2
        c.paint(c.disk(0.5 + 0.19 * cos(angle), 0.33 + 0.19 * sin(angle), 0.13), main)
    c.paint(c.disk(0.5, 0.33, 0.09), "yellow" if main != "yellow" else "brown", tone=0.6)


def mushroom(c: Canvas, r: Random, main: str) -> None:
    """A domed cap with spots on a stem."""
    rim = r.uniform(0.5, 0.6)
    c.paint(c.box(0.36, rim - 0.05, 0.64, 0.92), "white", tone=0.4)
    c.paint(c.disk(0.5, rim, r.uniform(0.36, 0.43), rim - 0.08) & (c.y <= rim), main)
    for x, y in ((0.32, rim - 0.14), (0.55, rim - 0.3), (0.72, rim - 0.12)):
        c.paint(c.disk(x, y, 0.06), "white" if main != "white" else "red", tone=0.7)


def leaf(c: Canvas, r: Random, main: str) -> None:
    """A pointed blade with a vein."""
    wide = r.uniform(0.2, 0.28)
    c.paint(c.disk(0.5 - 0.4 + wide, 0.46, 0.4, 0.44) & c.disk(0.5 + 0.4 - wide, 0.46, 0.4, 0.44), main)
    c.paint(c.line(0.5, 0.3, 0.5, 0.94, 0.06), main, tone=0.05)


def apple(c: Canvas, r: Random, main: str) -> None:
    """A round fruit with stalk and leaf."""
    size = r.uniform(0.2, 0.24)
    c.paint(c.disk(0.5 - size * 0.55, 0.58, size, size * 1.3) | c.disk(0.5 + size * 0.55, 0.58, size, size * 1.3), main)
    c.paint(c.line(0.5, 0.34, 0.53, 0.16, 0.08), "brown", tone=0.3)
    if r.random() < 0.8:
        c.paint(c.disk(0.66, 0.2, 0.13, 0.07), "green", tone=0.5)
    c.paint(c.disk(0.38, 0.48, 0.05), main, tone=1.0)


def cherries(c: Canvas, r: Random, main: str) -> None:
    """Two fruits on joined stalks."""
    top = r.uniform(0.42, 0.6)
    c.paint(c.line(0.28, 0.66, top, 0.12, 0.07) | c.line(0.72, 0.72, top, 0.12, 0.07), "green", tone=0.2)
    c.paint(c.disk(0.28, 0.7, 0.19), main)
    c.paint(c.disk(0.7, 0.75, 0.19), main)
    if r.random() < 0.6:
        c.paint(c.disk(top + 0.13, 0.12, 0.13, 0.07), "green", tone=0.6)


def strawberry(c: Canvas, r: Random, main: str) -> None:
    """A pointed fruit with seeds and leaves."""
    half = r.uniform(0.28, 0.35)
    c.paint(
        c.disk(0.5 - half * 0.4, 0.42, half * 0.65, 0.2)
        | c.disk(0.5 + half * 0.4, 0.42, half * 0.65, 0.2)
        | c.polygon([(0.5 - half, 0.44), (0.5 + half, 0.44), (0.5, 0.94)]),
        main,
    )
    c.paint(c.polygon([(0.25, 0.16), (0.75, 0.16), (0.6, 0.36), (0.5, 0.26), (0.4, 0.36)]), "green", tone=0.5)
    for x, y in ((0.38, 0.48), (0.6, 0.5), (0.5, 0.66)):
        c.paint(c.disk(x, y, 0.035), "yellow" if main != "yellow" else "brown", tone=0.8, coverage=0.3)


def carrot(c: Canvas, r: Random, main: str) -> None:
    """A tapering root with leaves."""
    half = r.uniform(0.15, 0.21)
    c.paint(
        c.line(0.5, 0.3, 0.36, 0.08, 0.09) | c.line(0.5, 0.3, 0.5, 0.05, 0.09) | c.line(0.5, 0.3, 0.64, 0.08, 0.09),
        "green",
        tone=0.6,
    )
    c.paint(
        c.polygon(
            [(0.5 - half, 0.32), (0.5 + half, 0.32), (0.5 + half * 0.4, 0.78), (0.5, 0.96), (0.5 - half * 0.4, 0.78)]
        )
        | c.disk(0.5, 0.33, half, 0.08),
        main,
    )


def pumpkin(c: Canvas, r: Random, main: str) -> None:
    """A ribbed gourd, often with a face."""
    c.paint(c.box(0.45, 0.1, 0.57, 0.3), "green", tone=0.2)
    for x, width in ((0.28, 0.18), (0.72, 0.18), (0.5, 0.2)):
        c.paint(c.disk(x, 0.58, width, r.uniform(0.29, 0.33)), main)
    if r.random() < 0.5:
        c.paint(
            c.polygon([(0.26, 0.56), (0.42, 0.56), (0.34, 0.42)])
            | c.polygon([(0.58, 0.56), (0.74, 0.56), (0.66, 0.42)]),
            "black",
            tone=0.0,
        )
        c.paint(c.box(0.3, 0.66, 0.7, 0.75), "black", tone=0.0)
