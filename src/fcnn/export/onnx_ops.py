"""What an ONNX graph can do, for :func:`fcnn.export.graph.predict_in`."""

from itertools import count
from typing import Any, Callable, Dict, List, Mapping, Sequence, Union

import numpy as np
from onnx import NodeProto, TensorProto, helper, numpy_helper

from fcnn.export.graph import Ops
from fcnn.export.steps import ColumnSteps
from fcnn.inference.blocks import FoldedLayer
from fcnn.inference.numeric_embedding import Cosines, Embedded

ML = "ai.onnx.ml"
"""The domain of the operators that look texts up."""
Operand = Union["Tensor", float]


class Tensor:
    """A tensor of the graph with the arithmetic that Python has; numbers beside it become its own type."""

    def __init__(self, ops: "OnnxOps", name: str, type_: Any) -> None:
        """Name what a node gives; `type_` is NumPy's, or ``str``."""
        self.ops = ops
        self.name = name
        self.type = type_

    def _with(self, kind: str, left: Operand, right: Operand) -> "Tensor":
        return self.ops.node(kind, [self.ops.constant(each, self.type) for each in (left, right)], self.type)

    def __add__(self, other: Operand) -> "Tensor":
        """Sum."""
        return self._with("Add", self, other)

    def __sub__(self, other: Operand) -> "Tensor":
        """Difference."""
        return self._with("Sub", self, other)

    def __rsub__(self, other: Operand) -> "Tensor":
        """Difference from a number."""
        return self._with("Sub", other, self)

    def __mul__(self, other: Operand) -> "Tensor":
        """Product."""
        return self._with("Mul", self, other)

    def __truediv__(self, other: Operand) -> "Tensor":
        """Quotient."""
        return self._with("Div", self, other)

    def __gt__(self, other: Operand) -> "Tensor":
        """Where it is larger."""
        return self.ops.node("Greater", [self, self.ops.constant(other, self.type)], bool)


class OnnxOps(Ops):
    """Of an ONNX graph; the nodes are gathered in order."""

    def __init__(self, taken: Sequence[str]) -> None:
        """Begin with an empty graph; `taken` are the names of its inputs and outputs."""
        self.nodes: List[NodeProto] = []
        self.constants: Dict[str, TensorProto] = {}
        names = set(taken)
        self._names = (name for name in map("t{}".format, count(1)) if name not in names)

    def node(self, kind: str, inputs: Sequence["Tensor"], type_: Any, domain: str = "", **options: Any) -> "Tensor":
        """Add an operator; what comes out of it."""
        name = next(self._names)
        names = [tensor.name for tensor in inputs]
        self.nodes.append(helper.make_node(kind, names, [name], name=f"{kind}_{name}", domain=domain, **options))
        return Tensor(self, name, type_)

    def constant(self, value: Any, type_: Any) -> "Tensor":
        """A tensor that is one already, or the same numbers or texts each time."""
        if isinstance(value, Tensor):
            return value
        name = next(self._names)
        if type_ is str:
            texts = [text.encode("utf-8") for text in value]
            tensor = helper.make_tensor(name, TensorProto.STRING, [len(texts)], texts)
        else:
            tensor = numpy_helper.from_array(np.asarray(value, dtype=type_), name)
        self.constants[name] = tensor
        return Tensor(self, name, type_)

    def _cast(self, x: "Tensor", type_: Any, to: int) -> "Tensor":
        return self.node("Cast", [x], type_, to=to)

    def is_nan(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return self.node("Not", [self.node("Equal", [x, x], bool)], bool)

    def is_finite(self, x: Any) -> Any:
        """See :class:`Ops`."""
        nothing = self.node("Sub", [x, x], np.float32)  # NaN for what is not finite, and so is the sum
        total = self.node("ReduceSum", [nothing, self.constant([1], np.int64)], np.float32, keepdims=0)
        return self.node("Equal", [total, self.constant(0.0, np.float32)], bool)

    def floor(self, x: Any) -> Any:
        """By way of whole numbers, as ONNX Runtime 1.10 has no floor of float64; NaN for what is not finite."""
        towards_zero = self._cast(self._cast(x, np.int64, TensorProto.INT64), np.float64, TensorProto.DOUBLE)
        is_above = self._cast(towards_zero > x, np.float64, TensorProto.DOUBLE)
        return towards_zero - is_above + (x - x)

    def sqrt(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return self.node("Sqrt", [x], np.float64)

    def where(self, condition: Any, yes: Any, no: Any) -> Any:
        """See :class:`Ops`."""
        return self.node("Where", [condition, *(self.constant(each, np.float64) for each in (yes, no))], np.float64)

    def equals_any(self, x: Any, numbers: Sequence[float]) -> Any:
        """See :class:`Ops`."""
        found = [self.node("Equal", [x, self.constant(number, np.float64)], bool) for number in numbers]
        for other in found[1:]:
            found[0] = self.node("Or", [found[0], other], bool)
        return found[0]

    def text(self, x: Any) -> Any:
        """The text as it is: no operator takes blanks away."""
        return x

    def _label(self, text: "Tensor", numbers: Mapping[str, float], default: float) -> "Tensor":
        keys, values = list(numbers), list(map(float, numbers.values()))
        return self.node(
            "LabelEncoder", [text], np.float32, ML, keys_strings=keys, values_floats=values, default_float=default
        )

    def is_any(self, text: Any, texts: Sequence[str]) -> Any:
        """See :class:`Ops`."""
        return self._cast(self._label(text, dict.fromkeys(texts, 1.0), 0.0), bool, TensorProto.BOOL)

    def look_up(self, text: Any, numbers: Mapping[str, float]) -> Any:
        """See :class:`Ops`."""
        return self._cast(self._label(text, numbers, float("nan")), np.float64, TensorProto.DOUBLE)

    def one_hot(self, text: Any, levels: Sequence[str]) -> Any:
        """See :class:`Ops`."""
        return self.node("OneHotEncoder", [text], np.float32, ML, cats_strings=list(levels), zeros=1)

    def days(self, raw: Any, column: ColumnSteps) -> Any:
        """Days since 1970 as they are given: no operator reads a date."""
        return raw

    def float32(self, x: Any) -> Any:
        """See :class:`Ops`."""
        rows = self._cast(x, np.float32, TensorProto.FLOAT)
        return self.node("Unsqueeze", [rows, self.constant([1], np.int64)], np.float32)

    def float64(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return self._cast(x, np.float64, TensorProto.DOUBLE)

    def row_sums(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return self.node("ReduceSum", [x, self.constant([1], np.int64)], x.type, keepdims=1)

    def beside(self, parts: Sequence[Any]) -> Any:
        """See :class:`Ops`."""
        return self.node("Concat", list(parts), parts[0].type, axis=1)

    def embedded(self, x: Any, embedding: Embedded) -> Any:
        """See :class:`Ops`."""
        columns, axis = self.constant(embedding.columns, np.int64), self.constant([2], np.int64)
        numbers = self.node("Unsqueeze", [self.node("Gather", [x, columns], np.float32, axis=1), axis], np.float32)
        encoding = embedding.encoding
        if isinstance(encoding, Cosines):
            angles = numbers * self.constant(encoding.turned, np.float32)
            values = self.node("Cos", [angles + self.constant(encoding.phase, np.float32)], np.float32)
        else:
            left, inverse, lowest, highest = (self.constant(each, np.float32) for each in encoding)
            values = self.node("Max", [(numbers - left) * inverse, lowest], np.float32)
            values = self.node("Min", [values, highest], np.float32)
        by_column = self.node("Transpose", [values], np.float32, perm=[1, 0, 2])
        made = self.node("MatMul", [by_column, self.constant(embedding.kernel, np.float32)], np.float32)
        made = self.node("Transpose", [made], np.float32, perm=[1, 0, 2])
        made += self.constant(embedding.bias, np.float32)
        return self.node("Reshape", [made, self.constant([0, embedding.made], np.int64)], np.float32)

    def dense(self, a: Any, layer: FoldedLayer) -> Any:
        """See :class:`Ops`."""
        product = self.node("MatMul", [a, self.constant(layer.kernel, np.float32)], np.float32)
        return self.node("Add", [product, self.constant(layer.bias, np.float32)], np.float32)

    def activation(self, z: Any, record: Mapping[str, Any]) -> Any:
        """See :class:`Ops`."""
        parameters = {key: value for key, value in record.items() if key != "name"}
        return ACTIVATIONS[record["name"]](self, z, **parameters)

    def first_column(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return self.node("Squeeze", [x, self.constant([1], np.int64)], x.type)

    def second_column(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return self.node("Gather", [x, self.constant([1], np.int64)], x.type, axis=1)

    def power(self, x: Any, exponent: float) -> Any:
        """See :class:`Ops`."""
        return self.node("Pow", [x, self.constant(exponent, x.type)], x.type)

    def where_rows(self, condition: Any, x: Any) -> Any:
        """See :class:`Ops`."""
        rows = self.node("Unsqueeze", [condition, self.constant([1], np.int64)], bool)
        return self.node("Where", [rows, x, self.constant(np.nan, np.float64)], np.float64)

    def names(self, probabilities: Any, names: Sequence[str], known: Any) -> Any:
        """See :class:`Ops`."""
        # of float32, for which every runtime has the operator; what is the largest stays it, and of two the first
        narrow = self._cast(probabilities, np.float32, TensorProto.FLOAT)
        chosen = self.node("ArgMax", [narrow], np.int64, axis=1, keepdims=0)
        nobody = self.constant(len(names), np.int64)
        place = self.node("Where", [known, chosen, nobody], np.int64)
        return self.node("Gather", [self.constant([*names, ""], str), place], str)


def _one(kind: str, **options: Any) -> Callable[..., Tensor]:
    """An activation that is one operator."""
    return lambda ops, z: ops.node(kind, [z], np.float32, **options)


def _gelu(ops: OnnxOps, z: Tensor) -> Tensor:
    return z * ((ops.node("Erf", [z * 0.5**0.5], np.float32) + 1.0) * 0.5)


def _selu(ops: OnnxOps, z: Tensor, scale: float, alpha: float) -> Tensor:
    return ops.node("Selu", [z], np.float32, alpha=alpha, gamma=scale)


ACTIVATIONS: Dict[str, Callable[..., Tensor]] = {
    "elu": lambda ops, z, alpha: ops.node("Elu", [z], np.float32, alpha=alpha),
    "exponential": _one("Exp"),
    "gelu": _gelu,
    "hard_sigmoid": lambda ops, z, slope, offset: ops.node("HardSigmoid", [z], np.float32, alpha=slope, beta=offset),
    "leaky_relu": lambda ops, z, negative_slope: ops.node("LeakyRelu", [z], np.float32, alpha=negative_slope),
    "linear": lambda ops, z: z,
    "mish": lambda ops, z: z * ops.node("Tanh", [ops.node("Softplus", [z], np.float32)], np.float32),
    "relu": _one("Relu"),
    "selu": _selu,
    "sigmoid": _one("Sigmoid"),
    "silu": lambda ops, z: z * ops.node("Sigmoid", [z], np.float32),
    "softmax": _one("Softmax", axis=1),
    "softplus": _one("Softplus"),
    "softsign": _one("Softsign"),
    "tanh": _one("Tanh"),
}
"""By fcnn's names."""
