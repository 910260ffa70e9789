"""`fcnn surface`."""

import pytest


def test_the_pictures_are_named_on_stdout(beside, tmp_path) -> None:
    answer = beside("surface", "latest", "--columns", "bill_depth_mm", "body_mass_g", "-o", tmp_path / "drawn")
    assert (answer.code, answer.err) == (0, "")
    paths = [tmp_path / "drawn" / name for name in ("decision_surface.png", "neurons.png")]
    assert answer.out.splitlines() == list(map(str, paths))
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["latest", "--columns", "bill_depth_mm", "body_mass_g", "--components"],
            "error: --columns and --components are two different planes: leave one out\n  hint: fcnn surface --help\n",
            id="two planes",
        ),
        pytest.param(
            ["latest", "--columns", "bill_depth_mm"], "error: Option '--columns' requires 2 arg", id="one column"
        ),
        pytest.param(["nosuch"], "error: nosuch: there is no such run", id="no run"),
        pytest.param(
            ["latest", "--columns", "island", "body_mass_g"],
            "error: --columns: the run learnt from no column of numbers 'island'\n"
            "  expected: 'bill_length_mm', 'bill_depth_mm', 'flipper_length_mm', 'body_mass_g'\n",
            id="no number",
        ),
        pytest.param([], "error: Missing argument 'RUN'", id="nothing"),
    ],
)
def test_what_is_typed_wrong_is_told(beside, words, message) -> None:
    answer = beside("surface", *words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(message)
