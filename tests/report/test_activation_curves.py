"""Pictures of activations and of where units live."""

import numpy as np
import pytest

from fcnn.inference.activations import FORMULAS, parameters_of
from fcnn.insight.activation_facts import activation_facts
from fcnn.report.activation_curves import (
    LayerZ,
    activation_curves,
    figure_of_activation,
    figure_of_layers_z,
    layers_z,
)


def facts_of(name):
    return activation_facts(parameters_of(name))


def shaded(axes):
    """From where to where there is shade, rounded."""
    spans = [
        patch for patch in axes.patches if patch.get_facecolor()[:3] == pytest.approx((0.937, 0.890, 0.827), abs=0.01)
    ]
    edges = [patch.get_extents().transformed(axes.transData.inverted()) for patch in spans]
    return [(round(float(edge.x0), 3), round(float(edge.x1), 3)) for edge in edges]


@pytest.mark.parametrize("name", FORMULAS)
def test_every_activation_has_a_picture_with_curve_and_derivative(name, tmp_path) -> None:
    figure = figure_of_activation(facts_of(name))
    *_, g, slope = figure.axes[0].get_lines()
    assert (g.get_label(), slope.get_label()) == ("g(z)", "g'(z)")
    z, values, slopes = g.get_xdata(), g.get_ydata(), slope.get_ydata()
    found = np.gradient(values, z)
    smooth = np.abs(z) > 0.1
    smooth &= (np.abs(np.abs(z) - 2.5) > 0.1) & (z < 3)  # the corners, and where an exponential is steep
    assert np.abs(found - slopes)[smooth].max() < 0.01
    low, high = figure.axes[0].get_ylim()
    assert high - low < 30
    assert len(figure.axes[0].get_title(loc="left").splitlines()) == 3


@pytest.mark.parametrize(
    ("name", "zones"),
    [
        pytest.param("sigmoid", [(-6.0, -4.585), (4.585, 6.0)], id="both sides"),
        pytest.param("relu", [(-6.0, 0.0)], id="one side"),
        pytest.param("softsign", [(-11.25, -9.0), (9.0, 11.25)], id="far out"),
        pytest.param("leaky_relu", [], id="nowhere"),
    ],
)
def test_where_it_is_saturated_there_is_shade(name, zones) -> None:
    assert shaded(figure_of_activation(facts_of(name)).axes[0]) == zones


def test_softmax_shows_its_whole_jacobian_with_the_diagonal_framed() -> None:
    axes = figure_of_activation(facts_of("softmax")).axes[1]
    cells = [[float(text.get_text()) for text in axes.texts][row : row + 4] for row in range(0, 16, 4)]
    assert cells == [
        [0.229, -0.153, -0.056, -0.021],
        [-0.153, 0.181, -0.021, -0.008],
        [-0.056, -0.021, 0.08, -0.003],
        [-0.021, -0.008, -0.003, 0.031],
    ]
    assert [patch.get_xy() for patch in axes.patches] == [(place - 0.47, place - 0.47) for place in range(4)]
    assert "diag(g) - g g^T" in axes.get_title(loc="left")
    assert "diagonal, framed, is g (1 - g)" in axes.get_title(loc="left")


def layer(title, name, z, saturated=0.0):
    return LayerZ(title, facts_of(name), np.asarray(z, float), saturated)


def test_each_layer_has_its_histogram_under_its_curve() -> None:
    layers = [
        layer("layer 1: 3 relu", "relu", [-1.0, -1.0, 2.0], 2 / 3),
        layer("output: 2 softmax", "softmax", [-30.0, 30.0, 0.0], 1.0),
    ]
    legend, *panels = sorted(figure_of_layers_z(layers).axes, key=lambda axes: bool(axes.get_title(loc="left")))
    titles = [axes.get_title(loc="left") for axes in panels]
    assert titles == ["layer 1: 3 relu\n66.7 % of z saturated", "output: 2 softmax\n100 % of z saturated"]
    assert [axes.get_xlabel() for axes in panels] == ["z", "z against the other classes"]
    bars = panels[0].containers[0]
    heights = {round(bar.get_x() + bar.get_width() / 2, 1): bar.get_height() for bar in bars if bar.get_height() > 0}
    low, high = sorted(heights)
    assert low == pytest.approx(-1.0, abs=0.1)
    assert high == pytest.approx(2.0, abs=0.11)
    assert heights[low] == pytest.approx(2 * heights[high])
    left, right = panels[1].get_xlim()
    assert left < -29
    assert right > 29
    assert [text.get_text() for text in legend.get_legend().get_texts()] == [
        "g(z)", "g'(z)", "how often a z occurs", "saturated: |g'| < 0.01"
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 2])
def test_pictures_of_one_layer_and_of_two_become_files(count, tmp_path) -> None:
    layers_z([layer(f"layer {number}", "tanh", [0.5] * 9) for number in range(count)], tmp_path / "layers.png")
    assert (tmp_path / "layers.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_becomes_a_file(tmp_path) -> None:
    activation_curves(facts_of("elu"), tmp_path / "elu.png")
    assert [path.name for path in tmp_path.iterdir()] == ["elu.png"]
