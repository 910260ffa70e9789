"""What stands between the matrix of the preprocessing and the first dense layer, as plain data and in NumPy.

At most one of each stands there, in this order: a numeric embedding, a categorical embedding, an input scale. Every
one has the same order of outputs: first what it leaves alone, in its order, then what it made, column after column. A
number is one of its own numeric embedding's outputs and stays where it is, so that the columns of the matrix have
the same places behind that layer as before it.

Categorical embedding and input scale are linear: for predicting they are multiplied into the kernel behind them.
"""

from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

import numpy as np
from msgspec import Struct

from fcnn.inference.numeric_embedding import Embedded, bins_of, cosines

Shape = Tuple[int, ...]
Arrays = Mapping[str, np.ndarray]


class Periodic(Struct, frozen=True, kw_only=True, tag_field="type", tag="periodic"):
    """A number x becomes [x, cos(2 pi w x + b) W + c], with w, b, W and c of its own, all of them learnt.

    It is the PBLD embedding of RealMLP (Holzmueller, Grinsztajn and Steinwart, 2024; `PLREmbeddingsLayerCosBias` of
    dholzmueller/pytabkit), after the periodic embeddings of Gorishniy, Rubachev and Babenko (2022).
    """

    columns: Tuple[int, ...]
    """Of the matrix: those that are numbers, ascending."""
    frequencies: int
    """Of each column."""
    units: int
    """What a number becomes: itself and one less made of it."""

    name = "numeric_embedding"
    """Of the Keras layer, and of the arrays."""

    @property
    def encoded(self) -> int:
        """Values of a number before they are multiplied."""
        return self.frequencies

    def shapes(self, inputs: int) -> Dict[str, Shape]:
        """Shapes of the arrays by name, in Keras's order; ``phase`` is b, ``bias`` is c."""
        count = len(self.columns)
        each = (count, self.frequencies)
        return {"frequency": each, "phase": each, "kernel": (*each, self.units - 1), "bias": (count, self.units - 1)}

    def width(self, inputs: int) -> int:
        """How many outputs there are for so many inputs."""
        return inputs + len(self.columns) * (self.units - 1)

    def ready(self, arrays: Arrays, dtype: Any) -> Embedded:
        """What computes it, with its arrays by their own names."""
        own = {name: array.astype(dtype) for name, array in arrays.items()}
        encoding = cosines(own["frequency"], own["phase"])
        return Embedded(np.array(self.columns), encoding, own["kernel"], own["bias"])


class PiecewiseLinear(Struct, frozen=True, kw_only=True, tag_field="type", tag="piecewise_linear"):
    """A number x becomes [x, e(x) W + c], where e has a value for each bin: which share of it lies below x.

    That is 0 below the bin and 1 above it; the first bin is open to the left and the last one to the right (equation 1
    of Gorishniy, Rubachev and Babenko, 2022; `PiecewiseLinearEmbeddings` of yandex-research/rtdl-num-embeddings, whose
    version B has a linear function of x beside it, too). W and c are each column's own, and learnt.
    """

    columns: Tuple[int, ...]
    """Of the matrix: those that are numbers, ascending."""
    edges: Tuple[Tuple[float, ...], ...]
    """Of the bins of each column, ascending, at least two: quantiles of the training rows."""
    units: int
    """What a number becomes: itself and one less made of it."""

    name = "numeric_embedding"
    """Of the Keras layer, and of the arrays."""

    @property
    def encoded(self) -> int:
        """Values of a number before they are multiplied: the bins of the column that has the most of them."""
        return max(map(len, self.edges)) - 1

    def shapes(self, inputs: int) -> Dict[str, Shape]:
        """Shapes of the arrays by name, in Keras's order."""
        count = len(self.columns)
        return {"kernel": (count, self.encoded, self.units - 1), "bias": (count, self.units - 1)}

    def width(self, inputs: int) -> int:
        """How many outputs there are for so many inputs."""
        return inputs + len(self.columns) * (self.units - 1)

    def ready(self, arrays: Arrays, dtype: Any) -> Embedded:
        """What computes it, with its arrays by their own names."""
        kernel, bias = (arrays[name].astype(dtype) for name in ("kernel", "bias"))
        return Embedded(np.array(self.columns), bins_of(self.edges, dtype), kernel, bias)


class Block(Struct, frozen=True):
    """A category's columns in the matrix, one for each of its levels, and what becomes of them."""

    name: str
    """Of the column in the table."""
    start: int
    levels: int
    units: int


class CategoricalEmbedding(Struct, frozen=True, kw_only=True, tag_field="type", tag="categorical"):
    """Each level of a category becomes a row of numbers that is learnt; a level that is none of them zeros.

    The columns of a category, of which one at most is 1, are multiplied with the category's kernel (levels, units).
    """

    blocks: Tuple[Block, ...]
    """Ascending."""

    name = "categorical_embedding"

    def shapes(self, inputs: int) -> Dict[str, Shape]:
        """Shapes of the arrays by name, in Keras's order: ``0/kernel``, ``1/kernel`` ..."""
        return {f"{number}/kernel": (block.levels, block.units) for number, block in enumerate(self.blocks)}

    def width(self, inputs: int) -> int:
        """How many outputs there are for so many inputs."""
        return inputs + sum(block.units - block.levels for block in self.blocks)

    def left_alone(self, inputs: int) -> np.ndarray:
        """(n,) int: the inputs that belong to none of the blocks."""
        taken = [range(block.start, block.start + block.levels) for block in self.blocks]
        return np.setdiff1d(np.arange(inputs), np.concatenate(taken))

    def multiplied(self, arrays: Arrays, kernel: np.ndarray, inputs: int) -> np.ndarray:
        """(inputs, units): the kernel of a layer behind this one (outputs, units), as one of this one's inputs."""
        alone = self.left_alone(inputs)
        found = np.empty((inputs, kernel.shape[1]), dtype=kernel.dtype)
        found[alone] = kernel[: len(alone)]
        place = len(alone)
        for number, block in enumerate(self.blocks):
            own = arrays[f"{number}/kernel"].astype(kernel.dtype)
            found[block.start : block.start + block.levels] = own @ kernel[place : place + block.units]
            place += block.units
        return found

    def computed(self, arrays: Arrays, x: np.ndarray) -> np.ndarray:
        """(rows, outputs) of (rows, inputs)."""
        made = [
            x[:, block.start : block.start + block.levels] @ arrays[f"{number}/kernel"].astype(x.dtype)
            for number, block in enumerate(self.blocks)
        ]
        return np.concatenate([x[:, self.left_alone(x.shape[1])], *made], axis=1)


class InputScale(Struct, frozen=True, kw_only=True, tag_field="type", tag="input_scale"):
    """Every input of the first dense layer times a factor that is learnt (``ScaleLayer`` of dholzmueller/pytabkit)."""

    name = "input_scale"

    def shapes(self, inputs: int) -> Dict[str, Shape]:
        """Shapes of the arrays by name."""
        return {"scale": (inputs,)}

    def width(self, inputs: int) -> int:
        """How many outputs there are for so many inputs: as many."""
        return inputs

    def multiplied(self, arrays: Arrays, kernel: np.ndarray, inputs: int) -> np.ndarray:
        """(inputs, units): the kernel of a layer behind this one (inputs, units), as one of this one's inputs."""
        return np.asarray(arrays["scale"].astype(kernel.dtype)[:, None] * kernel)

    def computed(self, arrays: Arrays, x: np.ndarray) -> np.ndarray:
        """(rows, inputs) of (rows, inputs)."""
        return np.asarray(x * arrays["scale"].astype(x.dtype))


NumericEmbedding = (Periodic, PiecewiseLinear)
"""The layers of the front that are no linear maps."""
FrontLayer = Union[Periodic, PiecewiseLinear, CategoricalEmbedding, InputScale]
Front = Tuple[FrontLayer, ...]


def widths(front: Front, inputs: int) -> List[int]:
    """The inputs of each layer, and of the first dense one."""
    found = [inputs]
    for layer in front:
        found.append(layer.width(found[-1]))
    return found


def shapes_of(front: Front, inputs: int) -> Dict[str, Shape]:
    """Shapes of all arrays by name: ``numeric_embedding/kernel``, ``categorical_embedding/0/kernel`` ..."""
    return {
        f"{layer.name}/{name}": shape
        for layer, width in zip(front, widths(front, inputs))
        for name, shape in layer.shapes(width).items()
    }


def arrays_of(layer: FrontLayer, arrays: Arrays) -> Dict[str, np.ndarray]:
    """The arrays of a layer by their own names."""
    start = f"{layer.name}/"
    return {name[len(start) :]: array for name, array in arrays.items() if name.startswith(start)}


def is_linear_map(front: Front) -> bool:
    """Whether nothing but products stands there."""
    return not any(isinstance(layer, NumericEmbedding) for layer in front)


def front_outputs(front: Front, arrays: Arrays, x: np.ndarray) -> List[np.ndarray]:
    """What each layer of the front makes of rows.

    Args:
        front: the layers.
        arrays: of the network by name.
        x: (rows, inputs) float; everything is computed in its dtype.

    Returns:
        (rows, outputs) of each layer.
    """
    found: List[np.ndarray] = []
    for layer in front:
        own, given = arrays_of(layer, arrays), found[-1] if found else x
        if isinstance(layer, (Periodic, PiecewiseLinear)):
            made = np.empty((len(x), layer.width(given.shape[1])), dtype=x.dtype)
            layer.ready(own, x.dtype).into(given, made)
            found.append(made)
        else:
            found.append(layer.computed(own, given))
    return found


def multiplied_into(front: Front, arrays: Arrays, kernel: np.ndarray, inputs: int) -> np.ndarray:
    """The first dense layer's kernel with all that is linear before it.

    Args:
        front: the layers.
        arrays: of the network by name.
        kernel: (outputs of the front, units).
        inputs: of the front.

    Returns:
        (width behind the numeric embedding, units); that is the inputs where there is none.
    """
    for layer, width in [*zip(front, widths(front, inputs))][::-1]:
        if isinstance(layer, (CategoricalEmbedding, InputScale)):
            kernel = layer.multiplied(arrays_of(layer, arrays), kernel, width)
    return kernel


def embedding_of(front: Front, arrays: Arrays) -> Optional[Embedded]:
    """The numeric embedding, ready to compute in float32; None where there is none."""
    for layer in front:
        if isinstance(layer, (Periodic, PiecewiseLinear)):
            return layer.ready(arrays_of(layer, arrays), np.float32)
    return None


def values_encoded(front: Front) -> int:
    """Values of a row that a numeric embedding computes before it multiplies them."""
    return sum(len(layer.columns) * layer.encoded for layer in front if isinstance(layer, (Periodic, PiecewiseLinear)))


def embedded_rows(front: Front, arrays: Arrays, x: np.ndarray) -> np.ndarray:
    """(rows, inputs of the first :func:`fcnn.inference.network.folded_layers`) of (rows, inputs) float32."""
    embedding = embedding_of(front, arrays)
    if embedding is None:
        return x
    found = np.empty((len(x), x.shape[1] + embedding.made), dtype=np.float32)
    embedding.into(x, found)
    return found


def places_of(front: Front, inputs: int, start: int, end: int) -> Union[slice, np.ndarray]:
    """Where of :func:`embedded_rows` some columns of the matrix are, one after another, with what is made of them.

    Args:
        front: the layers.
        inputs: of the front.
        start: the first of the columns.
        end: the one after the last.
    """
    for layer in front:
        if isinstance(layer, (Periodic, PiecewiseLinear)):
            owners = np.concatenate([np.arange(inputs), np.repeat(layer.columns, layer.units - 1)])
            return np.flatnonzero((owners >= start) & (owners < end))
    return slice(start, end)


def output_names(front: Front, names: Sequence[str]) -> List[str]:
    """What the inputs of the first dense layer are: ``carat``, ``carat [2]`` ... of a number, ``city [1]`` ...

    Args:
        front: the layers.
        names: of the matrix' columns.
    """
    found = list(names)
    for layer in front:
        if isinstance(layer, (Periodic, PiecewiseLinear)):
            made = [f"{names[column]} [{number}]" for column in layer.columns for number in range(2, layer.units + 1)]
            found = [*found, *made]
        elif isinstance(layer, CategoricalEmbedding):
            made = [f"{block.name} [{number}]" for block in layer.blocks for number in range(1, block.units + 1)]
            found = [*(found[place] for place in layer.left_alone(len(found))), *made]
    return found
