from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from pixel_model.adaptable import read_buffer
from pixel_model.export import export_release, write_weights
from pixel_model.networks import Denoiser, ModelSizes, PixelVae
from pixel_model.onnx_graphs import WEIGHTS_FILE
from pixel_model.preview import fit_preview
from pixel_model.tokenizer import SPECIAL_TOKENS, Tokenizer
from pixel_model.verify import compare_release, largest_difference, run_graph, unet_feeds, unet_inputs, unet_reference
from pixel_model.weights import Released, read_release
from safetensors.torch import load_file

SIZES = ModelSizes(
    text_width=16,
    text_width_2=24,
    text_heads=2,
    unet_channels=(16, 16, 32),
    unet_heads=(1, 1, 2),
    norm_groups=8,
    time_embed_width=8,
)


@pytest.fixture(scope="module")
def released() -> Released:
    torch.set_num_threads(1)
    torch.manual_seed(2)
    tokenizer = Tokenizer([*SPECIAL_TOKENS, "a", "red", "bird"])
    model = Denoiser(len(tokenizer.tokens), SIZES).eval().requires_grad_(requires_grad=False)
    vae = PixelVae(SIZES.vae_channels).eval().requires_grad_(requires_grad=False)
    for network in (model, vae):
        for weight in network.parameters():
            weight.copy_(weight.to(torch.float16).to(torch.float32))
    return Released(model, vae, tokenizer, SIZES, {"seed": 2}, 0)


@pytest.fixture(scope="module")
def folder(released: Released, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model")
    export_release(released, path, revision="test", training={"steps": 0, "recipe": {"seed": 2}})
    return path


def test_graphs_equal_the_networks_at_every_size(released: Released, folder: Path) -> None:
    differences = compare_release(released, folder)
    assert {"unet 16x16", "unet 15x17", "unet 12x20", "text_encoder", "vae_decoder"} <= set(differences)
    assert {"unet over a buffer", "text_encoder over a buffer", "text_encoder_2 over a buffer"} <= set(differences)
    assert max(differences.values()) < 1e-4


def test_two_exports_of_the_same_weights_are_equal_to_the_byte(
    released: Released, folder: Path, tmp_path: Path
) -> None:
    # Each writing had its own order of the metadata's keys when there were two: try often enough to see it.
    for _ in range(8):
        write_weights(released, tmp_path)
        assert (tmp_path / WEIGHTS_FILE).read_bytes() == (folder / WEIGHTS_FILE).read_bytes()
    export_release(released, tmp_path, revision="test", training={"steps": 0, "recipe": {"seed": 2}})
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        file.name: file.read_bytes() for file in folder.iterdir()
    }


def test_graphs_hold_no_weights(folder: Path) -> None:
    weights = (folder / WEIGHTS_FILE).stat().st_size
    manifest = json.loads((folder / "manifest.json").read_text())
    assert set(manifest["tensors"]) == set(load_file(folder / WEIGHTS_FILE))
    for graph in manifest["graphs"].values():
        content = (folder / graph["file"]).read_bytes()
        assert b".py" not in content
        assert len(content) < weights


def test_changing_a_weight_in_the_file_changes_the_graph(released: Released, folder: Path, tmp_path: Path) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    entry = json.loads((folder / "manifest.json").read_text())["tensors"]["unet.conv_out.weight"]
    content = bytearray((tmp_path / WEIGHTS_FILE).read_bytes())
    start = entry["byteOffset"]
    content[start : start + entry["byteLength"]] = bytes(entry["byteLength"])
    (tmp_path / WEIGHTS_FILE).write_bytes(content)
    differences = compare_release(released, tmp_path)
    assert differences["unet 16x16"] > 1e-2
    assert differences["text_encoder_2"] < 1e-4


def test_a_release_is_read_back_as_it_was(released: Released, folder: Path) -> None:
    again = read_release(folder)
    for name, tensor in released.tensors().items():
        assert torch.equal(tensor, again.tensors()[name]), name
    assert again.tokenizer.tokens == released.tokenizer.tokens


def test_a_change_in_the_buffer_changes_the_graph_over_it(released: Released, folder: Path, tmp_path: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    place, entry = manifest["adaptable"], manifest["tensors"]["unet.mid_block.attentions.0.proj_in.weight"]
    buffer = read_buffer((folder / WEIGHTS_FILE).read_bytes(), place["dataStart"])
    first = (entry["byteOffset"] - place["dataStart"]) // 2
    buffer[first : first + entry["byteLength"] // 2] += 0.5
    buffer.tofile(tmp_path / place["buffer"])
    graph = tmp_path / place["graphs"]["unet"]
    graph.write_bytes((folder / graph.name).read_bytes())
    inputs = unet_inputs(released, 8, 8)
    feeds = unet_feeds(folder / "unet_context.onnx", inputs)
    changed = released.model.unet.mid_block.attentions[0].proj_in.weight
    with torch.no_grad():
        changed += 0.5
        expected = unet_reference(released, inputs)
        changed -= 0.5
    assert largest_difference([expected], run_graph(graph, feeds)) < 1e-4
    assert largest_difference([unet_reference(released, inputs)], run_graph(graph, feeds)) > 1e-2


def test_preview_factors_show_the_colour_of_a_cell(released: Released) -> None:
    fitted = fit_preview(released.vae)
    assert len(fitted["weights"]) == 4
    assert {len(row) for row in fitted["weights"]} == {3}
    latent = released.vae.encode_cells(torch.tensor([[0.2, -0.4, 0.6]])[:, :, None, None]).flatten()
    shown = latent @ torch.tensor(fitted["weights"]) + torch.tensor(fitted["bias"])
    assert float((shown - torch.tensor([0.2, -0.4, 0.6])).abs().max()) * 127.5 <= fitted["maxError"] + 1
