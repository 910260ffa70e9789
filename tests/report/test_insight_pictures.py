"""The pictures of importance, of the surface and of single units."""

import numpy as np
import pytest
from matplotlib.image import imread
from matplotlib.text import Text

from fcnn.insight.neurons import LayerMaps
from fcnn.insight.plane import Axis, Plane
from fcnn.report import style
from fcnn.report.importance import figure_of_importance, importance
from fcnn.report.neurons import figure_of_neurons, neurons
from fcnn.report.surface import OTHER, Rows, decision_surface, figure_of_decision_surface

CHINESE = ["收缩压测量值以毫米汞柱为单位在第一次体检时", "空腹血糖", "性别"]
AWKWARD = ["$x$ and $y$", "_hidden", "a name much longer than any axis has room for", "two\nlines"]


def boxes_of(picture):
    """The texts that can be seen, and their boxes in dots; ticks beyond the axes are not drawn."""
    with style.drawing(picture.families):
        picture.canvas.draw()
        renderer = picture.canvas.get_renderer()
        beyond = {
            id(label)
            for axes in picture.axes
            for axis in (axes.xaxis, axes.yaxis)
            for tick in axis.get_major_ticks()
            if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
            for label in (tick.label1, tick.label2)
        }
        return [
            (text.get_text(), text.get_window_extent(renderer))
            for text in picture.findobj(Text)
            if text.get_visible() and text.get_text().strip() and id(text) not in beyond
        ]


def assert_readable(picture):
    """No text leaves the picture, and no two overlap."""
    found = boxes_of(picture)
    for text, box in found:
        inside = box.x0 > -1 and box.y0 > -1 and box.x1 < picture.bbox.width + 1 and box.y1 < picture.bbox.height + 1
        assert inside, f"{text!r} leaves the picture"
    for position, (one, first) in enumerate(found):
        for other, second in found[position + 1 :]:
            across = min(first.x1, second.x1) - max(first.x0, second.x0)
            up = min(first.y1, second.y1) - max(first.y0, second.y0)
            assert not (across > 1 and up > 1), f"{one!r} overlaps {other!r}"


# --- importance -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        pytest.param(["one"], [], id="one column"),
        pytest.param(AWKWARD, [AWKWARD[:2]], id="awkward names"),
        pytest.param(CHINESE, [CHINESE], id="Chinese names"),
        pytest.param([f"column number {number}" for number in range(35)], [], id="many columns"),
        pytest.param([f"c{n}" for n in range(18)], [[f"c{n}", f"c{n + 1}"] for n in range(0, 18, 2)], id="many groups"),
    ],
)
def test_importance_is_readable(names, groups) -> None:
    increases = np.random.RandomState(0).normal(np.linspace(3, -1, len(names))[:, np.newaxis], 0.2, (len(names), 5))
    assert_readable(figure_of_importance(names, increases, "log_loss", 0.123456, "the test rows", groups))


def test_importance_has_a_bar_for_the_mean_a_dot_for_each_repeat_and_marks_what_is_alike(tmp_path) -> None:
    names, increases = ["a", "b", "c"], np.array([[3.0, 5.0], [1.0, 1.0], [-2.0, 0.0]])
    picture = figure_of_importance(names, increases, "rmse", 560.1, "3,079 of the 8,091 test rows", [["a", "c"]])
    (axes,) = picture.axes
    assert [bar.get_width() for bar in axes.patches] == [4.0, 1.0, -1.0]
    assert [3.0, 5.0, 1.0, 1.0, -2.0, 0.0] in [list(line.get_xdata()) for line in axes.lines]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a  [a]", "b", "c  [a]"]
    assert axes.get_ylim()[0] > axes.get_ylim()[1]  # the most important one is at the top
    assert axes.get_xlabel().split("\n") == [
        "rise of the RMSE of 3,079 of the 8,091 test rows (it is 560.1 with nothing shuffled)",
        "[a] correlated by more than 0.9: they share their importance",
    ]
    importance(names, increases, "rmse", 560.1, "the test rows", [], tmp_path / "importance.png")
    assert imread(str(tmp_path / "importance.png")).shape[1] == 8 * 150


def test_the_columns_without_a_bar_are_counted() -> None:
    increases = np.linspace(2.0, 0.1, 25)[:, np.newaxis] + np.zeros((1, 5))
    picture = figure_of_importance([f"c{n}" for n in range(25)], increases, "log_loss", 1.0, "the test rows")
    assert len(picture.axes[0].patches) == 20
    assert picture.axes[0].get_xlabel().endswith("\nand 5 more, of +0.42 and less")


# --- the surface ------------------------------------------------------------------------------------------------------


def plane_of(names=("a", "b"), share=None, mostly=(), held=(), points=None):
    axes = [Axis(name, np.linspace(0.0, 10.0, 20), share, tuple(mostly)) for name in names]
    points = np.random.RandomState(1).uniform(0, 10, (60, 2)) if points is None else points
    return Plane(axes[0], axes[1], np.zeros((400, 2), np.float32), points, tuple(held))


def shares_of(classes):
    across, up = np.meshgrid(np.arange(20), np.arange(20))
    angle = np.arctan2(up - 9.5, across - 9.5).ravel()
    centres = np.linspace(-np.pi, np.pi, classes, endpoint=False)
    powers = np.exp(4 * np.cos(angle[:, np.newaxis] - centres))
    return powers / powers.sum(axis=1, keepdims=True)


def rows_of(classes, count=60):
    generator = np.random.RandomState(2)
    truth = generator.randint(0, classes, count)
    return Rows("the test rows", truth, np.where(generator.rand(count) < 0.2, (truth + 1) % classes, truth))


HELD = tuple((f"a rather long column name {number}", "a long value of a category") for number in range(6))


@pytest.mark.parametrize(
    ("names", "classes", "plane"),
    [
        pytest.param(("a", "b"), ["no", "yes"], {}, id="2 classes"),
        pytest.param(("a", "b"), [str(digit) for digit in range(10)], {"held": HELD}, id="10 classes, much held still"),
        pytest.param(AWKWARD[1:3], [f"category number {n}" for n in range(40)], {}, id="40 classes, awkward names"),
        pytest.param(CHINESE[:2], CHINESE, {"held": [(CHINESE[2], "男")]}, id="Chinese"),
        pytest.param(
            ("component 1", "component 2"),
            ["no", "yes"],
            {"share": 0.41, "mostly": ["mean_fractal_dimension_of_all", "fractal_dimension_error"]},
            id="components of long names",
        ),
        pytest.param(("a", "b"), [], {"held": HELD[:1]}, id="a number"),
    ],
)
def test_the_surface_is_readable(names, classes, plane) -> None:
    given = plane_of(names, **plane)
    if classes:
        answers, rows = shares_of(len(classes)), rows_of(len(classes))
    else:
        answers = np.linspace(-2e4, 3e4, 400)
        rows = Rows("500 of the 8,091 test rows", *np.random.RandomState(3).normal(0, 1e4, (2, 60)))
    picture = figure_of_decision_surface(given, answers, rows, "the target's name", classes)
    assert_readable(picture)


def test_the_pictures_of_a_plane_are_written_as_png(tmp_path) -> None:
    decision_surface(plane_of(), shares_of(2), rows_of(2), "y", ["a", "b"], tmp_path / "surface.png")
    neurons(plane_of(), [layer(1, 1, [0])], (20, 20), ["y"], tmp_path / "neurons.png")
    assert imread(str(tmp_path / "surface.png")).shape[:2] == (840, 1200)
    plain = [list(field) if isinstance(field, Axis) else field for field in plane_of()]
    decision_surface(plain, shares_of(2), list(rows_of(2)), "y", ["a", "b"], tmp_path / "plain.png")
    assert (tmp_path / "plain.png").read_bytes() == (tmp_path / "surface.png").read_bytes()
    assert imread(str(tmp_path / "neurons.png")).shape[0] == 330


def legend_of(picture):
    return [text.get_text() for text in picture.axes[0].get_legend().get_texts()]


def test_each_point_of_the_plane_has_the_colour_of_the_likeliest_class_the_paler_the_less_sure() -> None:
    shares = np.tile([1.0, 0.0], (400, 1))
    shares[200:] = [0.4, 0.6]
    nothing = Rows("the test rows", np.zeros(0, int), np.zeros(0, int))
    picture = figure_of_decision_surface(plane_of(points=np.zeros((0, 2))), shares, nothing, "y", ["no", "yes"])
    pixels = picture.axes[0].images[0].get_array()
    sure, unsure = pixels[0, 0], pixels[19, 0]
    np.testing.assert_allclose(sure, [0.5, 0.5 + 0.5 * 0x72 / 255, 0.5 + 0.5 * 0xB2 / 255], atol=1e-3)
    assert unsure[0] > 0.95  # of vermillion, which is red
    assert unsure[2] < unsure[0]
    assert unsure.min() > sure.min()


def test_dots_differ_by_class_in_shape_and_colour_and_wrong_ones_have_a_ring() -> None:
    points = np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 5.0], [4.0, 9.0], [99.0, 1.0], [np.nan, 2.0]])
    rows = Rows("the test rows", np.array([0, 1, 2, 1, 0, 1]), np.array([0, 1, 2, 0, 1, 1]))
    picture = figure_of_decision_surface(plane_of(points=points), shares_of(3), rows, "y", ["a", "b", "c"])
    drawn = {}
    for dots in picture.axes[0].collections:
        if hasattr(dots, "get_sizes") and len(dots.get_offsets()):
            for x, y in dots.get_offsets():
                edge = "ring" if dots.get_edgecolors()[0][:3].max() < 0.2 else "none"
                drawn[(x, y)] = (edge, tuple(dots.get_facecolors()[0]), len(dots.get_paths()[0].vertices))
    assert set(drawn) == {(1.0, 1.0), (2.0, 2.0), (3.0, 5.0), (4.0, 9.0)}
    assert [drawn[(x, y)][0] for x, y in points[:4]] == ["none", "none", "none", "ring"]
    assert len({drawn[(x, y)][1:] for x, y in points[:3]}) == 3
    assert drawn[(2.0, 2.0)][1:] == drawn[(4.0, 9.0)][1:]
    assert legend_of(picture) == ["a", "b", "c", "answered wrongly"]
    assert picture.axes[0].get_xlabel() == (
        "a\ndots: the test rows, without 1 outside the picture, without 1 that lack a value"
    )


def test_of_many_classes_the_largest_nine_have_a_colour() -> None:
    picture = figure_of_decision_surface(plane_of(), shares_of(40), rows_of(40), "y", [f"c{n}" for n in range(40)])
    assert len(legend_of(picture)) == 11
    assert legend_of(picture)[-2:] == ["31 other classes", "answered wrongly"]
    ten = figure_of_decision_surface(plane_of(), shares_of(10), rows_of(10), "y", [f"c{n}" for n in range(10)])
    assert legend_of(ten)[:-1] == [f"c{n}" for n in range(10)]
    assert OTHER not in {handle.get_markerfacecolor() for handle in ten.axes[0].get_legend().get_lines()}


def test_dots_that_lie_on_each_other_are_moved_apart_a_little() -> None:
    points = np.repeat([[2.0, 3.0], [7.0, 8.0]], 30, axis=0)
    picture = figure_of_decision_surface(plane_of(points=points), shares_of(2), rows_of(2), "y", ["a", "b"])
    offsets = [
        dots.get_offsets()
        for dots in picture.axes[0].collections
        if hasattr(dots, "get_sizes") and dots.get_sizes().size
    ]
    drawn = np.concatenate(offsets)
    assert len(np.unique(drawn, axis=0)) == 60
    nearest = np.abs(drawn[:, np.newaxis] - np.array([[2.0, 3.0], [7.0, 8.0]])).max(axis=2).min(axis=1)
    assert 0 < nearest.max() <= 0.15


def test_plane_and_dots_of_a_number_have_the_same_colours() -> None:
    truth = np.linspace(0, 100, 60)
    rows = Rows("the test rows", truth, truth)
    picture = figure_of_decision_surface(plane_of(), np.full(400, 50.0), rows, "price", [])
    dots = next(
        each for each in picture.axes[0].collections if each.get_array() is not None and len(each.get_array()) == 60
    )
    assert dots.get_array().tolist() == truth.tolist()
    assert dots.get_clim() == pytest.approx((1.0, 99.0))
    assert picture.axes[1].get_ylabel() == "price: predicted everywhere, true in the dots"
    same = Rows("the test rows", np.full(60, 5.0), truth)
    assert_readable(figure_of_decision_surface(plane_of(), np.full(400, 5.0), same, "price", []))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("some", [True, False], ids=["somewhere", "everywhere"])
def test_where_the_network_has_no_finite_answer_nothing_is_drawn(bad, some) -> None:
    shares, numbers, maps = shares_of(3), np.linspace(0, 9, 400), np.linspace(-2, 2, 400, dtype=np.float32)
    for values in (shares, numbers, maps):
        values[: 200 if some else 400] = bad
    assert_readable(figure_of_decision_surface(plane_of(), shares, rows_of(3), "y", ["a", "b", "c"]))
    truth = np.linspace(0, 5, 60)
    assert_readable(figure_of_decision_surface(plane_of(), numbers, Rows("the test rows", truth, truth), "y", []))
    units = figure_of_neurons(plane_of(), [LayerMaps(1, "linear", 1, (0,), maps[np.newaxis])], (20, 20), ["y"])
    assert_readable(units)
    assert units.axes[0].images[0].get_array()[0, 0, 3] == 0  # nothing to be seen
    assert f"linear\nlargest {2 if some else 0}" in [text for text, _ in boxes_of(units)]


# --- units ------------------------------------------------------------------------------------------------------------


def layer(number, width, units, activation="relu", scale=1.0):
    maps = scale * np.random.RandomState(number).normal(size=(len(units), 400)).astype(np.float32)
    return LayerMaps(number, activation, width, tuple(units), maps)


@pytest.mark.parametrize(
    ("layers", "outputs"),
    [
        pytest.param([layer(1, 64, range(8)), layer(2, 32, range(8)), layer(3, 3, range(3))], CHINESE, id="Chinese"),
        pytest.param([layer(1, 1, [0], "sigmoid")], ["no", "yes"], id="no hidden layer"),
        pytest.param(
            [layer(n, 4096, range(4088, 4096), "leaky_relu", 1e-9) for n in (1, 2, 3)]
            + [layer(9, 40, range(32, 40), "softmax", 1e12)],
            [f"category number {n}" for n in range(40)],
            id="wide layers, 40 classes",
        ),
        pytest.param(
            [layer(1, 2, [0, 1], scale=0.0), layer(2, 1, [0], "linear")], ["price"], id="a number, dead units"
        ),
    ],
)
def test_the_maps_of_units_are_readable(layers, outputs) -> None:
    plane = plane_of(("component 1", "component 2"), 0.3, ["a long name of a column", "another long name of one"])
    assert_readable(figure_of_neurons(plane, layers, (20, 20), outputs))


def test_each_layer_has_its_own_scale_and_units_count_from_1() -> None:
    layers = [layer(1, 64, [2, 63], "tanh"), layer(2, 1, [0], "sigmoid", 100.0)]
    picture = figure_of_neurons(plane_of(), layers, (20, 20), ["no", "yes"])
    texts = [text for text, _ in boxes_of(picture)]
    for wanted in ("layer 1", "unit 3", "unit 64", "output", "yes"):
        assert wanted in texts
    assert "no" not in texts
    largest = [f"{np.abs(each.maps).max():.3g}" for each in layers]
    assert f"tanh\nlargest {largest[0]}\n2 of 64 units" in texts
    assert f"sigmoid\nlargest {largest[1]}" in texts
    first, _, output = picture.axes[0].images
    row, column = np.unravel_index(np.abs(layers[1].maps[0]).argmax(), (20, 20))
    orange, purple = np.array([0x7F, 0x3B, 0x08]) / 255, np.array([0x2D, 0x00, 0x4B]) / 255
    end = orange if layers[1].maps[0].reshape(20, 20)[row, column] > 0 else purple
    np.testing.assert_allclose(output.get_array()[row, column, :3], end, atol=0.01)
    assert first.get_array().shape == (20, 20, 4)
