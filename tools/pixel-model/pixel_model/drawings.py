"""Which nouns are drawn in code, with the colours they have when no colour word is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from pixel_model import draw_creatures as creatures
from pixel_model import draw_plants as plants
from pixel_model import draw_things as things
from pixel_model import draw_treasure as treasure
from pixel_model import draw_weapons as weapons
from pixel_model import draw_weather as weather
from pixel_model.canvas import Canvas
from pixel_model.colours import ByteImage, Mask

Draw = Callable[[Canvas, Random, str], None]


@dataclass(frozen=True)
class Drawing:
    """How a noun is drawn: its function, natural colour words and the largest tilt either way."""

    draw: Draw
    natural: tuple[str, ...]
    tilt_degrees: float = 0.0


DRAWINGS: Final[dict[str, Drawing]] = {
    "sword": Drawing(weapons.sword, ("gray", "white"), 50),
    "axe": Drawing(weapons.axe, ("gray",), 40),
    "hammer": Drawing(weapons.hammer, ("gray",), 40),
    "bow": Drawing(weapons.bow, ("brown",), 15),
    "arrow": Drawing(weapons.arrow, ("gray", "red"), 50),
    "wand": Drawing(weapons.wand, ("yellow", "purple", "cyan"), 45),
    "shield": Drawing(weapons.shield, ("blue", "red", "gray")),
    "key": Drawing(treasure.key, ("yellow",), 45),
    "coin": Drawing(treasure.coin, ("yellow",)),
    "gem": Drawing(treasure.gem, ("cyan", "green", "red", "purple")),
    "ring": Drawing(treasure.ring, ("red", "cyan", "green")),
    "crown": Drawing(treasure.crown, ("yellow",)),
    "heart": Drawing(treasure.heart, ("red",)),
    "star": Drawing(treasure.star, ("yellow",), 12),
    "bomb": Drawing(weapons.bomb, ("black",)),
    "book": Drawing(treasure.book, ("brown", "red", "blue")),
    "chest": Drawing(treasure.chest, ("brown",)),
    "moon": Drawing(weather.moon, ("yellow", "white")),
    "sun": Drawing(weather.sun, ("yellow", "orange")),
    "cloud": Drawing(weather.cloud, ("white", "cyan")),
    "tree": Drawing(plants.tree, ("green",)),
    "pine tree": Drawing(plants.pine_tree, ("green",)),
    "cactus": Drawing(plants.cactus, ("green",)),
    "flower": Drawing(plants.flower, ("red", "pink", "yellow", "purple", "white")),
    "mushroom": Drawing(plants.mushroom, ("red", "brown")),
    "leaf": Drawing(plants.leaf, ("green",), 50),
    "apple": Drawing(plants.apple, ("red", "green")),
    "cherries": Drawing(plants.cherries, ("red",)),
    "strawberry": Drawing(plants.strawberry, ("red",)),
    "carrot": Drawing(plants.carrot, ("orange",), 40),
    "pumpkin": Drawing(plants.pumpkin, ("orange",)),
    "egg": Drawing(creatures.egg, ("white",)),
    "drop": Drawing(weather.drop, ("blue", "cyan")),
    "flame": Drawing(weather.flame, ("orange", "red")),
    "lightning": Drawing(weather.lightning, ("yellow",)),
    "snowman": Drawing(creatures.snowman, ("white",)),
    "slime": Drawing(creatures.slime, ("green", "blue")),
    "ghost": Drawing(creatures.ghost, ("white",)),
    "bird": Drawing(creatures.bird, ("blue", "red", "yellow", "brown")),
    "skull": Drawing(creatures.skull, ("white",)),
    "house": Drawing(things.house, ("red", "brown", "blue")),
    "tower": Drawing(things.tower, ("gray",)),
    "door": Drawing(things.door, ("brown",)),
    "candle": Drawing(things.candle, ("white", "red")),
    "cup": Drawing(things.cup, ("white", "blue", "red")),
    "bell": Drawing(things.bell, ("yellow",)),
    "flag": Drawing(things.flag, ("red", "blue", "green")),
    "rocket": Drawing(things.rocket, ("white", "red")),
    "balloon": Drawing(things.balloon, ("red", "blue", "yellow")),
    "umbrella": Drawing(things.umbrella, ("red", "blue", "purple")),
    "gift": Drawing(things.gift, ("red", "green", "blue")),
    "anchor": Drawing(things.anchor, ("gray", "blue")),
    "burger": Drawing(things.burger, ("orange", "brown")),
    "donut": Drawing(things.donut, ("pink", "brown")),
    "ice cream": Drawing(things.ice_cream, ("pink", "white", "brown")),
    "cake": Drawing(things.cake, ("pink", "white")),
    "pizza": Drawing(things.pizza, ("yellow",)),
    "potion": Drawing(things.potion, ("red", "blue", "green", "purple")),
}


def render(noun: str, word: str | None, cells: int, random: Random) -> tuple[ByteImage, Mask]:
    """One picture of a noun on a grid of cells x cells; word None takes a natural colour."""
    drawing = DRAWINGS[noun]
    main = word or random.choice(drawing.natural)
    tilt = random.uniform(-drawing.tilt_degrees, drawing.tilt_degrees)
    if drawing.tilt_degrees >= 40 and random.random() < 0.6:
        tilt = random.choice((-45.0, 45.0, 0.0))
    canvas = Canvas(cells, angle_degrees=tilt)
    drawing.draw(canvas, random, main)
    style = random.random()
    if style < 0.55:
        canvas.outline("black")
    elif style < 0.75:
        canvas.outline(main)
    return canvas.rgb, canvas.mask
