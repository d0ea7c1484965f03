"""Treasure and signs drawn in code. `main` is the colour word of the body."""

from __future__ import annotations

from random import Random

from pixel_model.canvas import Canvas, star_points


def key(c: Canvas, r: Random, main: str) -> None:
    """A ring, a shaft and two teeth."""
    size = r.uniform(0.17, 0.22)
    c.paint(c.line(0.5, 0.3, 0.5, 0.92, 0.12), main, tone=0.45)
    c.paint(c.line(0.52, 0.88, 0.7, 0.88, 0.11), main, tone=0.35)
    if r.random() < 0.8:
        c.paint(c.line(0.52, 0.68, 0.66, 0.68, 0.1), main, tone=0.35)
    c.paint(c.disk(0.5, 0.08 + size, size), main)
    c.erase(c.disk(0.5, 0.08 + size, size * 0.42))


def coin(c: Canvas, r: Random, main: str) -> None:
    """A disc seen from the front or turned."""
    across = r.choice([0.36, 0.36, 0.3, 0.2])
    c.paint(c.disk(0.5, 0.5, across, 0.36), main, tone=0.15)
    c.paint(c.disk(0.48, 0.48, across * 0.78, 0.29), main, tone=0.6)
    mark = r.randrange(3)
    if mark == 0:
        c.paint(c.box(0.46, 0.36, 0.55, 0.64), main, tone=0.95)
    elif mark == 1:
        c.paint(c.disk(0.48, 0.48, across * 0.35, 0.14), main, tone=0.95)


def gem(c: Canvas, r: Random, main: str) -> None:
    """A cut stone with facets."""
    half = r.uniform(0.28, 0.38)
    if r.random() < 0.6:
        top, waist = r.uniform(0.14, 0.22), r.uniform(0.34, 0.42)
        c.paint(
            c.polygon(
                [(0.5 - half * 0.6, top), (0.5 + half * 0.6, top), (0.5 + half, waist), (0.5, 0.9), (0.5 - half, waist)]
            ),
            main,
        )
        c.paint(c.polygon([(0.5 - half * 0.3, waist), (0.5 + half * 0.3, waist), (0.5, 0.8)]), main, tone=0.95)
    else:
        c.paint(
            c.polygon(
                [
                    (0.5, 0.06),
                    (0.5 + half * 0.8, 0.35),
                    (0.5 + half * 0.8, 0.65),
                    (0.5, 0.94),
                    (0.5 - half * 0.8, 0.65),
                    (0.5 - half * 0.8, 0.35),
                ]
            ),
            main,
        )
        c.paint(c.polygon([(0.5, 0.2), (0.6, 0.4), (0.5, 0.75), (0.42, 0.4)]), main, tone=0.95)


def ring(c: Canvas, r: Random, main: str) -> None:
    """A band with a stone on top."""
    size = r.uniform(0.25, 0.31)
    band = r.choice(["yellow", "gray"])
    c.paint(c.disk(0.5, 0.62, size), band)
    c.erase(c.disk(0.5, 0.62, size - 0.13))
    stone = r.uniform(0.17, 0.22)
    c.paint(
        c.polygon(
            [
                (0.5, 0.38 + 0.06),
                (0.5 + stone, 0.24),
                (0.5 + stone * 0.6, 0.07),
                (0.5 - stone * 0.6, 0.07),
                (0.5 - stone, 0.24),
            ]
        ),
        main,
    )


def crown(c: Canvas, r: Random, main: str) -> None:
    """A band with three or five points."""
    base = r.uniform(0.78, 0.86)
    points = r.choice([3, 5])
    top = r.uniform(0.16, 0.26)
    corners: list[tuple[float, float]] = [(0.1, base)]
    for index in range(points):
        left = 0.1 + 0.8 * index / (points - 1)
        corners.append((left, top if index % 2 == 0 or points == 3 else top + 0.12))
        if index < points - 1:
            corners.append((left + 0.4 / (points - 1), 0.55))
    corners.append((0.9, base))
    c.paint(c.polygon(corners), main)
    c.paint(c.box(0.12, base - 0.16, 0.88, base), main, tone=0.25)
    if r.random() < 0.7:
        c.paint(c.disk(0.5, base - 0.2, 0.08), r.choice(["red", "blue", "green"]), tone=0.6)


def heart(c: Canvas, r: Random, main: str) -> None:
    """Two lobes over a point."""
    lobe = r.uniform(0.2, 0.235)
    top = r.uniform(0.32, 0.38)
    shape = c.disk(0.5 - lobe * 0.95, top, lobe) | c.disk(0.5 + lobe * 0.95, top, lobe)
    low = r.uniform(0.84, 0.94)
    reach = lobe * 1.93
    shape |= c.polygon([(0.5 - reach, top + 0.04), (0.5 + reach, top + 0.04), (0.5, low)])
    shape |= c.box(0.5 - lobe, top - 0.05, 0.5 + lobe, top + 0.1)
    c.paint(shape, main)
    if r.random() < 0.6:
        c.paint(c.disk(0.5 - lobe, top - 0.04, 0.07), main, tone=1.0)


def star(c: Canvas, r: Random, main: str) -> None:
    """A five-pointed (seldom four-pointed) star."""
    tips = 5 if r.random() < 0.8 else 4
    c.paint(c.polygon(star_points(tips, r.uniform(0.42, 0.48), r.uniform(0.19, 0.23) if tips == 5 else 0.16)), main)
    if r.random() < 0.4:
        c.paint(c.box(0.4, 0.45, 0.46, 0.58) | c.box(0.55, 0.45, 0.61, 0.58), "black", tone=0.0)


def book(c: Canvas, r: Random, main: str) -> None:
    """A closed book with a mark on its cover, or an open one."""
    if r.random() < 0.7:
        left, right = r.uniform(0.14, 0.2), r.uniform(0.8, 0.86)
        c.paint(c.box(left, 0.1, right, 0.9), main)
        c.paint(c.box(left + 0.1, 0.78, right, 0.88), "white", tone=0.3)
        mark = r.choice(["yellow", "white"])
        if r.random() < 0.5:
            c.paint(c.box(left + 0.2, 0.24, right - 0.1, 0.34), mark, tone=0.6)
        else:
            c.paint(c.disk((left + right) / 2 + 0.03, 0.42, 0.12), mark, tone=0.6)
    else:
        c.paint(c.box(0.06, 0.24, 0.94, 0.84), main, tone=0.4)
        c.paint(c.box(0.13, 0.2, 0.47, 0.76) | c.box(0.53, 0.2, 0.87, 0.76), "white", tone=0.5)


def chest(c: Canvas, r: Random, main: str) -> None:
    """A box with a rounded lid and a lock."""
    lid = r.uniform(0.38, 0.48)
    c.paint(c.box(0.1, lid, 0.9, 0.86), main)
    c.paint((c.disk(0.5, lid, 0.4, lid - 0.14)) & (c.y <= lid), main, tone=0.7)
    metal = r.choice(["yellow", "gray"])
    c.paint(c.box(0.1, lid - 0.03, 0.9, lid + 0.05), metal, tone=0.2)
    c.paint(c.box(0.42, lid - 0.06, 0.58, lid + 0.16), metal, tone=0.6)
