"""The log of a run."""

from fcnn.errors import Problem
from fcnn.jobs.reporter import Reporter, epoch_line

ROW = {"epoch": 12.0, "loss": 0.123456, "val_loss": 1234567.0, "learning_rate": 0.1, "seconds": 3.0}


def test_an_epoch_is_one_line() -> None:
    assert epoch_line(ROW, 10) == "epoch 12  loss 0.1235  val_loss 1.235e+06  best 10"


def test_what_is_said_before_there_is_a_folder_comes_first_in_the_log(tmp_path) -> None:
    reporter = Reporter()
    reporter.problem(Problem("doubtful", "x.yaml:1:2", hint="think again", severity="warning"))
    reporter.opened(tmp_path)
    reporter.line("企鹅")
    reporter.epoch(ROW, 10)
    reporter.closed()
    reporter.closed()
    assert (tmp_path / "log.txt").read_bytes() == (
        "warning: x.yaml:1:2: doubtful\n  hint: think again\n企鹅\nepoch 12  loss 0.1235  val_loss 1.235e+06  best 10\n"
    ).encode()
