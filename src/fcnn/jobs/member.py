"""Trained networks and how good they are: scores on every part, those of the baselines, and what to say of them."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterator, List, Mapping, Optional, Sequence, Tuple

from fcnn.config.structs import Config, layers_of, optimizer_of
from fcnn.errors import Problem, TrainingError
from fcnn.evaluation.baselines import Baselines, baselines
from fcnn.evaluation.judged import judged_split
from fcnn.evaluation.verdict import Setting, Verdict
from fcnn.evaluation.verdicts import verdicts
from fcnn.inference.front import is_linear_map
from fcnn.inference.network import forward
from fcnn.insight.linear import is_linear
from fcnn.jobs.backend import load_backend
from fcnn.jobs.linear_collapse import linear_collapse
from fcnn.jobs.prepare import Prepared
from fcnn.jobs.repeats import Repeats, of_member
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.score import Scored, rows_to_score
from fcnn.training.stop import Stop
from fcnn.wording import say

if TYPE_CHECKING:
    from fcnn.jobs.fit import Fitted
    from fcnn.jobs.workers import Team


@dataclass(frozen=True)
class Member:
    """A trained network and its scores: the only one of a training, or one of several."""

    prepared: Prepared
    fitted: "Fitted"
    scored: Mapping[str, Scored]
    """By part."""
    scores: Mapping[str, Mapping[str, float]]
    """Part -> metric -> number."""
    compared: Optional[Baselines] = None
    """Its :func:`rivals`, where the rows that these learn from are gone by now."""
    collapsed: Optional[Mapping[str, Any]] = None
    """Of a stack without a nonlinearity: :func:`fcnn.jobs.linear_collapse.linear_collapse` of the judged part."""

    @property
    def loss(self) -> float:
        """The loss that chose the kept epoch, of that epoch: of the validation rows, or else of training."""
        history = self.fitted.trained.history
        return history.get("val_loss", history["loss"])[self.fitted.trained.best_epoch - 1]

    @property
    def part(self) -> str:
        """The part that counts: test, or validation where there is none, or train."""
        return judged_split(self.scores)


def train_members(
    jobs: Sequence[Prepared],
    repeats: Optional[Repeats],
    callbacks: Sequence[Any],
    reporter: Reporter,
    stop: Stop,
    folder: Path,
    events: Optional[Path] = None,
    team: Optional["Team"] = None,
) -> List[Member]:
    """Train and score one network after another, as :func:`fit_members` does."""
    members: List[Member] = []
    together = repeats is not None and repeats.ensemble
    for job, ready, fitted in fit_members(jobs, repeats, callbacks, reporter, stop, folder, events, team):
        # One choice of rows for all that predict together, where a part is so large that some are chosen.
        seed = (jobs[0] if together else job).config.seed
        member = with_one_layer(score(ready, fitted, seed))
        if ready is not job:
            compared = rivals(ready)  # what they answer, too, where all folds are to be judged together
            lasting = compared if together else compared._replace(answers={})
            member = replace(member, prepared=job, compared=lasting)
        members.append(member)
        del ready, member  # before the next one has its matrices made
        if repeats is not None:
            reporter.line(_result(members[-1], repeats.name(len(members), job)))
    return members


def fit_members(
    jobs: Sequence[Prepared],
    repeats: Optional[Repeats],
    callbacks: Sequence[Any],
    reporter: Reporter,
    stop: Stop,
    folder: Optional[Path] = None,
    events: Optional[Path] = None,
    team: Optional["Team"] = None,
) -> Iterator[Tuple[Prepared, Prepared, "Fitted"]]:
    """Train one network after another, each from its checkpoint where there is one; each is given when it is there.

    A request to stop ends it: the trainings that are finished count, and the one under way where it is the first.

    Args:
        jobs: what to train.
        repeats: how they differ; None where there is one.
        callbacks: Keras callbacks.
        reporter: is told of everything.
        stop: a request to stop from outside; where there is a team, that of all its processes.
        folder: of the checkpoints; None for a process that keeps none, and is told those of the chief.
        events: the folder of TensorBoard's files, which has one for each of several trainings; None for no such files.
        team: the processes that train together, where they are several.

    Yields:
        The job, the same with its matrices, and what came of it.
    """
    backend = load_backend()
    from fcnn.jobs.devices import notes_on_sharing, replicas_of
    from fcnn.jobs.fit import fit_network  # late: a mistake in config or table needs no TensorFlow
    from fcnn.training.learner import Learners
    from fcnn.training.saving import Checkpoints

    backend.set_threads(jobs[0].config.training.threads)
    replicas = replicas_of(jobs[0].config.training) if team is None else team.replicas()
    for note in [] if replicas is None else notes_on_sharing(jobs[0], replicas.count):
        reporter.problem(note)
    learners = Learners(replicas)
    broadcast = None if team is None else team.meeting.broadcast
    checkpoints = Checkpoints(folder, repeats is not None, broadcast=broadcast, on_problem=reporter.problem)
    for number, job in enumerate(jobs, 1):
        if repeats is not None:
            reporter.member_begins(repeats.announce(number, job), number, len(jobs))
        board = events if events is None or repeats is None else events / repeats.folder(number, job)
        ready = job.with_matrices()
        try:
            fitted = fit_network(ready, callbacks, reporter, stop, learners, checkpoints, number, board)
        except TrainingError as error:
            if repeats is None:
                raise
            name = repeats.name(number, job)
            raise type(error)(*(of_member(problem, name) for problem in error.problems)) from error
        if number > 1 and fitted.trained.stopped == stop.reason:
            break
        yield job, ready, fitted
        del ready, fitted  # before the next one has its matrices made
        if number < len(jobs) and stop.requested():
            break


def _result(member: Member, name: str) -> str:
    """How a training out of several went, in one line."""
    trained = member.fitted.trained
    kept = {column: values[trained.best_epoch - 1] for column, values in trained.history.items()}
    return say(
        "{member}: epoch {best} of {epochs} kept; {figures}",
        member=name,
        best=trained.best_epoch,
        epochs=len(trained.history["epoch"]),
        figures=figures({column: kept[column] for column in kept if column.endswith(("loss", "accuracy", "mae"))}),
    )


def score(prepared: Prepared, fitted: "Fitted", seed: int) -> Member:
    """Score a trained network on every part; the seed chooses rows of a part that is very large."""
    target, architecture = prepared.dataset.target, prepared.design.architecture
    scored = {}
    for name, part in prepared.dataset.parts.items():
        sample = rows_to_score(part, seed)
        output = forward(architecture, fitted.arrays, sample.x)
        scored[name] = Scored(target, sample.y_raw, output, sample.weight, sample.rows)
    return Member(prepared, fitted, scored, {name: each.metrics for name, each in scored.items()})


def rivals(prepared: Prepared) -> Baselines:
    """What the baselines reach on the rows of a training."""
    dataset = prepared.dataset
    samples = {name: rows_to_score(part, prepared.config.seed) for name, part in dataset.parts.items()}
    training = samples["train"]
    return baselines(
        dataset.target.task,
        training.x,
        training.y_raw,
        {name: (sample.x, sample.y_raw, sample.weight) for name, sample in samples.items()},
        dataset.target.classes,
        training.weight,
        prepared.config.seed,
    )


def with_one_layer(member: Member) -> Member:
    """The same, and of a stack without a nonlinearity the one layer that it is."""
    prepared, arrays = member.prepared, member.fitted.arrays
    architecture, target = prepared.design.architecture, prepared.dataset.target
    if not is_linear(architecture):
        return member
    judged = rows_to_score(prepared.dataset.parts[member.part], prepared.config.seed)
    return replace(member, collapsed=linear_collapse(architecture, arrays, target, member.part, judged))


def scored_in_part(member: Member) -> List[Problem]:
    """Notes about the parts of which not all rows were scored."""
    return [
        Problem(
            say(
                "{part}: scored on {some:,} of its {count:,} rows, chosen at random by the seed",
                part=name,
                some=len(member.scored[name].truth),
                count=len(part.rows),
            ),
            "metrics.json",
            severity="note",
        )
        for name, part in member.prepared.dataset.parts.items()
        if len(member.scored[name].truth) < len(part.rows)
    ]


def words_about(member: Member, compared: Mapping[str, Any]) -> Sequence[Verdict]:
    """What is to be said of a trained network; nothing where the config wants no diagnostics.

    Args:
        member: the network.
        compared: the scores of its :func:`rivals`.
    """
    prepared, trained = member.prepared, member.fitted.trained
    if not prepared.config.diagnostics:
        return []
    task, classes = prepared.dataset.target.task, prepared.dataset.target.classes
    planned = prepared.config.training.epochs if trained.stopped in ("finished", "early_stopping") else None
    matrix = member.scored[member.part].confusion() if classes else None
    # A network without hidden layers is a linear model itself, but for a numeric embedding.
    architecture = prepared.design.architecture
    linear = len(architecture.layers) == 1 and is_linear_map(architecture.front)
    others = {name: compared[name] for name in compared if not linear or name in ("majority", "mean")}
    training_rows = len(prepared.dataset.parts["train"].rows)
    return verdicts(
        task,
        trained.history,
        trained.best_epoch,
        member.scores,
        others,
        matrix,
        classes,
        planned,
        _setting(prepared.config),
        member.fitted.measured,
        training_rows,
        member.collapsed,
    )


def _setting(config: Config) -> Setting:
    """What verdicts may want changed."""
    optimizer = optimizer_of(config)
    return Setting(
        layers_of(config),
        optimizer.learning_rate,
        type(optimizer)().learning_rate,
        config.training.early_stopping is not None,
    )


def figures(scores: Mapping[str, float]) -> str:
    """Scores in a line: ``accuracy 0.9808  log_loss 0.0391``."""
    return "  ".join(f"{name} {value:.4g}" for name, value in scores.items())
