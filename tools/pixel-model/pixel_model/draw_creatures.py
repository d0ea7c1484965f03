"""Creatures drawn in code. `main` is the colour word of the body."""

from __future__ import annotations

from random import Random

from pixel_model.canvas import Canvas


def egg(c: Canvas, r: Random, main: str) -> None:
    """An egg, plain or spotted."""
    half = r.uniform(0.26, 0.31)
    c.paint((c.disk(0.5, 0.6, half, 0.3)) | (c.disk(0.5, 0.56, half * 0.94, 0.46) & (c.y < 0.6)), main)
    if r.random() < 0.5:
        spot = r.choice(["green", "red", "blue", "purple"])
        if spot != main:
            for x, y in ((0.42, 0.4), (0.6, 0.56), (0.4, 0.7)):
                c.paint(c.disk(x, y, 0.06), spot, tone=0.6)


def snowman(c: Canvas, r: Random, main: str) -> None:
    """Two balls, eyes, a nose and often a hat."""
    c.paint(c.disk(0.5, 0.7, r.uniform(0.24, 0.28), 0.24), main)
    c.paint(c.disk(0.5, 0.37, 0.18), main)
    c.paint(
        c.disk(0.43, 0.34, 0.035) | c.disk(0.57, 0.34, 0.035),
        "black" if main != "black" else "white",
        tone=0.0,
        coverage=0.3,
    )
    c.paint(c.disk(0.5, 0.41, 0.04), "orange", tone=0.5, coverage=0.3)
    if r.random() < 0.7:
        hat = r.choice(["black", "red", "blue"])
        c.paint(c.box(0.37, 0.04, 0.63, 0.2) | c.box(0.28, 0.18, 0.72, 0.25), hat if hat != main else "green", tone=0.4)


def slime(c: Canvas, r: Random, main: str) -> None:
    """A blob with eyes."""
    top = r.uniform(0.24, 0.36)
    half = r.uniform(0.34, 0.41)
    c.paint((c.disk(0.5, 0.84, half, 0.84 - top) & (c.y < 0.84)), main)
    low = (top + 0.84) / 2
    gap = r.uniform(0.11, 0.15)
    c.paint(
        c.disk(0.5 - gap, low, 0.055) | c.disk(0.5 + gap, low, 0.055),
        "black" if main != "black" else "white",
        tone=0.0,
        coverage=0.35,
    )
    if r.random() < 0.5:
        c.paint(c.box(0.45, low + 0.14, 0.55, low + 0.2), "black" if main != "black" else "white", tone=0.0)


def ghost(c: Canvas, r: Random, main: str) -> None:
    """A sheet with eyes and a wavy hem."""
    half = r.uniform(0.27, 0.34)
    body = c.disk(0.5, 0.4, half, 0.32) | c.box(0.5 - half, 0.4, 0.5 + half, 0.82)
    for index in range(3):
        body |= c.disk(0.5 - half + half * (2 * index + 1) / 3, 0.82, half / 3.2, 0.1)
    c.paint(body, main)
    eyes = c.disk(0.4, 0.4, 0.055, 0.08) | c.disk(0.6, 0.4, 0.055, 0.08)
    c.paint(eyes, "black" if main != "black" else "white", tone=0.0, coverage=0.35)
    if r.random() < 0.4:
        c.paint(c.disk(0.5, 0.58, 0.06), "black" if main != "black" else "white", tone=0.0, coverage=0.35)


def bird(c: Canvas, r: Random, main: str) -> None:
    """A side view with wing, beak and legs, facing right."""
    belly = r.uniform(0.22, 0.27)
    c.paint(
        c.line(0.44, 0.8, 0.44, 0.95, 0.06) | c.line(0.58, 0.8, 0.58, 0.95, 0.06), "orange", tone=0.4, coverage=0.35
    )
    c.paint(c.polygon([(0.3, 0.5), (0.04, r.uniform(0.34, 0.5)), (0.1, 0.66), (0.34, 0.74)]), main, tone=0.3)
    c.paint(c.disk(0.48, 0.6, belly + 0.04, belly), main)
    c.paint(c.disk(0.66, 0.34, 0.17), main)
    c.paint(c.polygon([(0.8, 0.28), (0.97, 0.37), (0.8, 0.44)]), "orange" if main != "orange" else "yellow", tone=0.5)
    c.paint(c.disk(0.42, 0.58, 0.15, 0.1), main, tone=0.1)
    c.paint(c.disk(0.7, 0.31, 0.04), "black" if main != "black" else "white", tone=0.0, coverage=0.3)


def skull(c: Canvas, r: Random, main: str) -> None:
    """A cranium with sockets and teeth."""
    c.paint(c.box(0.32, 0.6, 0.68, r.uniform(0.84, 0.92)), main)
    c.paint(c.disk(0.5, 0.42, r.uniform(0.34, 0.38), 0.32), main)
    dark = "black" if main != "black" else "white"
    c.paint(c.disk(0.36, 0.46, 0.095) | c.disk(0.64, 0.46, 0.095), dark, tone=0.0)
    c.paint(c.polygon([(0.5, 0.54), (0.56, 0.66), (0.44, 0.66)]), dark, tone=0.0, coverage=0.35)
    for x in (0.43, 0.57):
        c.paint(c.box(x - 0.025, 0.76, x + 0.025, 0.92), dark, tone=0.0, coverage=0.4)
