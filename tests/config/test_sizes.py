"""Amounts of memory as people write them."""

import pytest

from fcnn.config import parse_size
from fcnn.config.load import config_from_mapping
from fcnn.errors import ConfigError

SIZES = {
    "2GB": 2_000_000_000, "2G": 2_000_000_000, "2 gb": 2_000_000_000, "1.5GB": 1_500_000_000, "2GiB": 2_147_483_648,
    "500MB": 500_000_000, "500 MiB": 524_288_000, "64k": 64_000, ".5kb": 500, "1TB": 10**12, "1048576": 1_048_576,
    "12b": 12,
}  # fmt: skip


@pytest.mark.parametrize(("text", "size"), SIZES.items())
def test_an_amount_of_memory_is_read(text, size):
    assert parse_size(text) == size


@pytest.mark.parametrize(("number", "size"), [(2e9, 2_000_000_000), (1, 1)], ids=["a float", "a byte"])
def test_a_number_is_bytes(number, size):
    assert parse_size(number) == size


@pytest.mark.parametrize("text", ["", "much", "2 giga", "-2GB", "2iB", "GB", "1,5GB", "2GB 3MB", "50%", "٣GB"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match="no amount of memory"):
        parse_size(text)


@pytest.mark.parametrize("given", ["0", "0.2b", 0, float("nan"), "9" * 400])
def test_it_is_a_byte_at_least_and_finite(given):
    with pytest.raises(ValueError, match="an amount of memory is 1 byte at least"):
        parse_size(given)


def test_the_config_says_where_it_is_wrong():
    with pytest.raises(ConfigError) as caught:
        config_from_mapping({"data": {"path": "t.csv", "target": "y", "memory": "much"}, "network": {"layers": [4]}})
    (problem,) = caught.value.problems
    assert (problem.where, problem.message) == ("data.memory", "no amount of memory")
    assert (problem.expected, problem.received) == ("auto, or such as 2GB, 500MB, 1.5GiB", '"much"')


@pytest.mark.parametrize("memory", ["auto", "2GB", 2_000_000_000, 1e9])
def test_the_config_takes_text_and_numbers(memory):
    mapping = {"data": {"path": "t.csv", "target": "y", "memory": memory}, "network": {"layers": [4]}}
    assert config_from_mapping(mapping).config.data.memory == memory
