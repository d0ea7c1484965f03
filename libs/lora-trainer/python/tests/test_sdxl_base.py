from __future__ import annotations

import json
import shutil
from dataclasses import astuple
from pathlib import Path

import pytest
import torch
from diffusers import StableDiffusionXLPipeline
from lora_trainer.exits import TrainingEnded
from lora_trainer.sdxl_base import load_sdxl_file, load_sdxl_folder
from safetensors.torch import save_file
from single_file import write_single_file

CPU = torch.device("cpu")


def test_conditioning_is_that_of_the_pipeline(tiny_sdxl: Path) -> None:
    base = load_sdxl_folder(tiny_sdxl, torch.float32, CPU)
    pipeline = StableDiffusionXLPipeline.from_pretrained(tiny_sdxl)
    states, _, pooled, _ = pipeline.encode_prompt("a red tile", do_classifier_free_guidance=False)
    text = base.encoders.encode_caption("a red tile")
    torch.testing.assert_close(text.states, states[0])
    torch.testing.assert_close(text.pooled, pooled[0])
    assert text.states.shape == (77, 40)


def test_posterior_is_that_of_the_vae_in_the_scale_of_the_unet(tiny_sdxl: Path) -> None:
    base = load_sdxl_folder(tiny_sdxl, torch.float16, CPU)
    vae = StableDiffusionXLPipeline.from_pretrained(tiny_sdxl).vae
    pixels = torch.rand(3, 64, 64, generator=torch.Generator().manual_seed(1)) * 2 - 1
    posterior = base.encoders.encode_picture(pixels)
    with torch.no_grad():
        expected = vae.encode(pixels[None]).latent_dist
    torch.testing.assert_close(posterior.mean, expected.mean[0] * 0.13025)
    torch.testing.assert_close(posterior.std, expected.std[0] * 0.13025)
    assert base.unet.dtype is torch.float16


def test_single_file_is_the_folder(tiny_sdxl: Path, tmp_path: Path) -> None:
    file = load_sdxl_file(write_single_file(tiny_sdxl, tmp_path / "tiny.safetensors"), torch.float32, CPU)
    folder = load_sdxl_folder(tiny_sdxl, torch.float32, CPU)
    weights = file.unet.state_dict()
    assert weights.keys() == folder.unet.state_dict().keys()
    for name, value in folder.unet.state_dict().items():
        torch.testing.assert_close(weights[name], value, rtol=0, atol=0)
    pixels = torch.rand(3, 64, 64, generator=torch.Generator().manual_seed(1)) * 2 - 1
    latents = [astuple(base.encoders.encode_picture(pixels)) for base in (file, folder)]
    torch.testing.assert_close(latents[0], latents[1])
    texts = [astuple(base.encoders.encode_caption("a red tile")) for base in (file, folder)]
    torch.testing.assert_close(texts[0], texts[1])


def test_single_file_without_configuration_says_what_to_fetch(tiny_sdxl: Path, tmp_path: Path) -> None:
    file = write_single_file(tiny_sdxl, tmp_path / "tiny.safetensors")
    shutil.rmtree(file.with_suffix(".config"))
    assert "no configuration for" in refusal(file)


def refusal(folder: Path) -> str:
    with pytest.raises(TrainingEnded) as caught:
        (load_sdxl_folder if folder.is_dir() else load_sdxl_file)(folder, torch.float32, CPU)
    assert caught.value.exit_class == "config-invalid"
    return str(caught.value)


def changed_copy(tiny_sdxl: Path, folder: Path, file: str, **values: object) -> Path:
    shutil.copytree(tiny_sdxl, folder)
    content = json.loads((folder / file).read_text())
    (folder / file).write_text(json.dumps(content | values))
    return folder


def test_refuses_folders_of_other_models(tiny_sdxl: Path, tmp_path: Path) -> None:
    index = "model_index.json"
    sd15 = changed_copy(tiny_sdxl, tmp_path / "a", index, _class_name="StableDiffusionPipeline")
    assert "StableDiffusionPipeline" in refusal(sd15)
    refiner = changed_copy(tiny_sdxl, tmp_path / "b", index, text_encoder=[None, None])
    assert "has no text_encoder" in refusal(refiner)
    v_model = changed_copy(tiny_sdxl, tmp_path / "c", "scheduler/scheduler_config.json", prediction_type="v_prediction")
    assert "predicts v" in refusal(v_model)
    (tmp_path / "d").mkdir()
    assert "no model_index.json" in refusal(tmp_path / "d")


def test_refuses_pickled_weights(tiny_sdxl: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pickled"
    shutil.copytree(tiny_sdxl, folder)
    weights = folder / "unet" / "diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_suffix(".bin"))
    assert "unet has no safetensors weights" in refusal(folder)
    checkpoint = tmp_path / "model.ckpt"
    checkpoint.write_bytes(b"\x80\x02")
    assert "pickle files are not read" in refusal(checkpoint)


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["cond_stage_model.transformer.text_model.embeddings.position_ids"], "Stable Diffusion 1 or 2"),
        (["conditioner.embedders.0.model.ln_final.weight"], "refiner"),
        (["something.else"], "no second text encoder"),
        (["conditioner.embedders.1.model.ln_final.weight"], "no attention at input block 4"),
    ],
)
def test_refuses_single_files_of_other_models(names: list[str], says: str, tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    save_file({name: torch.zeros(1) for name in names}, path)
    assert says in refusal(path)


@pytest.mark.parametrize("content", [b"", b"\xff" * 64, b"\x10\0\0\0\0\0\0\0{}"])
def test_refuses_files_that_are_torn(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(content)
    assert "cannot be read" in refusal(path)
