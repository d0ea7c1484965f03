from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from diffusers import UNet2DConditionModel
from lora_trainer.adapted_unet import AdaptedUnet, initial_factors, unet_arguments
from lora_trainer.conditioning import Conditioning, time_ids
from lora_trainer.factored_unet import FactoredUnet
from lora_trainer.layers import TARGET_SETS, target_layers
from lora_trainer.merged_unet import MergedUnet
from peft import LoraConfig, get_peft_model_state_dict, set_peft_model_state_dict
from tiny_sdxl import TEXT_WIDTHS, tiny_unet
from torch import Tensor

RANK, ALPHA = 4, 6.0
Form = Callable[[UNet2DConditionModel, tuple[str, ...], int, float], AdaptedUnet]


def fresh_unet() -> UNet2DConditionModel:
    torch.manual_seed(5)
    return tiny_unet().eval()


def inputs() -> tuple[Tensor, Tensor, Conditioning]:
    generator = torch.Generator().manual_seed(2)
    states = torch.randn(3, 7, sum(TEXT_WIDTHS), generator=generator)
    pooled = torch.randn(3, TEXT_WIDTHS[1], generator=generator)
    conditioning = Conditioning(states, pooled, time_ids(64, 64, 3, torch.device("cpu")))
    return torch.randn(3, 4, 8, 8, generator=generator), torch.tensor([1, 500, 999]), conditioning


def random_factors(adapted: AdaptedUnet) -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(3)
    return {name: torch.randn(factor.shape, generator=generator) * 0.2 for name, factor in adapted.factors().items()}


def adapted_by(form: Form) -> AdaptedUnet:
    unet = fresh_unet()
    return form(unet, target_layers(unet, "attention-ff-proj"), RANK, ALPHA)


@pytest.mark.parametrize("form", [MergedUnet, FactoredUnet])
def test_initial_adapter_changes_nothing(form: Form) -> None:
    adapted = adapted_by(form)
    adapted.load_factors(initial_factors(fresh_unet(), adapted.layers, RANK, seed=1))
    noisy, timesteps, conditioning = inputs()
    with torch.no_grad():
        plain = fresh_unet()(noisy, timesteps, **unet_arguments(conditioning))[0]
        assert torch.allclose(adapted.predict_noise(noisy, timesteps, conditioning), plain, atol=1e-6)


@pytest.mark.parametrize("form", [MergedUnet, FactoredUnet])
def test_factors_come_back_as_they_were_loaded(form: Form) -> None:
    adapted = adapted_by(form)
    factors = random_factors(adapted)
    adapted.load_factors(factors)
    assert list(adapted.factors()) == list(factors)
    assert all(torch.equal(factor, factors[name]) for name, factor in adapted.factors().items())
    assert all(torch.equal(one, factors[name]) for name, one in adapted.split(adapted.join(factors)).items())


def test_both_forms_predict_the_same_and_have_the_same_gradients() -> None:
    predictions, gradients = [], []
    for form in (MergedUnet, FactoredUnet):
        adapted = adapted_by(form)
        adapted.load_factors(random_factors(adapted))
        predicted = adapted.predict_noise(*inputs())
        predicted.square().mean().backward()  # type: ignore[no-untyped-call]
        predictions.append(predicted.detach())
        gradients.append(adapted.split({n: p.grad for n, p in adapted.parameters().items() if p.grad is not None}))
    torch.testing.assert_close(predictions[0], predictions[1], rtol=1e-4, atol=1e-5)
    assert gradients[0].keys() == gradients[1].keys()
    for name, gradient in gradients[0].items():
        torch.testing.assert_close(gradient, gradients[1][name], rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("form", [MergedUnet, FactoredUnet])
def test_adapter_is_the_one_that_peft_makes_of_the_same_factors(form: Form) -> None:
    adapted = adapted_by(form)
    factors = random_factors(adapted)
    adapted.load_factors(factors)
    peer = fresh_unet()
    peer.add_adapter(LoraConfig(r=RANK, lora_alpha=int(ALPHA), target_modules=list(TARGET_SETS["attention-ff-proj"])))
    assert get_peft_model_state_dict(peer).keys() == factors.keys()
    set_peft_model_state_dict(peer, factors)
    noisy, timesteps, conditioning = inputs()
    with torch.no_grad():
        expected = peer(noisy, timesteps, **unet_arguments(conditioning))[0]
        torch.testing.assert_close(
            adapted.predict_noise(noisy, timesteps, conditioning), expected, rtol=1e-4, atol=1e-5
        )


@pytest.mark.parametrize("form", [MergedUnet, FactoredUnet])
def test_only_the_adapter_is_trained(form: Form) -> None:
    adapted = adapted_by(form)
    before = {name: weight.clone() for name, weight in fresh_unet().named_parameters()}
    adapted.load_factors(random_factors(adapted))
    adapted.predict_noise(*inputs()).square().mean().backward()  # type: ignore[no-untyped-call]
    frozen = {name.replace(".base_layer", ""): p for name, p in adapted.unet.named_parameters() if "lora_" not in name}
    assert frozen.keys() == before.keys()
    assert all(torch.equal(parameter, before[name]) and parameter.grad is None for name, parameter in frozen.items())
    assert all(parameter.dtype is torch.float32 for parameter in adapted.parameters().values())
