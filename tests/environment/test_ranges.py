"""Ranges of versions as intervals."""

import pytest

from fcnn.environment.ranges import interval, range_text, some_version


@pytest.mark.parametrize(
    ("range_", "text"),
    [
        ("", ""),
        (">=1.20", ">=1.20"),
        (">1.20", ">1.20"),
        ("<2", "<2"),
        ("<=1.24.3,>=1.22", ">=1.22,<=1.24.3"),
        ("==1.19.5", "==1.19.5"),
        ("===1.19.5", "==1.19.5"),
        ("==2.4.*", ">=2.4,<2.5"),
        ("~=1.19.2", ">=1.19.2,<1.20"),
        ("~=2.6", ">=2.6,<3"),
        ("~=2.5.0.dev0", ">=2.5.0.dev0,<2.6"),
        ("!=1.21", ""),
        (">=1,>=2,<5,<3", ">=2,<3"),
        (">=2,>2", ">2"),
        ("<2,<=2", "<2"),
    ],
)
def test_a_range_is_an_interval(range_: str, text: str) -> None:
    found = interval(range_)
    assert found is not None
    assert range_text(found) == text


@pytest.mark.parametrize("text", ["1.20", ">=one", "=> 1", ">=1;"])
def test_what_is_no_range_has_no_interval(text: str) -> None:
    assert interval(text) is None


@pytest.mark.parametrize(
    ("range_", "empty"),
    [
        (">=2,<2", True),
        (">2,<=2", True),
        (">=2,<=2", False),
        (">=3,<2", True),
        (">=1.24,<1.20", True),
        ("", False),
        ("<0", False),
    ],
)
def test_an_interval_may_be_empty(range_: str, empty: bool) -> None:
    found = interval(range_)
    assert found is not None
    assert found.empty is empty


@pytest.mark.parametrize(
    ("inner", "outer", "within", "meets"),
    [
        (">=1.24,<1.25", ">=1.24", True, True),
        (">=1.24", ">=1.24,<2", False, True),
        (">1.24", ">=1.24", True, True),
        (">=1.24", ">1.24", False, True),
        ("<=1.24", "<1.24", False, True),
        ("<1.24", "<=1.24", True, True),
        ("==1.24", ">=1.24", True, True),
        ("<1.24", ">=1.24", False, False),
        ("<=1.24", ">=1.24", False, True),
        ("", "<2", False, True),
        ("<2", "", True, True),
        (">=3,<2", "==1", True, False),
    ],
)
def test_one_interval_lies_in_another_or_meets_it(inner: str, outer: str, within: bool, meets: bool) -> None:
    first, second = interval(inner), interval(outer)
    assert first is not None
    assert second is not None
    assert (first.within(second), first.meets(second)) == (within, meets)


@pytest.mark.parametrize(
    ("range_", "version"),
    [
        (">=1.20", "1.20"),
        (">=1.20,<2", "1.20"),
        ("<=1.24.3", "1.24.3"),
        (">1.24,<=2", "2"),
        (">1.24", "1.24.1"),
        ("<2", "1.9999"),
        ("<1.24", "1.23.9999"),
        ("<2.0.0", "1.9999"),
        ("", "0"),
    ],
)
def test_some_version_of_a_range_lies_in_it(range_: str, version: str) -> None:
    assert some_version(range_) == version
