"""Training of the autoencoder on colours alone: one cell is one colour."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from pixel_model.networks import SCALING_FACTOR, PixelVae


def train_vae(
    colours: Tensor, channels: tuple[int, int, int], *, seed: int, steps: int = 2500, batch: int = 4096
) -> PixelVae:
    """A trained autoencoder whose latents of `colours` [count, 3] in [-1, 1] have mean 0 and spread 1 / 0.13025.

    Half of each batch are the corpus' colours, half random ones. Noise on the latents makes the decoder smooth.
    """
    generator = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    vae = PixelVae(channels)
    vae.tie_taps()
    optimizer = torch.optim.AdamW(vae.parameters(), lr=3e-3, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for _ in range(steps):
        known = colours[torch.randint(len(colours), (batch // 2,), generator=generator)]
        random = torch.rand(batch - batch // 2, 3, generator=generator) * 2 - 1
        cells = torch.cat([known, random])[:, :, None, None]
        latent = vae.encode_cells(cells)
        noisy = latent + 0.04 * torch.randn(latent.shape, generator=generator)
        error = nn.functional.mse_loss(vae.decode_cells(noisy), cells)
        clean = nn.functional.mse_loss(vae.decode_cells(latent), cells)
        flat = latent.flatten(1)
        covariance = flat.T @ flat / len(flat)
        spread = (covariance - torch.eye(4)).pow(2).mean() + flat.mean(dim=0).pow(2).mean()
        optimizer.zero_grad(set_to_none=True)
        (error + clean + 0.003 * spread).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        vae.tie_taps()
    normalise(vae, colours)
    return vae.eval().requires_grad_(requires_grad=False)


@torch.no_grad()
def normalise(vae: PixelVae, colours: Tensor) -> None:
    """Fold a shift and a scale per channel into the last encoder and first decoder layer."""
    latent = vae.encode_cells(colours[:, :, None, None]).flatten(1)
    mean, spread = latent.mean(dim=0), latent.std(dim=0) * SCALING_FACTOR
    last, entry = vae.encoder_out, vae.decoder_in
    if last.bias is None or entry.bias is None:
        raise ValueError("the autoencoder has no biases")
    last.weight.div_(spread[:, None, None, None])
    last.bias.copy_((last.bias - mean) / spread)
    entry.bias.add_(entry.weight[:, :, 0, 0] @ mean)
    entry.weight.mul_(spread[None, :, None, None])
