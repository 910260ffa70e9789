"""The keys of what stands before the first layer: what they may be, and what is said of what they may not."""

from typing import Any, Dict, List

import pytest

from fcnn.config import config_from_mapping
from fcnn.config.front import CategoricalEmbedding, Periodic, PiecewiseLinear
from fcnn.config.render import resolved_yaml
from fcnn.config.structs import numeric_embedding_of
from fcnn.errors import ConfigError


def config_of(*overrides: str, **network: Any) -> Any:
    mapping: Dict[str, Any] = {"data": {"path": "t.csv", "target": "y"}, "network": {"layers": [8], **network}}
    return config_from_mapping(mapping, overrides=list(overrides))


def test_a_name_is_an_embedding_with_its_defaults() -> None:
    assert numeric_embedding_of(config_of(numeric_embedding="periodic").config) == Periodic(
        frequencies=16, units=4, sigma=0.1
    )
    found = numeric_embedding_of(config_of(numeric_embedding="piecewise_linear").config)
    assert found == PiecewiseLinear(bins=48, units=16)
    assert config_of(categorical_embedding={}).config.network.categorical_embedding == CategoricalEmbedding(
        units="auto", min_levels=10
    )
    assert config_of().config.network.numeric_embedding is None


def test_overrides_reach_into_what_is_not_there_and_into_a_plain_name() -> None:
    made = config_of(
        "network.numeric_embedding=periodic", "network.numeric_embedding.sigma=0.5",
        "network.categorical_embedding.units=8", "network.input_scale=true",
    ).config.network  # fmt: skip
    assert made.numeric_embedding == Periodic(sigma=0.5)
    assert made.categorical_embedding == CategoricalEmbedding(units=8)
    assert made.input_scale is True


def test_the_resolved_config_spells_out_the_options_and_reads_back() -> None:
    text = resolved_yaml(config_of(numeric_embedding="periodic", categorical_embedding={}, input_scale=True).config)
    for line in ("name: periodic", "frequencies: 16", "sigma: 0.1", "min_levels: 10", "input_scale: true"):
        assert f"    {line}\n" in text or f"  {line}\n" in text


def problems(**network: Any) -> List[str]:
    with pytest.raises(ConfigError) as caught:
        config_of(**network)
    return [str(problem) for problem in caught.value.problems]


WRONG = {
    "a typo": ({"numeric_embedding": "periodc"}, "numeric_embedding", "did you mean `periodic`"),
    "no name": ({"numeric_embedding": {"frequencies": 3}}, "numeric_embedding", "`name` is missing"),
    "an option of the other one": (
        {"numeric_embedding": {"name": "periodic", "bins": 3}},
        "numeric_embedding.bins",
        "`bins` is an option of piecewise_linear, not of periodic",
    ),
    "one unit": ({"numeric_embedding": {"name": "periodic", "units": 1}}, "numeric_embedding.units", "2"),
    "no sigma": ({"numeric_embedding": {"name": "periodic", "sigma": 0}}, "numeric_embedding.sigma", "0"),
    "one bin": ({"numeric_embedding": {"name": "piecewise_linear", "bins": 1}}, "numeric_embedding.bins", "2"),
    "a million frequencies": (
        {"numeric_embedding": {"name": "periodic", "frequencies": 10**6}},
        "numeric_embedding.frequencies",
        "1024",
    ),
    "units that are no number": ({"categorical_embedding": {"units": "many"}}, "categorical_embedding.units", "auto"),
    "no unit": ({"categorical_embedding": {"units": 0}}, "categorical_embedding.units", "1"),
    "one level": ({"categorical_embedding": {"min_levels": 1}}, "categorical_embedding.min_levels", "2"),
    "a number for a section": ({"categorical_embedding": 8}, "categorical_embedding", "mapping"),
    "a scale that is a number": ({"input_scale": 6.0}, "input_scale", "true or false"),
}


@pytest.mark.parametrize(("network", "key", "words"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_said_with_its_place(network: Any, key: str, words: str) -> None:
    (problem,) = problems(**network)
    assert f"network.{key}: " in problem
    assert words in problem


def notes(**network: Any) -> List[str]:
    return [problem.message for problem in config_of(**network).problems]


def test_a_factor_of_what_is_not_there_is_remarked_on() -> None:
    factors = {"numeric_embedding": 0.1, "input_scale": 6.0}
    assert notes(learning_rate_factors=factors) == [
        "there is no numeric embedding: this factor changes nothing",
        "there is no input scale: this factor changes nothing",
    ]
    assert notes(learning_rate_factors=factors, numeric_embedding="periodic", input_scale=True) == []


def test_a_numeric_embedding_makes_no_linear_model_of_linear_layers() -> None:
    linear = [{"units": 8, "activation": "linear"}]
    assert len(notes(layers=[])) == len(notes(layers=linear)) == 1
    assert notes(layers=[], numeric_embedding="periodic") == notes(layers=linear, numeric_embedding="periodic") == []
    assert len(notes(layers=[], categorical_embedding={})) == 1
