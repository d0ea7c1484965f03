"""Weapons and tools drawn in code. `main` is the colour word of the body."""

from __future__ import annotations

from random import Random

from pixel_model.canvas import Canvas, star_points


def sword(c: Canvas, r: Random, main: str) -> None:
    """A blade with guard and hilt, point up."""
    width = r.uniform(0.13, 0.2)
    guard = r.uniform(0.62, 0.7)
    tip = r.uniform(0.0, 0.06)
    blade = c.polygon(
        [
            (0.5, tip),
            (0.5 + width / 2, tip + 0.1),
            (0.5 + width / 2, guard),
            (0.5 - width / 2, guard),
            (0.5 - width / 2, tip + 0.1),
        ]
    )
    c.paint(blade, main)
    c.paint(c.line(0.5, guard, 0.5, 0.93, 0.11), "brown", tone=0.4)
    reach = r.uniform(0.16, 0.24)
    c.paint(c.line(0.5 - reach, guard, 0.5 + reach, guard, 0.11), r.choice(["yellow", "brown", "gray"]), tone=0.4)
    if r.random() < 0.5:
        c.paint(c.disk(0.5, 0.93, 0.07), "yellow", tone=0.5)


def axe(c: Canvas, r: Random, main: str) -> None:
    """A handle with one or two blades at its top."""
    c.paint(c.line(0.5, 0.08, 0.5, 0.95, 0.11), "brown", tone=0.5)
    size = r.uniform(0.24, 0.32)
    sides = (1, -1) if r.random() < 0.4 else (1,)
    for side in sides:
        c.paint(
            c.polygon(
                [
                    (0.5, 0.2),
                    (0.5 + side * size, 0.06),
                    (0.5 + side * (size + 0.06), 0.28),
                    (0.5 + side * size, 0.5),
                    (0.5, 0.38),
                ]
            ),
            main,
        )


def hammer(c: Canvas, r: Random, main: str) -> None:
    """A handle with a block at its top."""
    c.paint(c.line(0.5, 0.2, 0.5, 0.93, 0.12), "brown", tone=0.5)
    half = r.uniform(0.22, 0.34)
    c.paint(c.box(0.5 - half, 0.1, 0.5 + half, r.uniform(0.34, 0.42)), main)


def bow(c: Canvas, r: Random, main: str) -> None:
    """A curved limb with a string."""
    bend = r.uniform(0.26, 0.36)
    limb = c.disk(0.42, 0.5, bend, 0.44) & ~c.disk(0.34, 0.5, bend - 0.02, 0.38) & (c.x >= 0.42)
    c.paint(c.line(0.42, 0.07, 0.42, 0.93, 0.05), "gray", tone=0.9, coverage=0.3)
    c.paint(limb, main, coverage=0.35)


def arrow(c: Canvas, r: Random, main: str) -> None:
    """A shaft with a head and feathers, point up."""
    c.paint(c.line(0.5, 0.2, 0.5, 0.9, 0.09), r.choice(["brown", "gray"]), tone=0.5)
    half = r.uniform(0.14, 0.2)
    c.paint(c.polygon([(0.5, 0.03), (0.5 + half, 0.32), (0.5 - half, 0.32)]), main)
    for side in (-1, 1):
        c.paint(c.line(0.5, 0.78, 0.5 + side * 0.15, 0.93, 0.1), main)


def wand(c: Canvas, r: Random, main: str) -> None:
    """A rod with a glowing head."""
    c.paint(c.line(0.5, 0.3, 0.5, 0.95, 0.11), "brown", tone=0.4)
    if r.random() < 0.5:
        c.paint(c.disk(0.5, 0.22, r.uniform(0.16, 0.21)), main)
    else:
        c.paint(c.polygon([(x, y - 0.28) for x, y in star_points(5, 0.24, 0.11)]), main)


def shield(c: Canvas, r: Random, main: str) -> None:
    """A pointed or round shield with a rim or an emblem."""
    rim = r.choice(["gray", "yellow", "brown"])
    if r.random() < 0.7:
        half = r.uniform(0.3, 0.38)
        low = r.uniform(0.5, 0.6)

        def outline(shrink: float) -> list[tuple[float, float]]:
            side = half - shrink
            return [
                (0.5 - side, 0.1 + shrink),
                (0.5 + side, 0.1 + shrink),
                (0.5 + side, low),
                (0.5, 0.93 - shrink * 1.3),
                (0.5 - side, low),
            ]

        c.paint(c.polygon(outline(0)), rim, tone=0.4)
        c.paint(c.polygon(outline(0.08)), main)
    else:
        size = r.uniform(0.34, 0.4)
        c.paint(c.disk(0.5, 0.5, size), rim, tone=0.4)
        c.paint(c.disk(0.5, 0.5, size - 0.08), main)
    if r.random() < 0.6:
        c.paint(c.disk(0.5, 0.46, 0.08), rim, tone=0.9)
    elif r.random() < 0.7:
        c.paint(c.box(0.45, 0.2, 0.55, 0.75), rim, tone=0.9)


def bomb(c: Canvas, r: Random, main: str) -> None:
    """A ball with a fuse."""
    size = r.uniform(0.28, 0.33)
    c.paint(c.line(0.55, 0.35, 0.72, 0.14, 0.08), "brown", tone=0.6)
    c.paint(c.disk(0.76, 0.12, 0.08), r.choice(["yellow", "orange", "red"]), tone=0.6)
    c.paint(c.disk(0.47, 0.6, size), main)
    c.paint(c.disk(0.37, 0.5, 0.06), main, tone=1.0)
