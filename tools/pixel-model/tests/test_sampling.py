from __future__ import annotations

import pytest
import torch
from pixel_model.sampling import model_sigmas, nearest_timestep, normal_sigmas, starting_noise
from pixel_model.schedule import alphas_cumprod, loss_weights

# Recorded from ComfyUI's own functions for the scaled-linear schedule (0.00085..0.012, 1000 steps).
NORMAL_4 = [14.6146402, 2.9183071, 0.932358, 0.0291672, 0.0]


def test_the_normal_schedule_equals_recorded_numbers() -> None:
    torch.testing.assert_close(normal_sigmas(4), torch.tensor(NORMAL_4), atol=1e-5, rtol=1e-5)


def test_every_training_sigma_is_its_own_nearest_timestep() -> None:
    sigmas = model_sigmas()
    assert [nearest_timestep(float(sigmas[index])) for index in (0, 1, 500, 999)] == [0, 1, 500, 999]


def test_weights_are_the_inverse_of_alpha_bar_up_to_the_ceiling() -> None:
    alphas = alphas_cumprod()
    weights = loss_weights(alphas, 30.0)
    assert float(weights[0]) == pytest.approx(1.0 / float(alphas[0]))
    assert float(weights[-1]) == 30.0


def test_noise_of_a_picture_does_not_depend_on_its_neighbours() -> None:
    assert torch.equal(starting_noise([3, 9], 16)[1:], starting_noise([9], 16))
