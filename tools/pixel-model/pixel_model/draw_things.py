"""Buildings, vehicles, food and household things drawn in code. `main` is the colour word of the body."""

from __future__ import annotations

from random import Random

from pixel_model.canvas import Canvas


def house(c: Canvas, r: Random, main: str) -> None:
    """Walls, a roof in the main colour, a door and a window."""
    eaves = r.uniform(0.42, 0.5)
    wall = r.choice(["white", "gray", "yellow"])
    c.paint(c.box(0.18, eaves, 0.82, 0.93), wall if wall != main else "brown", tone=0.45)
    c.paint(c.polygon([(0.5, 0.05), (0.98, eaves + 0.06), (0.02, eaves + 0.06)]), main)
    if r.random() < 0.4:
        c.paint(c.box(0.68, 0.08, 0.8, 0.3), main, tone=0.15)
    door = r.choice([0.34, 0.5, 0.5])
    c.paint(c.box(door - 0.08, 0.66, door + 0.08, 0.93), main, tone=0.15)
    if door < 0.4:
        c.paint(c.box(0.58, 0.6, 0.72, 0.74), "cyan" if main != "cyan" else "blue", tone=0.8)


def tower(c: Canvas, r: Random, main: str) -> None:
    """A castle tower with battlements, a gate and a flag or a window."""
    top = r.uniform(0.24, 0.34)
    c.paint(c.box(0.26, top, 0.74, 0.95), main)
    for x in (0.2, 0.42, 0.64):
        c.paint(c.box(x, top - 0.14, x + 0.16, top + 0.04), main)
    c.paint(c.box(0.2, top, 0.8, top + 0.1), main, tone=0.8)
    dark = "black" if main != "black" else "white"
    c.paint(c.disk(0.5, 0.8, 0.1) | c.box(0.4, 0.8, 0.6, 0.95), dark, tone=0.3)
    c.paint(c.box(0.45, top + 0.18, 0.55, top + 0.32), dark, tone=0.3)


def door(c: Canvas, r: Random, main: str) -> None:
    """A door in a frame, with a knob."""
    frame = r.choice(["gray", "brown"])
    left = r.uniform(0.18, 0.24)
    arched = r.random() < 0.5
    outer = c.box(left, 0.3 if arched else 0.08, 1 - left, 0.94)
    if arched:
        outer |= c.disk(0.5, 0.32, 0.5 - left, 0.26)
    c.paint(outer, frame if frame != main else "black", tone=0.2)
    inner = c.box(left + 0.08, 0.32 if arched else 0.16, 0.92 - left, 0.94)
    if arched:
        inner |= c.disk(0.5, 0.33, 0.42 - left, 0.19)
    c.paint(inner, main)
    c.paint(c.disk(0.64, 0.6, 0.05), "yellow" if main != "yellow" else "black", tone=0.6, coverage=0.35)


def candle(c: Canvas, r: Random, main: str) -> None:
    """A candle with a flame."""
    top = r.uniform(0.36, 0.46)
    half = r.uniform(0.12, 0.16)
    c.paint(c.box(0.5 - half, top, 0.5 + half, 0.9), main)
    c.paint(c.disk(0.5, top - 0.17, 0.09, 0.14), "orange" if main != "orange" else "yellow", tone=0.7)
    if r.random() < 0.6:
        c.paint(c.box(0.24, 0.86, 0.76, 0.95), "brown" if main != "brown" else "gray", tone=0.5)


def cup(c: Canvas, r: Random, main: str) -> None:
    """A mug with a handle."""
    top = r.uniform(0.26, 0.34)
    c.paint(c.disk(0.74, 0.56, 0.19, 0.17) & ~c.disk(0.74, 0.56, 0.09, 0.07), main, tone=0.3)
    c.paint(c.box(0.16, top, 0.7, 0.88), main)
    c.paint(c.box(0.22, top, 0.64, top + 0.08), "brown" if main != "brown" else "white", tone=0.2)


def bell(c: Canvas, r: Random, main: str) -> None:
    """A bell with a clapper."""
    c.paint(c.disk(0.5, 0.86, 0.09), "brown" if main != "brown" else "gray", tone=0.3)
    half = r.uniform(0.22, 0.27)
    c.paint(
        c.disk(0.5, 0.42, half, 0.3)
        | c.polygon([(0.5 - half, 0.4), (0.5 + half, 0.4), (0.5 + half + 0.13, 0.8), (0.5 - half - 0.13, 0.8)]),
        main,
    )
    c.paint(c.disk(0.5, 0.1, 0.06), main, tone=0.2)


def flag(c: Canvas, r: Random, main: str) -> None:
    """A pole with a cloth."""
    c.paint(c.line(0.2, 0.08, 0.2, 0.95, 0.1), r.choice(["gray", "brown"]), tone=0.4)
    if r.random() < 0.5:
        c.paint(c.polygon([(0.25, 0.1), (0.92, 0.32), (0.25, 0.56)]), main)
    else:
        c.paint(c.box(0.25, 0.1, r.uniform(0.8, 0.92), r.uniform(0.5, 0.58)), main)


def rocket(c: Canvas, r: Random, main: str) -> None:
    """A rocket with fins, window and flame."""
    half = r.uniform(0.16, 0.2)
    c.paint(c.polygon([(0.42, 0.78), (0.58, 0.78), (0.5, 0.99)]), "orange" if main != "orange" else "yellow", tone=0.6)
    fin = "gray" if main != "gray" else "red"
    c.paint(
        c.polygon([(0.5 - half, 0.5), (0.14, 0.84), (0.5, 0.78)])
        | c.polygon([(0.5 + half, 0.5), (0.86, 0.84), (0.5, 0.78)]),
        fin,
        tone=0.4,
    )
    c.paint(c.disk(0.5, 0.46, half, 0.42) & (c.y < 0.8), main)
    c.paint(c.disk(0.5, 0.38, 0.085), "cyan" if main != "cyan" else "white", tone=0.8)


def balloon(c: Canvas, r: Random, main: str) -> None:
    """A balloon on a string."""
    c.paint(c.line(0.5, 0.64, r.uniform(0.42, 0.58), 0.96, 0.05), "gray", tone=0.3, coverage=0.3)
    half = r.uniform(0.26, 0.31)
    c.paint(c.disk(0.5, 0.36, half, 0.31) | c.polygon([(0.5, 0.6), (0.57, 0.73), (0.43, 0.73)]), main)
    c.paint(c.disk(0.4, 0.26, 0.06), main, tone=1.0)


def umbrella(c: Canvas, r: Random, main: str) -> None:
    """An open umbrella with a hooked handle."""
    c.paint(
        c.line(0.5, 0.1, 0.5, 0.88, 0.08) | c.line(0.5, 0.9, 0.62, 0.9, 0.08),
        "brown" if main != "brown" else "gray",
        tone=0.3,
    )
    rim = r.uniform(0.46, 0.54)
    c.paint(c.disk(0.5, rim, 0.43, rim - 0.1) & (c.y < rim), main)
    for x in (0.28, 0.5, 0.72):
        c.erase(c.disk(x, rim, 0.08, 0.06) & (c.y > rim - 0.06))
    c.paint(c.line(0.5, rim - 0.02, 0.5, 0.88, 0.08), "brown" if main != "brown" else "gray", tone=0.3)


def gift(c: Canvas, r: Random, main: str) -> None:
    """A wrapped box with a bow."""
    ribbon = r.choice(["yellow", "red", "white"])
    ribbon = ribbon if ribbon != main else "green"
    top = r.uniform(0.34, 0.4)
    c.paint(c.box(0.16, top + 0.1, 0.84, 0.92), main)
    c.paint(c.box(0.1, top, 0.9, top + 0.16), main, tone=0.7)
    c.paint(c.box(0.44, top, 0.56, 0.92), ribbon, tone=0.5)
    c.paint(c.disk(0.38, top - 0.09, 0.12, 0.09) | c.disk(0.62, top - 0.09, 0.12, 0.09), ribbon, tone=0.5)


def anchor(c: Canvas, r: Random, main: str) -> None:
    """An anchor with ring, stock and flukes."""
    c.paint(c.line(0.5, 0.24, 0.5, 0.86, 0.12), main, tone=0.5)
    bar = r.uniform(0.14, 0.2)
    c.paint(c.line(0.5 - bar, 0.36, 0.5 + bar, 0.36, 0.1), main, tone=0.5)
    c.paint(c.disk(0.5, 0.56, 0.38, 0.38) & ~c.disk(0.5, 0.5, 0.3, 0.3) & (c.y > 0.6), main, tone=0.4)
    c.paint(c.disk(0.5, 0.15, 0.11), main, tone=0.6)
    c.erase(c.disk(0.5, 0.15, 0.045))


def burger(c: Canvas, r: Random, main: str) -> None:
    """Buns in the main colour about a patty and leaves."""
    dome = r.uniform(0.12, 0.22)
    c.paint(c.disk(0.5, 0.46, 0.4, 0.46 - dome) & (c.y < 0.46), main)
    c.paint(c.box(0.08, 0.46, 0.92, 0.54), "green" if main != "green" else "yellow", tone=0.6)
    c.paint(c.box(0.12, 0.54, 0.88, 0.66), "brown" if main != "brown" else "black", tone=0.2)
    if r.random() < 0.6:
        c.paint(c.box(0.12, 0.64, 0.88, 0.71), "yellow" if main != "yellow" else "red", tone=0.5)
    c.paint(c.box(0.12, 0.7, 0.88, r.uniform(0.82, 0.88)), main)


def donut(c: Canvas, r: Random, main: str) -> None:
    """A dough ring with icing in the main colour and sprinkles."""
    size = r.uniform(0.35, 0.41)
    c.paint(c.disk(0.5, 0.54, size, size * 0.94), "brown" if main != "brown" else "orange", tone=0.75)
    c.paint(c.disk(0.5, 0.48, size * 0.95, size * 0.88), main)
    c.erase(c.disk(0.5, 0.5, 0.12, 0.1))
    for x, y in ((0.3, 0.36), (0.55, 0.25), (0.74, 0.45), (0.3, 0.6), (0.64, 0.68)):
        if r.random() < 0.8:
            c.paint(c.disk(x, y, 0.04), r.choice(["white", "yellow", "cyan"]), tone=0.8, coverage=0.3)


def ice_cream(c: Canvas, r: Random, main: str) -> None:
    """One or two scoops in a cone."""
    c.paint(c.polygon([(0.28, 0.5), (0.72, 0.5), (0.5, 0.97)]), "brown" if main != "brown" else "yellow", tone=0.8)
    if r.random() < 0.4:
        c.paint(c.disk(0.5, 0.2, 0.16), main, tone=0.75)
    c.paint(c.disk(0.5, 0.4, r.uniform(0.24, 0.28), 0.2), main)


def cake(c: Canvas, r: Random, main: str) -> None:
    """A layered cake with icing in the main colour and a candle or a cherry."""
    top = r.uniform(0.38, 0.46)
    c.paint(c.box(0.12, top, 0.88, 0.9), "brown" if main != "brown" else "yellow", tone=0.8)
    c.paint(c.box(0.12, top, 0.88, top + 0.2), main)
    c.paint(c.box(0.12, 0.68, 0.88, 0.76), main, tone=0.6)
    for x in (0.24, 0.5, 0.76):
        c.paint(c.disk(x, top + 0.2, 0.08), main, tone=0.5)
    c.paint(
        c.disk(0.5, top - 0.1, 0.09) if r.random() < 0.5 else c.box(0.46, top - 0.26, 0.55, top),
        "red" if main != "red" else "white",
        tone=0.5,
    )


def pizza(c: Canvas, r: Random, main: str) -> None:
    """A slice with a crust and round toppings; the cheese has the main colour."""
    c.paint(c.polygon([(0.08, 0.24), (0.92, 0.24), (0.5, 0.97)]), main)
    c.paint(c.line(0.12, 0.2, 0.88, 0.2, 0.17), "brown" if main != "brown" else "orange", tone=0.75)
    for x, y in ((0.36, 0.4), (0.62, 0.44), (0.5, 0.66)):
        c.paint(c.disk(x, y, r.uniform(0.06, 0.085)), "red" if main != "red" else "white", tone=0.4)


def potion(c: Canvas, r: Random, main: str) -> None:
    """A round or square flask with a cork."""
    c.paint(c.box(0.41, 0.06, 0.59, 0.2), "brown" if main != "brown" else "gray", tone=0.6)
    c.paint(c.box(0.39, 0.18, 0.61, 0.42), "white" if main != "white" else "gray", tone=0.3)
    if r.random() < 0.65:
        size = r.uniform(0.27, 0.33)
        c.paint(c.disk(0.5, 0.63, size, 0.29), main)
        c.paint(c.disk(0.5 - size * 0.45, 0.54, 0.06, 0.08), main, tone=1.0)
    else:
        half = r.uniform(0.22, 0.3)
        c.paint(
            c.polygon(
                [
                    (0.42, 0.36),
                    (0.58, 0.36),
                    (0.5 + half, 0.56),
                    (0.5 + half, 0.92),
                    (0.5 - half, 0.92),
                    (0.5 - half, 0.56),
                ]
            ),
            main,
        )
        c.paint(c.box(0.5 - half * 0.6, 0.56, 0.5 - half * 0.3, 0.8), main, tone=1.0)
