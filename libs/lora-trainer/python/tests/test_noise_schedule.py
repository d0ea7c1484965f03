from __future__ import annotations

import torch
from diffusers import DDPMScheduler
from diffusers.training_utils import compute_snr
from hypothesis import given
from hypothesis import strategies as st
from lora_trainer.noise_schedule import add_noise, alphas_cumprod, learning_rate_at, loss_weights

SCHEDULER = DDPMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear")
EVERY = torch.arange(1000)


def test_schedule_is_that_of_diffusers() -> None:
    torch.testing.assert_close(alphas_cumprod(), SCHEDULER.alphas_cumprod, rtol=1e-5, atol=0)


def test_noise_is_added_as_diffusers_does() -> None:
    generator = torch.Generator().manual_seed(1)
    latents, noise = torch.randn(2, 3, 4, 8, 8, generator=generator).unbind()
    timesteps = torch.tensor([0, 500, 999])
    expected = SCHEDULER.add_noise(latents, noise, timesteps)
    torch.testing.assert_close(add_noise(latents, noise, timesteps, alphas_cumprod()), expected)


def test_weights_are_min_snr_of_noise_prediction() -> None:
    snr = compute_snr(SCHEDULER, EVERY)
    torch.testing.assert_close(
        loss_weights(alphas_cumprod(), 5.0), torch.minimum(snr, torch.tensor(5.0)) / snr, rtol=1e-4, atol=0
    )
    assert loss_weights(alphas_cumprod(), None).tolist() == [1.0] * 1000


@given(st.integers(0, 999), st.integers(0, 200), st.sampled_from(["constant", "cosine"]))
def test_rate_stays_between_zero_and_its_peak(done: int, warmup: int, schedule: str) -> None:
    rate = learning_rate_at(
        done, peak=1e-3, warmup=warmup, steps=1000, schedule="cosine" if schedule == "cosine" else "constant"
    )
    assert 0 < rate <= 1e-3
    assert rate == 1e-3 or done < warmup or schedule == "cosine"


def test_cosine_falls_from_peak_to_zero() -> None:
    def rate(done: int) -> float:
        return learning_rate_at(done, peak=1.0, warmup=10, steps=110, schedule="cosine")

    assert [rate(0), rate(9), rate(10)] == [0.1, 1.0, 1.0]
    assert abs(rate(60) - 0.5) < 1e-12
    assert rate(110) == 0
