"""The prompts of an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pixel_model.captions import article
from pixel_model.pool import HeldOut

PROMPT_COLOURS: Final = ("red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink")

TRIAL: Final = "trial"
TRIAL_NOUNS: Final = (
    "bird",
    "burger",
    "dinosaur",
    "duck",
    "fish",
    "ghost",
    "heart",
    "house",
    "key",
    "mushroom",
    "potion",
    "princess",
    "shark",
    "skeleton",
    "slime",
    "star",
    "sword",
    "tree",
)
"""The nouns of the trial in which this architecture was first tried, so that its silhouette figure can be compared. The
trial measured 20 nouns in eight colours, one picture each; these 18 are the ones that its notes name."""

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
    """A prompt with what it asks for. `kind` is trained, held-out, no-colour or trial."""

    text: str
    noun: str
    colour: str | None
    kind: str
    seed: int


@dataclass(frozen=True)
class Plan:
    """How many pictures to look at, and how they are sampled. `trial` adds the trial's prompts."""

    colours_per_noun: int = 4
    seeds_per_prompt: int = 2
    natural_per_noun: int = 2
    held_out_seeds: int = 4
    steps: int = 20
    guidance: float = 7.0
    classifier_steps: int = 1500
    trial: bool = True


def make_prompts(nouns: Sequence[str], held_out: HeldOut, plan: Plan) -> list[Prompt]:
    """Prompts for every noun: some colours (trained pairs), no colour; all held-out pairs; and the trial's."""
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
    return prompts + (trial_prompts(held_out) if plan.trial else [])


def trial_prompts(held_out: HeldOut) -> list[Prompt]:
    """The trial's nouns in all eight colours, one picture each, without held-out pairs."""
    return [
        Prompt(f"{article(colour)} {noun}", noun, colour, TRIAL, 900_000 + 100 * place + index)
        for place, noun in enumerate(TRIAL_NOUNS)
        for index, colour in enumerate(PROMPT_COLOURS)
        if not held_out.bars([noun], colour)
    ]
