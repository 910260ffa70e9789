import pytest

from fcnn.config.optimizers import Constant, Cosine, CosLog4, Exponential, FlatCosine, Plateau, Step
from fcnn.training.schedules import LearningRate

# Rates of the first epochs from 0.8, computed by hand.
RATES = {
    "constant": (Constant(), 4, [0.8, 0.8, 0.8, 0.8]),
    "cosine": (Cosine(), 4, [0.8, 0.6828427, 0.4, 0.1171573]),  # 0.4 (1 + cos(pi epoch / 4))
    "cosine to a quarter": (Cosine(alpha=0.25), 4, [0.8, 0.7121320, 0.5, 0.2878680]),  # 0.2 + 0.3 (1 + cos ...)
    "cosine of one epoch": (Cosine(), 1, [0.8]),
    "step": (Step(factor=0.5, every=2), 6, [0.8, 0.8, 0.4, 0.4, 0.2, 0.2]),
    "step in every epoch": (Step(factor=0.1, every=1), 3, [0.8, 0.08, 0.008]),
    "coslog4": (CosLog4(), 4, [0.7956246, 0.4553141, 0.6829128, 0.2292814]),  # t is 1/8, 3/8, 5/8, 7/8
    "flat cosine": (
        FlatCosine(),
        4,
        [0.8, 0.8, 0.6828427, 0.1171573],
    ),  # 0.4 (1 + cos(pi / 4)), 0.4 (1 + cos(3 pi / 4))
    "flat cosine without a flat part": (FlatCosine(flat=0), 2, [0.6828427, 0.1171573]),
    "exponential": (Exponential(decay_rate=0.5), 4, [0.8, 0.4, 0.2, 0.1]),
}


@pytest.mark.parametrize(("schedule", "epochs", "expected"), RATES.values(), ids=RATES)
def test_the_rate_of_each_epoch_is_the_one_computed_by_hand(schedule, epochs, expected):
    rates = LearningRate(schedule, 0.8, epochs)
    assert [rates.rate(epoch) for epoch in range(epochs)] == pytest.approx(expected, abs=1e-7)


def rates_on_plateau(losses, **options):
    rates = LearningRate(Plateau(**options), 0.8, len(losses) + 1)
    found = []
    for epoch, loss in enumerate(losses):
        found.append(rates.rate(epoch))
        rates.after(loss)
    return [*found, rates.rate(len(losses))]


PLATEAUS = {
    "a loss that improves": ([5, 4, 3, 2], {"patience": 1}, [0.8, 0.8, 0.8, 0.8, 0.8]),
    "a loss that stays": ([5, 5, 5, 5, 5], {"patience": 2}, [0.8, 0.8, 0.8, 0.4, 0.4, 0.2]),
    "an improvement in between": ([5, 6, 4, 6, 6, 3], {"patience": 2}, [0.8, 0.8, 0.8, 0.8, 0.8, 0.4, 0.4]),
    "no better than before is no improvement": ([5, 4, 4.5, 4], {"patience": 2}, [0.8, 0.8, 0.8, 0.8, 0.4]),
    "not below the least": (
        [5, 5, 5, 5], {"patience": 1, "factor": 0.1, "min_learning_rate": 0.05}, [0.8, 0.8, 0.08, 0.05, 0.05]),
    "a least above the start": ([5, 5, 5], {"patience": 1, "min_learning_rate": 2.0}, [0.8, 0.8, 0.8, 0.8]),
}  # fmt: skip


@pytest.mark.parametrize(("losses", "options", "expected"), PLATEAUS.values(), ids=PLATEAUS)
def test_the_rate_falls_on_a_plateau(losses, options, expected):
    assert rates_on_plateau(losses, **options) == pytest.approx(expected)
