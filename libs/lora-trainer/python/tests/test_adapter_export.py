from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import torch
from diffusers import StableDiffusionXLPipeline, UNet2DConditionModel
from lora_trainer.__main__ import parser
from lora_trainer.adapted_unet import unet_arguments
from lora_trainer.export_verb import export_checkpoint
from lora_trainer.factored_unet import FactoredUnet
from lora_trainer.layers import target_layers
from lora_trainer.read_kohya import read_kohya
from lora_trainer.reference_verb import write_reference
from safetensors import safe_open
from safetensors.torch import load_file
from test_adapted_unet import inputs
from trainer_process import train_here
from training_set import BUNDLED, make_document, write_request


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, tiny_sdxl: Path, tiles: Path) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "run"
    assert train_here(make_document(folder, tiles, tiny_sdxl)).code == 0
    return folder


def unet_of(folder: Path) -> UNet2DConditionModel:
    return UNet2DConditionModel.from_pretrained(folder, subfolder="unet")


def metadata_of(path: Path) -> dict[str, str]:
    with safe_open(path, framework="pt") as opened:
        return dict(opened.metadata())


def test_kohya_file_has_three_half_precision_tensors_per_layer(run: Path, tiny_sdxl: Path) -> None:
    tensors = load_file(run / "adapter.safetensors")
    layers = target_layers(unet_of(tiny_sdxl), "attention-ff-proj")
    assert len(tensors) == 3 * len(layers)
    assert {tensor.dtype for tensor in tensors.values()} == {torch.float16}
    assert {float(tensor) for name, tensor in tensors.items() if name.endswith(".alpha")} == {2.0}
    assert any(float(t.abs().max()) > 0 for name, t in tensors.items() if name.endswith("lora_up.weight"))


def test_metadata_name_the_tensors_by_their_digest(run: Path) -> None:
    path = run / "adapter.safetensors"
    content, metadata = path.read_bytes(), metadata_of(path)
    start = 8 + int.from_bytes(content[:8], "little")
    digest = hashlib.sha256(content[start:]).hexdigest()
    assert metadata["modelspec.hash_sha256"] == f"0x{digest}"
    assert metadata["sshs_model_hash"] == digest
    assert metadata["ss_base_model_version"] == "sdxl_base_v1-0"
    assert (metadata["ss_network_dim"], metadata["ss_network_alpha"]) == ("4", "2")
    assert metadata["ss_network_module"] == "networks.lora"
    assert metadata["ss_steps"] == "8"
    assert metadata["modelspec.architecture"] == "stable-diffusion-xl-v1-base/lora"
    assert metadata["modelspec.trigger_phrase"] == "tile"
    assert metadata["modelspec.date"] == "2024-11-18T15:59:22.112000+00:00"
    assert metadata["modelspec.license"] == "CC0-1.0"


def test_diffusers_reads_both_files_as_the_trainer_reads_its_own(run: Path, tiny_sdxl: Path) -> None:
    own = unet_of(tiny_sdxl)
    adapted = FactoredUnet(own, target_layers(own, "attention-ff-proj"), 4, 2.0)
    adapted.load_factors(read_kohya(run / "adapter.safetensors", adapted))
    noisy, timesteps, conditioning = inputs()
    with torch.no_grad():
        expected = adapted.predict_noise(noisy, timesteps, conditioning)
        base = unet_of(tiny_sdxl)(noisy, timesteps, **unet_arguments(conditioning))[0]
        assert float((expected - base).abs().max()) > 1e-3
        for file in ("adapter.safetensors", "pytorch_lora_weights.safetensors"):
            pipeline = StableDiffusionXLPipeline.from_pretrained(tiny_sdxl)
            pipeline.load_lora_weights(str(run), weight_name=file)
            found = pipeline.unet(noisy, timesteps, **unet_arguments(conditioning))[0]
            torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)


def test_files_hold_the_same_numbers_as_the_state(run: Path) -> None:
    state = load_file(run / "checkpoints" / "step-00000008" / "state.safetensors")
    diffusers = load_file(run / "pytorch_lora_weights.safetensors")
    assert {f"unet.{name}" for name in state} == diffusers.keys()
    assert all(torch.equal(diffusers[f"unet.{name}"], tensor.half()) for name, tensor in state.items())
    config = json.loads(metadata_of(run / "pytorch_lora_weights.safetensors")["lora_adapter_metadata"])
    assert (config["unet.r"], config["unet.lora_alpha"]) == (4, 2)


def test_any_checkpoint_can_be_exported(run: Path, tmp_path: Path) -> None:
    checkpoints = run / "checkpoints"
    export_checkpoint(checkpoints / "step-00000008", tmp_path / "last")
    for name in ("adapter.safetensors", "pytorch_lora_weights.safetensors"):
        assert (tmp_path / "last" / name).read_bytes() == (run / name).read_bytes()
    export_checkpoint(checkpoints / "step-00000004", tmp_path / "first")
    kept = checkpoints / "step-00000004" / "adapter.safetensors"
    assert (tmp_path / "first" / "adapter.safetensors").read_bytes() == kept.read_bytes()
    assert metadata_of(tmp_path / "first" / "adapter.safetensors")["ss_steps"] == "4"


def test_reference_tells_what_the_bundled_model_predicts_under_the_adapter(tmp_path: Path, tiles: Path) -> None:
    document = make_document(tmp_path / "run", tiles, BUNDLED)
    assert train_here(document).code == 0
    output = tmp_path / "reference.safetensors"
    write_reference(write_request(document), tmp_path / "run" / "adapter.safetensors", output)
    reference = load_file(output)
    assert reference["eps"].shape == reference["sample"].shape == (2, 4, 8, 8)
    assert reference["encoder_hidden_states"].shape == (2, 24, 160)
    assert float((reference["eps"] - reference["base_eps"]).abs().max()) > 1e-3


def test_command_line_knows_its_verbs() -> None:
    arguments = parser().parse_args(["export", "--checkpoint", "a", "--output", "b"])
    assert (arguments.verb, arguments.checkpoint) == ("export", Path("a"))
