"""The picture of what each layer did: legible for few and many layers and epochs."""

import math

import pytest

from fcnn.report.diagnostics import figure_of_layer_diagnostics, layer_diagnostics


def columns(layers, epochs, activation="relu", gradient=0.1):
    found = {name: [] for name in ("epoch", "layer", "activation", "units")}
    figures = ("gradient_norm", "update_ratio", "dead_share", "saturated_share", "activation_mean", "activation_std")
    found.update({name: [] for name in figures})
    for epoch in epochs:
        for layer in range(1, layers + 1):
            is_last = layer == layers
            row = {
                "epoch": epoch, "layer": layer, "activation": "softmax" if is_last else activation, "units": 32,
                "gradient_norm": gradient / layer, "update_ratio": 0.1 / epoch,
                "dead_share": 0.25 if activation == "relu" and not is_last else math.nan,
                "saturated_share": 0.5 if activation == "tanh" and not is_last else math.nan,
                "activation_mean": 0.1, "activation_std": 0.2 * layer,
            }  # fmt: skip
            for name, value in row.items():
                found[name].append(value)
    return found


@pytest.mark.parametrize(
    ("layers", "epochs", "activation", "title", "scale"),
    [
        pytest.param(2, [1, 2, 3], "relu", "Dead units", "linear", id="one hidden layer, 3 epochs"),
        pytest.param(13, [*range(1, 30), *range(30, 3001, 90)], "tanh", "Saturated units", "log", id="12, 3,000"),
        pytest.param(1, [1], "relu", "Dead or saturated units", "linear", id="no hidden layer, 1 epoch"),
        pytest.param(40, [1, 2], "elu", "Dead or saturated units", "linear", id="40 layers"),
    ],
)
def test_there_are_four_panels_with_a_line_for_each_layer(layers, epochs, activation, title, scale, tmp_path) -> None:
    table = columns(layers, epochs, activation)
    picture = figure_of_layer_diagnostics(table, epochs[-1])
    *panels, legend = picture.axes
    assert [axes.get_title(loc="left") for axes in panels] == [
        "Gradient of the weights (norm)",
        "Change of the weights in an epoch (share)",
        title,
        "Spread of the activations",
    ]
    assert {len(axes.get_lines()) for axes in panels} == {layers + 1}  # and the kept epoch
    assert {axes.get_xscale() for axes in panels} == {scale}
    texts = [text.get_text() for text in legend.get_legend().get_texts()]
    assert texts[-2:] == ["output: 32 softmax", f"kept epoch {epochs[-1]:,}"]
    assert len(texts) == min(layers, 13) + 1
    layer_diagnostics(table, epochs[-1], tmp_path / "diagnostics.png")
    assert (tmp_path / "diagnostics.png").stat().st_size > 10_000


def test_gradients_that_are_all_0_are_said_to_be() -> None:
    picture = figure_of_layer_diagnostics(columns(2, [1, 2], gradient=0.0), 2)
    assert [text.get_text() for text in picture.axes[0].texts] == ["all 0"]
