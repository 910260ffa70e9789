"""Label smoothing is Keras's, in the training loss alone."""

import numpy as np
import pytest

from fcnn.network import backend
from fcnn.training.rows import to_rows

SMOOTHING = 0.2


def test_the_loss_is_that_of_keras_with_labels_written_out_by_hand():
    y, p = np.int32([0, 2]), np.float32([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]])
    labels = [[0.8 + 0.2 / 3, 0.2 / 3, 0.2 / 3], [0.2 / 3, 0.2 / 3, 0.8 + 0.2 / 3]]
    expected = [-np.dot(label, np.log(row)) for label, row in zip(labels, p)]
    found = backend.loss("categorical_crossentropy", SMOOTHING)(backend.tf.constant(y), backend.tf.constant(p))
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-6)
    y, p = np.float32([[1], [0]]), np.float32([[0.9], [0.4]])
    expected = [-(0.9 * np.log(0.9) + 0.1 * np.log(0.1)), -(0.1 * np.log(0.4) + 0.9 * np.log(0.6))]
    found = backend.loss("binary_crossentropy", SMOOTHING)(backend.tf.constant(y), backend.tf.constant(p))
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-5)


WEIGHTED = np.linspace(0, 2, 150, dtype=np.float32)
CASES = {
    "several classes": {"classes": 3},
    "a softmax of two classes": {"classes": 2},
    "one sigmoid": {"classes": 1},
    "sample and class weights": {"classes": 3, "weight": WEIGHTED, "class_weight": np.float32([0.5, 2, 1])},
}


@pytest.mark.parametrize(("name", "mode"), [*((name, "graph") for name in CASES), ("sample and class weights", "xla")])
def test_the_engine_learns_what_fit_learns_from_smoothed_labels_and_validates_by_plain_ones(
    bound, layer, iris, name, mode
):
    case = CASES[name]
    classes, weight, by_class = case["classes"], case.get("weight"), case.get("class_weight")
    x, y = iris[0], (iris[1] if classes == 3 else np.int32(iris[1] == 2))
    one_unit = classes == 1
    loss = "binary_crossentropy" if one_unit else "categorical_crossentropy"
    layers = [layer(8, "tanh"), layer(classes, "sigmoid" if one_unit else "softmax")]
    class_weight = None if by_class is None else by_class[y]
    network = bound(layers, loss=loss, learning_rate=0.01, label_smoothing=SMOOTHING, mode=mode)
    rows, order = to_rows(x, y, one_unit, weight, class_weight), np.arange(150)
    figures = network.engine.epoch(rows, order, lambda: False, to_rows(x, y, one_unit, None))

    keras, other = backend.keras, bound(layers, loss=loss, learning_rate=0.01)
    kind = keras.losses.BinaryCrossentropy if one_unit else keras.losses.CategoricalCrossentropy
    other.model.compile(other.optimizer, kind(label_smoothing=SMOOTHING))
    labels = np.float32(y)[:, None] if one_unit else np.eye(classes, dtype=np.float32)[y]
    weights = None if weight is None else weight * class_weight
    history = other.model.fit(x, labels, 32, shuffle=False, verbose=0, sample_weight=weights).history
    for found, expected in zip(network.model.get_weights(), other.model.get_weights()):
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-5)
    assert figures["loss"] == pytest.approx(history["loss"][0], abs=1e-5)

    p = other.model.predict(x, verbose=0).astype(np.float64)
    p = np.concatenate([1 - p, p], axis=1) if one_unit else p
    assert figures["val_loss"] == pytest.approx(-np.log(p[np.arange(150), y]).mean(), abs=1e-5)
    assert figures["val_accuracy"] == pytest.approx((p.argmax(axis=1) == y).mean(), abs=1e-6)
