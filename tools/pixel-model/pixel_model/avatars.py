"""Faces put together from the parts of @dicebear/pixel-art (design CC0 1.0) on its 16x16 grid."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from pixel_model.colours import RAMPS, ByteImage, Mask

GRID: Final = 16
HEAD: Final = "M4 2h8v1h1v3h1v2h-1v3h-1v1H9v1h4v1h1v2H2v-2h1v-1h4v-1H4v-1H3V8H2V6h1V3h1V2Z"
KINDS: Final = ("hair", "eyes", "mouth", "clothing", "glasses", "beard", "hat")
_ENTRY: Final = re.compile(r"^\s*(\w+): \(components, colors\) => `(.*)`,$", re.MULTILINE)
_COLOUR: Final = re.compile(r"\$\{escape\.xml\(`\$\{colors\.(\w+)\}`\)\}")
_TOKEN: Final = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
SKINS: Final = {"light": (255, 219, 172), "tan": (214, 164, 116), "dark": (141, 85, 36)}
HAIRS: Final = ("black", "brown", "red", "orange", "yellow", "green", "blue", "purple", "pink", "white", "gray")
CLOTHES: Final = ("red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink", "white", "black")


@dataclass(frozen=True)
class Avatar:
    """A face: its picture and the phrases that describe it, the most important first."""

    rgb: ByteImage
    mask: Mask
    phrases: tuple[str, ...]


Parts = dict[str, dict[str, str]]


def read_parts(package: Path) -> Parts:
    """SVG fragments by kind and name, colours as `{name}`, from the unpacked npm package."""
    parts: Parts = {}
    for kind in KINDS:
        text = (package / "lib" / "components" / f"{kind}.js").read_text(encoding="utf-8")
        parts[kind] = {name: _COLOUR.sub(r"{\1}", body) for name, body in _ENTRY.findall(text)}
        if not parts[kind]:
            raise ValueError(f"no {kind} found in {package}")
    return parts


def fill_path(path: str, *, even_odd: bool = False) -> Mask:
    """Cells of the 16x16 grid whose centre is inside an SVG path of horizontal and vertical edges."""
    edges: list[tuple[float, float, float]] = []
    x = y = start_x = start_y = 0.0
    command = ""
    tokens = _TOKEN.findall(path)
    index = 0

    def vertical(new_y: float) -> None:
        nonlocal y
        edges.append((x, y, new_y))
        y = new_y

    while index < len(tokens):
        if tokens[index].isalpha():
            command = tokens[index]
            index += 1
            if command in "zZ":
                vertical(start_y)
                x, y = start_x, start_y
            continue
        value = float(tokens[index])
        index += 1
        if command in "Mm":
            other = float(tokens[index])
            index += 1
            x, y = (x + value, y + other) if command == "m" else (value, other)
            start_x, start_y = x, y
        elif command in "Hh":
            x = x + value if command == "h" else value
        elif command in "Vv":
            vertical(y + value if command == "v" else value)
        else:
            raise ValueError(f"path command {command!r} is not supported")
    centres = np.arange(GRID) + 0.5
    winding = np.zeros((GRID, GRID), dtype=np.int64)
    crossings = np.zeros((GRID, GRID), dtype=np.int64)
    for edge_x, y0, y1 in edges:
        rows = (centres > min(y0, y1)) & (centres < max(y0, y1))
        hit = rows[:, None] & (centres > edge_x)[None, :]
        winding += hit * (1 if y1 > y0 else -1)
        crossings += hit
    return np.asarray(crossings % 2 == 1 if even_odd else winding != 0)


def _paint(rgb: NDArray[np.float64], mask: Mask, fragment: str, colours: dict[str, str]) -> None:
    def walk(element: ET.Element, fill: str, rule: str) -> None:
        fill = element.get("fill", fill)
        rule = element.get("fill-rule", rule)
        if element.tag == "mask":
            for child in element:
                walk(child, fill, rule)
            return
        if element.tag == "g" and element.get("mask") is not None:
            return
        path = element.get("d")
        if element.tag == "path" and path is not None and fill != "none":
            text = fill.lstrip("#")
            text = "".join(2 * digit for digit in text) if len(text) == 3 else text
            colour = np.array([int(text[place : place + 2], 16) for place in (0, 2, 4)], dtype=np.float64)
            opacity = float(element.get("fill-opacity", "1"))
            inside = fill_path(path, even_odd=rule == "evenodd")
            rgb[inside] = rgb[inside] * (1 - opacity) + colour * opacity
            mask[inside] = True
        for child in element:
            walk(child, fill, rule)

    text = re.sub(r"\{(\w+)\}", lambda match: colours[match[1]], fragment)
    walk(ET.fromstring(f"<svg>{text}</svg>"), "#000", "nonzero")


def _hex(colour: tuple[int, int, int]) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in colour)


def compose(parts: Parts, random: Random) -> Avatar:
    """One random face with the phrases for its hair, beard, glasses, hat, shirt, skin and mood."""
    skin = random.choice(tuple(SKINS))
    hair = random.choice(HAIRS)
    shirt = random.choice(CLOTHES)
    hat = random.choice(CLOTHES) if random.random() < 0.22 else None
    style = random.choices(("long", "short", "bald"), (0.42, 0.46, 0.12))[0]
    happy = random.random() < 0.6
    colours = {
        "skin": _hex(SKINS[skin]),
        "hair": _hex(RAMPS[hair][1]),
        "clothing": _hex(RAMPS[shirt][1]),
        "hat": _hex(RAMPS[hat or "red"][1]),
        "eyes": random.choice(("#697b94", "#5b7c8b", "#876658", "#3a6b3a")),
        "mouth": random.choice(("#d29985", "#e35d6a", "#de0f0d")),
        "glasses": random.choice(("#323232", "#191919", "#43677d")),
        "accessories": "#ffd700",
    }
    rgb = np.zeros((GRID, GRID, 3), dtype=np.float64)
    mask: Mask = np.zeros((GRID, GRID), dtype=np.bool_)
    _paint(rgb, mask, f'<path d="{HEAD}" fill="{{skin}}"/>', colours)

    def add(kind: str, starts: str = "") -> None:
        names = sorted(name for name in parts[kind] if name.startswith(starts))
        _paint(rgb, mask, parts[kind][random.choice(names)], colours)

    add("clothing")
    add("eyes")
    glasses = random.random() < 0.3
    beard = style != "long" and random.random() < 0.3
    if glasses:
        add("glasses", "dark")
    if beard:
        add("beard")
    add("mouth", "happy" if happy else "sad")
    if style != "bald":
        add("hair", style)
    if hat is not None:
        add("hat")
    phrases = ["bald head" if style == "bald" else f"{style} {hair} hair"]
    if glasses:
        phrases.append("glasses")
    if beard:
        phrases.append(f"{hair} beard")
    if hat is not None:
        phrases.append(f"{hat} hat")
    extra = [f"{shirt} shirt", f"{skin} skin", "happy face" if happy else "sad face"]
    random.shuffle(extra)
    return Avatar(rgb.round().astype(np.uint8), mask, (*phrases, *extra))
