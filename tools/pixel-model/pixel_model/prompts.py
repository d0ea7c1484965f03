"""The prompts of an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pixel_model.captions import article
from pixel_model.pool import HeldOut

PROMPT_COLOURS: Final = ("red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink")

SHOWN: Final = (
    "a red bird",
    "a blue fish",
    "a green tree",
    "a sword",
    "a face with long brown hair and glasses",
    "a face with short green hair and green beard",
    "a purple potion",
    "a yellow slime",
    "a pink skeleton",
    "a purple dinosaur on black background",
    "a cyan mushroom",
    "a red heart",
    "a yellow star",
    "a house",
    "a key",
    "an orange shark on transparent background",
)


@dataclass(frozen=True)
class Prompt:
    """A prompt with what it asks for. `kind` is trained, held-out or no-colour."""

    text: str
    noun: str
    colour: str | None
    kind: str
    seed: int


@dataclass(frozen=True)
class Plan:
    """How many pictures to look at, and how they are sampled."""

    colours_per_noun: int = 4
    seeds_per_prompt: int = 2
    natural_per_noun: int = 2
    held_out_seeds: int = 4
    steps: int = 20
    guidance: float = 5.0
    classifier_steps: int = 1500


def make_prompts(nouns: Sequence[str], held_out: HeldOut, plan: Plan) -> list[Prompt]:
    """Prompts for every noun: some colours (trained pairs), no colour, and all held-out pairs."""
    prompts: list[Prompt] = []
    for place, noun in enumerate(nouns):
        barred = {colour for colour, other in held_out.pairs if other == noun}
        allowed = [colour for colour in PROMPT_COLOURS if colour not in barred]
        chosen = [allowed[(place + 3 * index) % len(allowed)] for index in range(plan.colours_per_noun)]
        for colour in dict.fromkeys(chosen):
            prompts += [
                Prompt(f"{article(colour)} {noun}", noun, colour, "trained", 1000 * place + 10 * index + len(colour))
                for index in range(plan.seeds_per_prompt)
            ]
        prompts += [
            Prompt(article(noun), noun, None, "no-colour", 7000 + 100 * place + index)
            for index in range(plan.natural_per_noun)
        ]
    for place, (colour, noun) in enumerate(sorted(held_out.pairs)):
        prompts += [
            Prompt(f"{article(colour)} {noun}", noun, colour, "held-out", 500_000 + 100 * place + index)
            for index in range(plan.held_out_seeds)
        ]
    return prompts
