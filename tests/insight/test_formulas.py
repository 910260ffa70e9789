"""Formulas with their numbers, of networks that a pencil can follow."""

import numpy as np

from fcnn.inference.activations import parameters_of
from fcnn.inference.network import Architecture, BatchNormalization, DenseLayer
from fcnn.insight.formulas import backward_lines, forward_lines, loss_lines, strongest_unit
from fcnn.insight.losses import losses
from fcnn.insight.passes import backward_pass, forward_pass


def told(architecture, arrays, x, y, loss):
    """All lines: forward from the first layer, the loss, backward from the last."""
    arrays = {name: np.array(array, np.float32) for name, array in arrays.items()}
    passes = forward_pass(architecture, arrays, np.array([x], np.float32))
    truth = np.array([y])
    gradients = backward_pass(architecture, arrays, passes, truth, loss)
    value = float(losses(loss, truth, passes[-1].a)[0])
    forwards, backwards = [], []
    for index in range(len(passes)):
        unit = strongest_unit(gradients[index])
        forwards += forward_lines(architecture, arrays, passes, index, unit)
        backwards = backward_lines(architecture, arrays, passes, gradients, index, unit, loss, y) + backwards
    return [*forwards, *loss_lines(loss, y, passes[-1], len(passes), value), *backwards]


def layer(units, activation, **options):
    return DenseLayer(units=units, activation=parameters_of(activation), **options)


def test_a_quantity_through_a_relu() -> None:
    architecture = Architecture(inputs=2, layers=(layer(2, "relu"), layer(1, "linear")))
    arrays = {
        "00/kernel": [[1, 2], [3, -4]],
        "00/bias": [0.5, 0],
        "01/kernel": [[2], [-1]],
        "01/bias": [1],
    }
    assert told(architecture, arrays, [1, 2], 10.0, "mean_squared_error") == [
        "z1[1] = sum_i x[i] W1[i,1] + b1[1] = 1 * 1 + 2 * 3 + 0.5 = 7.5",
        "a1[1] = relu(z1[1]) = relu(7.5) = 7.5",
        "z2[1] = sum_i a1[i] W2[i,1] + b2[1] = 7.5 * 2 + 0 * -1 + 1 = 16",
        "a2[1] = linear(z2[1]) = linear(16) = 16",
        "L = (a - y)^2 = 36; a = a2[1] = 16, y = 10",
        "dL/da2[1] = 2 (a - y) = 12; a = a2[1] = 16, y = 10",
        "dL/dz2[1] = dL/da2[1] g'(z2[1]) = 12 * 1 = 12",
        "dL/dW2[1,1] = a1[1] dL/dz2[1] = 7.5 * 12 = 90",
        "dL/db2[1] = dL/dz2[1] = 12",
        "dL/da1[1] = sum_j dL/dz2[j] W2[1,j] = 12 * 2 = 24",
        "dL/dz1[1] = dL/da1[1] g'(z1[1]) = 24 * 1 = 24",
        "dL/dW1[2,1] = x[2] dL/dz1[1] = 2 * 24 = 48",
        "dL/db1[1] = dL/dz1[1] = 24",
    ]


def test_a_parametric_activation() -> None:
    architecture = Architecture(inputs=1, layers=(layer(1, "relu", parametric=True), layer(1, "linear")))
    arrays = {
        "00/kernel": [[0.5]],
        "00/bias": [-3],
        "00/activation_weight": [0.25],
        "01/kernel": [[2]],
        "01/bias": [1],
    }
    found = told(architecture, arrays, [2], -3.0, "mean_squared_error")
    # z = -2, a = -2 + 0.25 (0 - -2) = -1.5, the output -2, dL/da2 = 2 * (-2 + 3) = 2, dL/da1 = 4
    assert found[1] == "a1[1] = z1[1] + w1[1] (relu(z1[1]) - z1[1]) = -2 + 0.25 (0 - -2) = -1.5"
    assert found[2] == "z2[1] = sum_i a1[i] W2[i,1] + b2[1] = -1.5 * 2 + 1 = -2"
    assert found[-5:] == [
        "dL/da1[1] = sum_j dL/dz2[j] W2[1,j] = 2 * 2 = 4",
        "dL/dz1[1] = dL/da1[1] (1 + w1[1] (g'(z1[1]) - 1)) = 4 (1 + 0.25 (0 - 1)) = 3",
        "dL/dW1[1,1] = x[1] dL/dz1[1] = 2 * 3 = 6",
        "dL/dw1[1] = dL/da1[1] (relu(z1[1]) - z1[1]) = 4 (0 - -2) = 8",
        "dL/db1[1] = dL/dz1[1] = 3",
    ]


def test_classes_after_batch_normalization() -> None:
    normalization = BatchNormalization(epsilon=1.0)
    hidden = layer(1, "linear", use_bias=False, batch_normalization=normalization)
    architecture = Architecture(inputs=5, layers=(hidden, layer(3, "softmax")))
    arrays = {
        "00/kernel": [[1], [1], [1], [1], [1]],
        "00/gamma": [4],
        "00/beta": [0.5],
        "00/moving_mean": [13],
        "00/moving_variance": [3],
        "01/kernel": [[1, -1, 0]],
        "01/bias": [0, 0, 0],
    }
    assert told(architecture, arrays, [1, 2, 3, 4, 5], 1, "categorical_crossentropy") == [
        "u1[1] = sum_i x[i] W1[i,1] = 3 * 1 + 4 * 1 + 5 * 1 + (... 2) 3 = 15",
        "z1[1] = gamma (u - mean) / sqrt(variance + epsilon) + beta = 4 (15 - 13) / sqrt(3 + 1) + 0.5 = 4.5",
        "a1[1] = linear(z1[1]) = linear(4.5) = 4.5",
        "z2[2] = sum_i a1[i] W2[i,2] + b2[2] = 4.5 * -1 + 0 = -4.5",
        "a2[2] = e^(z2[2] - max z) / sum_j e^(z2[j] - max z) = 0.0001234 / (1 + 0.0001234 + 0.01111) = 0.000122",
        "L = -ln(p_y) = -ln(a2[2]) = -ln(0.000122) = 9.011",
        "dL/da2[2] = -1 / p_y = -1 / 0.000122 = -8194; 0, i != 2",
        "dL/dz2[2] = a2[2] - y[2] = 0.000122 - 1 = -0.9999",
        "dL/dW2[1,2] = a1[1] dL/dz2[2] = 4.5 * -0.9999 = -4.499",
        "dL/db2[2] = dL/dz2[2] = -0.9999",
        "dL/da1[1] = sum_j dL/dz2[j] W2[1,j] = 0.9889 * 1 + -0.9999 * -1 + 0.01099 * 0 = 1.989",
        "dL/dz1[1] = dL/da1[1] g'(z1[1]) = 1.989 * 1 = 1.989",
        "dL/du1[1] = dL/dz1[1] gamma / sqrt(variance + epsilon) = 1.989 * 4 / 2 = 3.978",
        "dL/dgamma1[1] = dL/dz1[1] (u - mean) / sqrt(variance + epsilon) = 1.989 * 1 = 1.989",
        "dL/dbeta1[1] = dL/dz1[1] = 1.989",
        "dL/dW1[5,1] = x[5] dL/du1[1] = 5 * 3.978 = 19.89",
    ]


def test_one_sigmoid_and_a_softmax_inside() -> None:
    architecture = Architecture(inputs=1, layers=(layer(2, "softmax"), layer(1, "sigmoid")))
    arrays = {"00/kernel": [[0, 0]], "00/bias": [0, 0], "01/kernel": [[4], [-4]], "01/bias": [0]}
    assert told(architecture, arrays, [1], 1, "binary_crossentropy")[1:] == [
        "a1[1] = e^(z1[1] - max z) / sum_j e^(z1[j] - max z) = 1 / (1 + 1) = 0.5",
        "z2[1] = sum_i a1[i] W2[i,1] + b2[1] = 0.5 * 4 + 0.5 * -4 + 0 = 0",
        "a2[1] = sigmoid(z2[1]) = sigmoid(0) = 0.5",
        "L = -y ln(p) - (1 - y) ln(1 - p) = 0.6931; p = a2[1] = 0.5, y = 1",
        "dL/da2[1] = (p - y) / (p (1 - p)) = -2; p = a2[1] = 0.5, y = 1",
        "dL/dz2[1] = a2[1] - y[1] = 0.5 - 1 = -0.5",
        "dL/dW2[1,1] = a1[1] dL/dz2[1] = 0.5 * -0.5 = -0.25",
        "dL/db2[1] = dL/dz2[1] = -0.5",
        "dL/da1[1] = sum_j dL/dz2[j] W2[1,j] = -0.5 * 4 = -2",
        "dL/dz1[1] = a1[1] (dL/da1[1] - sum_j dL/da1[j] a1[j]) = 0.5 (-2 - (-2 * 0.5 + 2 * 0.5)) = -1",
        "dL/dW1[1,1] = x[1] dL/dz1[1] = 1 * -1 = -1",
        "dL/db1[1] = dL/dz1[1] = -1",
    ]
