"""Weights files that must not be believed."""

import io
import pickle
import zipfile

import numpy as np
import pytest

from fcnn.errors import RunError
from fcnn.inference.activations import parameters_of
from fcnn.inference.network import Architecture, DenseLayer
from fcnn.runs.record import read_weights, write_weights

NETWORK = Architecture(
    inputs=3,
    layers=(
        DenseLayer(units=4, activation=parameters_of("relu")),
        DenseLayer(units=1, activation=parameters_of("linear")),
    ),
)
ARRAYS = {name: np.arange(np.prod(shape), dtype=np.float32).reshape(shape) for name, shape in NETWORK.shapes().items()}


def npz(**changes):
    file = io.BytesIO()
    np.savez(file, **{name: array for name, array in {**ARRAYS, **changes}.items() if array is not None})
    return file.getvalue()


class Trap:
    """Something whose unpickling would be noticed."""

    def __reduce__(self):
        return exec, ("raise SystemExit('unpickled')",)


def with_member(content):
    file = io.BytesIO(npz())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("02/kernel.npy", content)
    return file.getvalue()


def flipped(content):
    position = content.index(np.float32(7).tobytes())
    return content[:position] + b"\xff\xff" + content[position + 2 :]


REFUSED = {
    "a wrong shape": (npz(**{"00/kernel": ARRAYS["00/kernel"].T}), r"array 00/kernel\s+expected: \(3, 4\)"),
    "an array that is missing": (npz(**{"00/bias": None}), "array 00/bias"),
    "an array too much": (npz(**{"02/kernel": np.zeros(1)}), "array 02/kernel"),
    "NaN": (npz(**{"00/bias": np.float32([1, 2, np.nan, 4])}), "array 00/bias is not finite"),
    "infinity": (npz(**{"00/bias": np.float32([1, 2, np.inf, 4])}), "array 00/bias is not finite"),
    "text": (npz(**{"00/bias": np.array(list("abcd"))}), "cannot be read"),
    "a pickled object": (npz(**{"00/bias": np.array([Trap()] * 4, dtype=object)}), "cannot be read"),
    "a pickle in its place": (pickle.dumps(Trap()), "cannot be read"),
    "a member that is no array": (with_member(b"hello"), "array 02/kernel|cannot be read"),
    "half of the file": (npz()[:700], "cannot be read"),
    "a file without its end": (npz()[:-30], "cannot be read"),
    "a bit that flipped": (flipped(npz()), "cannot be read"),
    "no content": (b"", "cannot be read"),
    "text in its place": (b"00/kernel,1,2,3\n", "cannot be read"),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED)
def test_weights_are_refused(tmp_path, content, message):
    (tmp_path / "weights.npz").write_bytes(content)
    with pytest.raises(RunError, match=message):
        read_weights(tmp_path, NETWORK)


def test_missing_weights_are_an_error(tmp_path):
    with pytest.raises(RunError, match="cannot be read"):
        read_weights(tmp_path, NETWORK)


def test_weights_are_read_as_they_were_written(tmp_path):
    write_weights(tmp_path, ARRAYS)
    found = read_weights(tmp_path, NETWORK)
    assert {name: array.tolist() for name, array in found.items()} == {
        name: array.tolist() for name, array in ARRAYS.items()
    }
    assert {array.dtype for array in found.values()} == {np.dtype(np.float32)}
