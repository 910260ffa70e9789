"""The picture of several trainings."""

import pytest

from fcnn.report.members import figure_of_member_scores, member_scores


def repeats(kind, count, kept=2):
    members = [{"seed": 42 + number, "test": {"rmse": 3.0 + number, "r2": 0.5}} for number in range(count)]
    return {
        "kind": kind,
        "kept": kept,
        "mean": {"test": {"r2": 0.5, "rmse": 4.0}},
        "std": {"test": {"r2": 0.0, "rmse": 1.0}} if count > 1 else {},
        "baselines": {"mean": {"test": {"rmse": 9.0}}, "ridge": {"test": {"rmse": 5.0}}},
        "members": members,
    }


def test_each_metric_has_a_panel_with_a_dot_for_each_member_and_a_ring_around_the_kept_one() -> None:
    first, second, _ = figure_of_member_scores(repeats("seeds", 3), "test").axes
    assert [axes.get_title(loc="left") for axes in (first, second)] == ["test RMSE", "test R2"]
    dots, ring, mean, ridge = first.get_lines()
    assert (list(dots.get_ydata()), list(ring.get_xdata()), list(ring.get_ydata())) == ([3.0, 4.0, 5.0], [1], [4.0])
    assert (mean.get_ydata()[0], ridge.get_ydata()[0], ridge.get_label()) == (4.0, 5.0, "ridge")
    assert (first.get_xlabel(), [tick.get_text() for tick in first.get_xticklabels()]) == ("seed", ["42", "43", "44"])
    assert len(second.get_lines()) == 3


@pytest.mark.parametrize(
    ("count", "names"),
    [
        pytest.param(1, ["1"], id="one"),
        pytest.param(3, ["1", "2", "3"], id="few"),
        pytest.param(40, ["1", "40"], id="many"),
    ],
)
def test_folds_are_numbered(count, names, tmp_path) -> None:
    told = repeats("folds", count, kept=1)
    axes = figure_of_member_scores(told, "test").axes[0]
    assert (axes.get_xlabel(), [tick.get_text() for tick in axes.get_xticklabels()]) == ("fold", names)
    member_scores(told, "test", tmp_path / "members.png")
    assert (tmp_path / "members.png").stat().st_size > 5000
