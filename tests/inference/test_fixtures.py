"""Runs of both stacks, made by make_fixtures.py, predict the same on the stack that runs the tests."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from fcnn.inference.activations import FORMULAS
from fcnn.runs.record import read_model
from fcnn.runs.run import Run

FIXTURES = Path(__file__).resolve().parent / "fixtures"
RUNS = sorted(path.parent for path in FIXTURES.rglob("weights.npz"))


@pytest.fixture(scope="module")
def penguins(shipped):
    return pd.read_csv(shipped("penguins")).iloc[::10]


@pytest.mark.parametrize("folder", RUNS, ids=[f"{run.parent.name} {run.name}" for run in RUNS])
@pytest.mark.parametrize("engine", ["numpy", "keras"])
def test_a_run_of_either_stack_predicts_the_same_here(folder, engine, penguins):
    model = read_model(folder)
    x, surprises = model.encode(penguins)
    expected = np.loadtxt(str(folder / "expected.csv"), delimiter=",", ndmin=2).reshape(len(penguins), -1)
    found = model.output(x) if engine == "numpy" else Run(folder).keras_output(x)
    assert surprises == []
    assert np.ptp(expected, axis=0).min() > 0.05  # it says something
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("stack", ["pinned", "current"])
def test_the_runs_of_a_stack_have_every_activation_and_layer_option(stack):
    layers = [layer for folder in (FIXTURES / stack).iterdir() for layer in read_model(folder).architecture.layers]
    assert {layer.activation["name"] for layer in layers} == set(FORMULAS)
    assert {bool(layer.batch_normalization) for layer in layers} == {True, False}
    assert {layer.use_bias for layer in layers} == {True, False}
    assert {layer.dropout > 0 for layer in layers} == {True, False}


def test_no_file_is_large():
    assert all(path.stat().st_size < 20_000 for path in FIXTURES.rglob("*"))
