"""One process against two that share the rows of every step, on this machine: what a second one costs and brings.

Both processes take from the same processors, as two machines would not; but nothing has to go over a network. So the
wall time says when a second machine cannot pay: where two processes here take longer than one, the exchange of the
gradients costs more than half of the products. Processor seconds of each worker say what is left to win: with two
machines, a step cannot take less. The processes run in a network namespace with nothing but a loopback, where the
system allows it; otherwise TensorFlow's servers listen on all addresses while it lasts.
"""

import argparse
import json
import shlex
import subprocess
import sys
import time
from statistics import median
from typing import Dict, List, NamedTuple, Sequence, Tuple

from cases import LEARNING_RATE, ROWS, Case, make_data
from machine import described, markdown
from turns import command

CASES = {case.name: case for case in (Case((20, 64, 64, 5), 256), Case((50, 1024, 1024, 10), 4096))}
PORT = 23600
NAMESPACE = ("unshare", "--user", "--map-root-user", "--net")


class Spent(NamedTuple):
    """Of one epoch."""

    wall: float
    """Seconds."""
    processor: float
    """Seconds of one process, all of its threads together."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen on the command line."""
    parser.add_argument("--case", nargs="+", choices=CASES, default=list(CASES))


def run(options: argparse.Namespace) -> int:
    """Print a table."""
    print(described("tensorflow", "keras"))
    rows = []
    for name in options.case:
        one, two = (measure(name, workers, options.repeats) for workers in (1, 2))
        rows.append(compared(CASES[name], one[0], two))
    print(f"\n{markdown(HEAD, rows)}")
    return 0


HEAD = ("network@batch", "parameters", "wall, 2 to 1", "processor ms/step, 1", "each of 2", "ratio")


def compared(case: Case, one: Spent, two: Sequence[Spent]) -> Tuple[str, ...]:
    """A line of the table."""
    steps = -(-ROWS // case.batch_size)
    each = sum(worker.processor for worker in two) / len(two)
    return (
        case.name,
        f"{case.parameters:,}",
        f"{max(worker.wall for worker in two) / one.wall:.2f}",
        f"{one.processor / steps * 1e3:.2f}",
        f"{each / steps * 1e3:.2f}",
        f"{each / one.processor:.2f}",
    )


def measure(name: str, workers: int, repeats: int) -> List[Spent]:
    """Medians of so many epochs, of each worker; one epoch before them is not counted."""
    commands = [shlex.join(command("scale", name, str(index), str(workers), str(repeats))) for index in range(workers)]
    started = " & ".join(f"{each} >&3" for each in commands)
    inside = subprocess.run([*NAMESPACE, "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0
    script = f"exec 3>&1; {'ip link set lo up;' if inside else ''} {started} & wait"
    done = subprocess.run(
        [*(NAMESPACE if inside else ()), "sh", "-c", script], stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    answers: Dict[int, Spent] = {}
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        answers[answer["index"]] = Spent(answer["wall"], answer["processor"])
    return [answers[index] for index in range(workers)]


def work(name: str, index: str, workers: str, repeats: str) -> None:
    """Train in one process of so many, and print what an epoch took."""
    import numpy as np

    from fcnn.config.optimizers import Adam
    from fcnn.config.structs import Training
    from fcnn.inference.activations import parameters_of
    from fcnn.inference.network import Architecture, DenseLayer
    from fcnn.network import backend
    from fcnn.network.architecture import Design, LayerOptions
    from fcnn.training.engine import to_tensors
    from fcnn.training.learner import Learners
    from fcnn.training.replicas import Replicas

    case, count = CASES[name], int(workers)
    replicas = None
    if count > 1:
        addresses = [f"127.0.0.1:{PORT + number}" for number in range(count)]
        replicas = Replicas(backend.strategy_of_workers(addresses, int(index)), int(index), count)
    inputs, *hidden, classes = case.layers
    layers = [DenseLayer(units=units, activation=parameters_of("relu")) for units in hidden]
    layers.append(DenseLayer(units=classes, activation=parameters_of("softmax")))
    architecture = Architecture(inputs=inputs, layers=tuple(layers))
    design = Design(architecture, (LayerOptions("glorot_uniform"),) * len(layers), "categorical_crossentropy")
    training = Training(batch_size=case.batch_size, compile="graph")
    learner = Learners(replicas).get(design, training, Adam(learning_rate=LEARNING_RATE), 1)
    data = make_data(case)
    part = to_tensors(data.x, data.y, False, None)
    spent = []
    for epoch in range(int(repeats) + 1):
        order = np.random.default_rng(epoch).permutation(len(data.x))
        wall, processor = time.perf_counter(), time.process_time()
        learner.engine.epoch(part, order, lambda: False)
        spent.append(Spent(time.perf_counter() - wall, time.process_time() - processor))
    found = Spent(*(median(each) for each in zip(*spent[1:])))
    sys.stdout.write(json.dumps({"index": int(index), **found._asdict()}) + "\n")
