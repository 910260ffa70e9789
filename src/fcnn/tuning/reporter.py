"""What a search tells while it goes on."""

from typing import Optional, Sequence

from fcnn.jobs.reporter import Reporter
from fcnn.report.study.facts import COMPLETE, FAILED, INTERRUPTED, PRUNED, Key, Trial
from fcnn.wording import Said, say


class SearchReporter(Reporter):
    """Writes everything to the log of the study and nothing to the screen; the command line's one shows it as well."""

    def search_begins(self, keys: Sequence[Key], trials: Sequence[Trial], most: Optional[int]) -> None:
        """The first trial is about to start.

        Args:
            keys: what is searched.
            trials: those that are there already.
            most: as many as there shall be; None where time is the limit.
        """
        for key in keys:
            self.log(f"{key.name}: {key.space}")

    def trial_ends(self, trial: Trial, trials: Sequence[Trial]) -> None:
        """A trial has ended; `trials` are all there are, it among them."""
        self.log(trial_line(trial))

    def search_ended(self) -> None:
        """No trial will follow."""


def trial_line(trial: Trial) -> Said:
    """A trial in one line: ``trial 7: loss 0.1234 (epoch 34 of 54)  learning_rate 0.003``."""
    values = "  ".join(f"{short_name(key)} {value}" for key, value in trial.values.items())
    values = values or say("the config as it is")
    if trial.state == FAILED:
        return say("trial {number} failed: {reason}  {values}", number=trial.number, reason=trial.reason, values=values)
    if trial.state == INTERRUPTED:
        return say("trial {number} was interrupted  {values}", number=trial.number, values=values)
    figures = {"number": trial.number, "loss": trial.loss, "best": trial.best_epoch, "epochs": trial.epochs}
    if trial.state == PRUNED:
        return say("trial {number} pruned after epoch {epochs}: loss {loss:.4g}  {values}", **figures, values=values)
    assert trial.state == COMPLETE
    return say("trial {number}: loss {loss:.4g}, epoch {best} of {epochs}  {values}", **figures, values=values)


def short_name(key: str) -> str:
    """The last word of a key: ``learning_rate``; of ``network.layers[0].units`` what stands before it, too."""
    before, _, last = key.rpartition(".")
    layer = before.rpartition(".")[2]
    return f"{layer}.{last}" if layer.endswith("]") and not layer.endswith("[*]") else last
