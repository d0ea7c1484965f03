"""The figures of evaluations as text: a table beside their bars, and the nouns that miss theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pixel_model.figures import WEAK_NOUN


def share_text(value: float | None, digits: int = 3) -> str:
    """A share as text, a dash where it was not measured."""
    return "-" if value is None else f"{value:.{digits}f}"


@dataclass(frozen=True)
class Figure:
    """A line of the table: where the figure stands in an evaluation, and the bar it is held against."""

    label: str
    path: tuple[str, ...]
    at_least: float | None = None
    at_most: float | None = None

    def of(self, evaluation: Mapping[str, Any]) -> float | None:
        """The figure of one grid size, null where it was not measured."""
        value: Any = evaluation
        for key in self.path:
            value = None if value is None else value[key]
        return None if value is None else float(value)

    def bar(self) -> str:
        """The bar as text."""
        if self.at_least is not None:
            return f">= {self.at_least}"
        return "" if self.at_most is None else f"{self.at_most:g}"

    def misses(self, value: float | None) -> bool:
        """Whether a measured value is on the wrong side of the bar."""
        if value is None:
            return False
        return (self.at_least is not None and value < self.at_least) or (
            self.at_most is not None and value > self.at_most
        )


FIGURES: Final = (
    Figure("dominant colour = colour word, trained pairs", ("colourAgreement", "trained"), at_least=0.99),
    Figure("the same, held-out pairs", ("colourAgreement", "held-out"), at_least=0.99),
    Figure("the same, the trial's nouns", ("silhouetteNounTrial", "colourAgreement"), at_least=0.99),
    Figure("nearest training silhouette has the noun, all nouns", ("silhouetteNoun", "all"), at_least=0.88),
    Figure("the same, the trial's nouns", ("silhouetteNounTrial", "silhouetteNoun"), at_least=0.88),
    Figure("the same, prompts without a colour", ("silhouetteNoun", "no-colour")),
    Figure("the same, held-out pairs", ("silhouetteNoun", "held-out")),
    Figure("the same of training sprites among other sprites", ("silhouetteCeiling", "all")),
    Figure("classifier sees the noun", ("classifierNoun", "all")),
    Figure("the classifier's accuracy on sprites it never saw", ("classifierTestAccuracy",)),
    Figure("overlap with the nearest silhouette, median", ("silhouetteOverlap", "median")),
    Figure("memorised (95 % of the cells equal to a training sprite)", ("memorised",), at_most=0.0),
    Figure("empty", ("empty",), at_most=0.0),
    Figure("cells of a single colour", ("singleColourCells",)),
    Figure("cells that differ between two seeds", ("diversity", "meanDifferingCells")),
)


def figures_table(evaluations: Sequence[Mapping[str, Any]]) -> str:
    """The figures of every grid size beside their bars; what misses its bar is bold."""

    def row(*cells: str) -> str:
        return f"| {' | '.join(cells)} |"

    def cell(figure: Figure, evaluation: Mapping[str, Any]) -> str:
        value = figure.of(evaluation)
        return f"**{share_text(value)}**" if figure.misses(value) else share_text(value)

    strong = [
        f"{sum((values['silhouette'] or 0.0) >= WEAK_NOUN for values in evaluation['byNoun'].values())} of"
        f" {len(evaluation['byNoun'])}"
        for evaluation in evaluations
    ]
    return "\n".join(
        [
            row("", "bar", *(f"{evaluation['cells']} cells" for evaluation in evaluations)),
            row("---", "---", *("---" for _ in evaluations)),
            row("pictures", "", *(str(evaluation["pictures"]) for evaluation in evaluations)),
            *(
                row(figure.label, figure.bar(), *(cell(figure, evaluation) for evaluation in evaluations))
                for figure in FIGURES
            ),
            row(f"nouns of at least {WEAK_NOUN} by silhouette", "all", *strong),
        ]
    )


def weak_nouns(evaluation: Mapping[str, Any]) -> str:
    """The nouns below the aim by silhouette, each with what training sprites of it reach."""
    ceiling = evaluation["silhouetteCeiling"]["byNoun"]
    weak = [
        f"{noun} {evaluation['byNoun'][noun]['silhouette']:.2f} ({share_text(ceiling[noun], 2)})"
        for noun in evaluation["nounsBelow75"]
    ]
    return f"- {evaluation['cells']} cells: {', '.join(weak) if weak else 'none'}"
