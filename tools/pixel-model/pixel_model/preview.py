"""A colour for each latent cell without the decoder: fitted linear factors, for previews while an image forms."""

from __future__ import annotations

from typing import Any, Final

import torch

from pixel_model.networks import PixelVae

COLOURS: Final = 4096


@torch.no_grad()
def fit_preview(vae: PixelVae) -> dict[str, Any]:
    """Least squares from latents (VAE units) to RGB in [-1, 1], over colours drawn evenly from the cube.

    `weights` is [4][3], `bias` [3]; `meanError` and `maxError` are absolute, in 1/255.
    """
    colours = torch.rand(COLOURS, 3, generator=torch.Generator().manual_seed(17)) * 2 - 1
    latents = vae.encode_cells(colours[:, :, None, None]).flatten(1)
    inputs = torch.cat([latents, torch.ones(COLOURS, 1)], dim=1).double()
    factors = torch.linalg.lstsq(inputs, colours.double()).solution
    errors = (inputs @ factors - colours).abs() * 127.5
    return {
        "weights": [[round(value, 6) for value in row] for row in factors[:4].tolist()],
        "bias": [round(value, 6) for value in factors[4].tolist()],
        "meanError": round(float(errors.mean()), 3),
        "maxError": round(float(errors.max()), 3),
    }
