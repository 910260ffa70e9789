"""Two processes, or two devices, that share the rows of every step learn what one learns.

The processes are real, and run in a network namespace that has nothing but a loopback: TensorFlow's servers listen on
all addresses.
"""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import fcnn
from fcnn.network.dropout import AHEAD, STEP

HERE = Path(__file__).parent
SOURCES = Path(fcnn.__file__).parents[1]
sys.path.insert(0, str(HERE))
from two_workers import CASES, OF_DEVICES  # noqa: E402 - a script beside this file

OTHERWISE = ("dropout, a batch of one row", "batch normalization")
"""Where each device draws, or normalises, for itself: equal to each other, but not to one."""
LIMIT = 240
"""Seconds; a worker that waits for ever is a failure."""


def run(command):
    environment = {**os.environ, "PYTHONPATH": str(SOURCES), "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(command, env=environment, timeout=LIMIT, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 0, done.stderr.decode()[-3000:]


def results(folder, which):
    with np.load(str(folder / f"{which}.npz")) as file:
        return {name: file[name] for name in file.files}


@pytest.fixture(scope="session")
def workers(namespace, tmp_path_factory):
    """What each of two processes found."""
    folder = tmp_path_factory.mktemp("workers")
    script = f"'{sys.executable}' '{HERE / 'two_workers.py'}'"
    run([*namespace, f"ip link set lo up; {script} 1 '{folder}' 23400 & {script} 0 '{folder}' 23400; wait $!"])
    return [results(folder, which) for which in "01"]


@pytest.fixture(scope="session")
def devices(tmp_path_factory):
    """What one process with two devices found."""
    folder = tmp_path_factory.mktemp("devices")
    run([sys.executable, str(HERE / "two_workers.py"), "devices", str(folder), ""])
    return results(folder, "devices")


def of(found, case, kind):
    """Weights, figures and counters of a case."""
    arrays = [array for name, array in found.items() if name.startswith(f"{case}/{kind}/")]
    return arrays[:-2], arrays[-2], arrays[-1]


@pytest.mark.parametrize("case", CASES)
def test_two_workers_learn_the_same_bits(workers, case):
    first, second = (of(found, case, "together") for found in workers)
    assert [each.tobytes() for each in first[0]] == [each.tobytes() for each in second[0]]
    assert first[1].tobytes() == second[1].tobytes()
    assert first[2].tolist() == second[2].tolist()


@pytest.mark.parametrize("case", [case for case in CASES if case not in OTHERWISE])
def test_two_workers_learn_what_one_does(workers, case):
    assert_close(workers[0], case)


@pytest.mark.parametrize("case", [case for case in OF_DEVICES if case not in OTHERWISE])
def test_two_devices_learn_what_one_does(devices, case):
    assert_close(devices, case)


def assert_close(found, case):
    (alone, figures, _), (together, shared, _) = of(found, case, "alone"), of(found, case, "together")
    for one, two in zip(alone, together):
        np.testing.assert_allclose(two, one, rtol=0, atol=1e-6)
    np.testing.assert_allclose(shared, figures, rtol=0, atol=1e-6)


@pytest.mark.parametrize("case", OTHERWISE)
def test_each_device_draws_and_normalises_for_itself(workers, devices, case):
    for found in (workers[0], devices) if case in OF_DEVICES else workers[:1]:
        (alone, figures, counters), (together, shared, others) = of(found, case, "alone"), of(found, case, "together")
        assert np.abs(together[0] - alone[0]).max() > 1e-4
        assert np.abs(together[0] - alone[0]).max() < 0.1
        np.testing.assert_allclose(shared, figures, rtol=0, atol=0.1)
        assert counters.tolist() == others.tolist()


def test_the_masks_of_another_device_are_those_of_much_later():
    from fcnn.network.backend import tf
    from fcnn.network.dropout import Dropout, use_stream

    first, second = (Dropout(0.5, seed=3) for _ in range(2))
    model = type("Model", (), {"layers": [second]})
    use_stream(model, 2)
    start = int(first.counter.numpy())
    first.counter.assign((start + 2 * AHEAD * STEP + 2**63) % 2**64 - 2**63)
    rows = tf.ones([4, 50])
    assert first(rows, training=True).numpy().tolist() == second(rows, training=True).numpy().tolist()
    assert AHEAD % 2 == 1
    assert int(second.counter.numpy()) == (start + STEP + 2**63) % 2**64 - 2**63
