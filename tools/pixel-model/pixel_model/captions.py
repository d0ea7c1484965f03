"""Captions: what a picture shows, its colour, its view and its background, in a closed vocabulary."""

from __future__ import annotations

from random import Random
from typing import Final

from pixel_model.colours import COLOUR_WORDS
from pixel_model.pool import FACE, Picture

BACKGROUNDS: Final = {
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "gray": (160, 160, 160),
    "transparent": (255, 0, 255),
}
FLIPPED: Final = {"facing left": "facing right", "facing right": "facing left"}
PREFIXES: Final = ("", "", "", "pixel art of ", "pixel art ", "a sprite of ", "game sprite ")
NONSENSE: Final = ("zorp", "quux", "blarg", "fnord")
TEMPLATE_WORDS: Final = (
    "a an on background pixel art of sprite game with and wearing the face person avatar portrait "
    "hair hat beard glasses shirt skin long short bald head happy sad light tan dark "
    "facing left right front from behind attacking shield"
)


def article(phrase: str) -> str:
    """A phrase with its indefinite article."""
    return f"{'an' if phrase[0] in 'aeiou' else 'a'} {phrase}"


def choose_background(picture: Picture, random: Random) -> tuple[str, bool]:
    """A background word, and whether the caption names it. Unnamed ones are white (gray behind white things)."""
    if random.random() < 0.35:
        return random.choice([word for word in BACKGROUNDS if word != picture.dominant]), True
    return ("gray" if picture.dominant == "white" else "white"), False


def describe(picture: Picture, *, flipped: bool, random: Random) -> str:
    """What a picture shows, without its background."""
    if picture.nouns[0] == FACE:
        known = picture.phrases[: random.randint(1, len(picture.phrases))] if random.random() < 0.85 else ()
        noun = article(random.choice((FACE, FACE, FACE, "person", "avatar", "portrait")))
        return f"{noun} with {' and '.join(known)}" if known else noun
    noun = picture.nouns[0] if random.random() < 0.75 else random.choice(picture.nouns)
    word = picture.word
    if word is None and picture.dominant is not None and random.random() < 0.25:
        word = picture.dominant
    text = f"{word} {noun}" if word else noun
    text = article(text) if random.random() < 0.85 else text
    if picture.state is not None and random.random() < 0.7:
        text += f" {picture.state}"
    if picture.facing is not None and random.random() < 0.6:
        text += f" {FLIPPED.get(picture.facing, picture.facing) if flipped else picture.facing}"
    return text


def compose_caption(picture: Picture, background: str | None, *, flipped: bool, random: Random) -> str:
    """A whole caption; at times with a word that the vocabulary does not have."""
    text = random.choice(PREFIXES) + describe(picture, flipped=flipped, random=random)
    if random.random() < 0.02:
        text = f"{random.choice(NONSENSE)} {text}"
    if background is not None:
        text += random.choice((f" on {background} background", f" on a {background} background"))
    return text


def caption_words(pictures: list[Picture]) -> list[str]:
    """Every word that captions of these pictures can hold, sorted, without the nonsense."""
    words = set(TEMPLATE_WORDS.split()) | set(COLOUR_WORDS) | set(BACKGROUNDS)
    for picture in pictures:
        for phrase in (*picture.nouns, picture.facing or "", picture.state or "", *picture.phrases):
            words.update(phrase.split())
    return sorted(words)
