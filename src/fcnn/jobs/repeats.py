"""One config trained several times: with several seeds, or on the folds of a cross-validation."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Sequence, Set, Tuple

import msgspec

from fcnn.errors import ConfigError, Problem
from fcnn.jobs.prepare import Prepared, Request, prepare_job, storage_of, with_dataset
from fcnn.jobs.reporter import Reporter
from fcnn.wording import Said, say

if TYPE_CHECKING:
    from fcnn.data.dataset import Fold
    from fcnn.jobs.member import Member
    from fcnn.jobs.workers import Team

SEEDS, FOLDS = "seeds", "folds"
FEWEST = 2
SEED_LIMIT = 2**31
"""Seeds are below it."""


@dataclass(frozen=True)
class Repeats:
    """How a training is repeated."""

    kind: str
    """``seeds``: the same rows, another seed for weights, shuffling and dropout each time; ``folds``: the same seed,
    another fold as the validation part each time."""
    count: int
    """How many trainings."""
    ensemble: bool = False
    """Whether the run keeps all of them, which predict together; else one."""

    @property
    def options(self) -> str:
        """The options that ask for it."""
        return f"--{self.kind} {self.count}" + (" --ensemble" if self.ensemble else "")

    def record(self, kept: int, ensemble: int = 0) -> Dict[str, Any]:
        """What ``data.json`` says of it.

        Args:
            kept: the number of the training whose network it is.
            ensemble: how many networks predict together; 0 where it is one.
        """
        return {"kind": self.kind, "count": self.count, "kept": kept, **({"ensemble": ensemble} if ensemble else {})}

    def name(self, number: int, prepared: Prepared) -> Said:
        """What the training of that number, from 1, is called."""
        if self.kind == FOLDS:
            return say("fold {number}", number=number)
        return say("seed {seed}", seed=prepared.config.seed)

    def folder(self, number: int, prepared: Prepared) -> str:
        """The name of a folder for what it alone writes, in any language."""
        return f"fold-{number}" if self.kind == FOLDS else f"seed-{prepared.config.seed}"

    def announce(self, number: int, prepared: Prepared) -> Said:
        """Which of how many it is, when it begins."""
        if self.kind == FOLDS:
            return say("fold {number} of {count}", number=number, count=self.count)
        return say("seed {seed} ({number} of {count})", seed=prepared.config.seed, number=number, count=self.count)

    def describe(self, members: Sequence[Prepared]) -> Said:
        """What will be trained, in one line."""
        if self.kind == SEEDS:
            seeds = [member.config.seed for member in members]
            return say("{count} trainings: seeds {first} to {last}", count=self.count, first=seeds[0], last=seeds[-1])
        rows = [len(member.dataset.parts["validation"].rows) for member in members]
        least, most = min(rows), max(rows)
        size = f"{least:,}" if least == most else say("{least:,} to {most:,}", least=least, most=most)
        return say("{count} trainings: each fold of {size} rows is held out once", count=self.count, size=size)


def repeats_of(seeds: Optional[int], folds: Optional[int], ensemble: bool = False) -> Optional[Repeats]:
    """What the options ``--seeds``, ``--folds`` and ``--ensemble`` ask for; None where none is given.

    Raises:
        ConfigError: two ways are given, or ``--ensemble`` with none, or a number that is no whole one of at least 2.
    """
    given = {kind: count for kind, count in ((SEEDS, seeds), (FOLDS, folds)) if count is not None}
    if len(given) > 1:
        message = say("a training is repeated with several seeds or on several folds, not both")
        raise ConfigError(Problem(message, "--seeds, --folds", hint=say("leave one of them out")))
    for kind, count in given.items():
        if isinstance(count, bool) or not isinstance(count, int) or count < FEWEST:
            message = say("mean and spread need several trainings")
            raise ConfigError(
                Problem(message, f"--{kind}", say("a whole number, {least} or more", least=FEWEST), repr(count))
            )
        return Repeats(kind, count, ensemble)
    if ensemble:
        hint = say("for example --folds 5 --ensemble; a run that goes on with --resume is what it was begun as")
        raise ConfigError(
            Problem(say("one training makes no ensemble"), "--ensemble", "--folds K, --seeds N", "", hint)
        )
    return None


def prepare_members(
    request: Request,
    repeats: Optional[Repeats],
    reporter: Optional[Reporter] = None,
    team: "Optional[Team]" = None,
) -> List[Prepared]:
    """The trainings of a request, before any begins; what can be wrong with one of them is found here.

    Args:
        request: the job.
        repeats: how it is repeated; None: there is one training.
        reporter: is told how far the reading of a large table has come.
        team: the processes that read the same table, where they are several.

    Returns:
        One for each, the configs differing in nothing but the seed; folds without their matrices, which
        :meth:`Prepared.with_matrices` makes.

    Raises:
        DataError: the table cannot be used, or not shared out to so many folds.
        ConfigError: the config does not fit the table.
    """
    if repeats is None:
        return [prepare_job(request, reporter, team)]
    if repeats.kind == SEEDS:
        first = prepare_job(replace(request, trainings=repeats.count), reporter, team)
        seeds = [(first.config.seed + more) % SEED_LIMIT for more in range(repeats.count)]
        return [replace(first, config=msgspec.structs.replace(first.config, seed=seed)) for seed in seeds]
    from fcnn.data.dataset import prepare_folds

    config = request.config
    storage = storage_of(request, reporter or Reporter(), team)
    folds = prepare_folds(config.data, request.paths, request.roles, config.seed, repeats.count, request.parts, storage)
    shapes = [tuple(map(len, fold.split.values())) for fold in folds]
    request = replace(request, trainings=repeats.count // len(set(shapes)))
    largest = max(range(len(folds)), key=lambda position: len(folds[position].split["train"]))
    model = _prepared_fold(request, folds[largest])  # what follows from the number of rows is the same for all
    members = [model if fold is folds[largest] else _prepared_fold(model.request, fold) for fold in folds]
    members = [replace(member, config=model.config) for member in members]
    if config.data.split.method == "column" or "validation" in request.parts:
        message = say("the rows that are for validation are shared out to the folds, too")
        note = Problem(message, "--folds", severity="note")
        members[0] = replace(members[0], findings=(*members[0].findings, note))
    return members


def _prepared_fold(request: Request, fold: "Fold") -> Prepared:
    """A fold with all that can be found wrong with it; the matrices of one fold at a time are enough in memory."""
    prepared = with_dataset(request, fold.fitted())
    dataset = prepared.dataset.without_matrices()
    return replace(prepared, dataset=dataset, encoded=lambda: fold.encoded(dataset))


def findings_of(members: Sequence[Prepared], repeats: Optional[Repeats]) -> Tuple[Problem, ...]:
    """What there is to say before the trainings: all about the first, of each other one what is new."""
    told: Set[Tuple[str, str]] = set()
    found: List[Problem] = []
    for number, member in enumerate(members, 1):
        new = [problem for problem in member.findings if _subject(problem) not in told]
        told.update(map(_subject, new))
        if number > 1 and repeats is not None:
            new = [of_member(problem, repeats.name(number, member)) for problem in new]
        found += new
    return tuple(found)


def of_member(problem: Problem, name: str) -> Problem:
    """A problem of one of several trainings, which says of which."""
    return replace(
        problem, where=say("{place} in {member}", place=problem.where, member=name) if problem.where else name
    )


def _subject(problem: Problem) -> Tuple[str, str]:
    """What a finding is about: its place, and the kind or the sentence without its figures."""
    sentence = problem.message.template if isinstance(problem.message, Said) else problem.message
    return str(problem.where), str(getattr(problem, "kind", sentence))


def kept_member(members: Sequence["Member"], repeats: Optional[Repeats]) -> int:
    """The position of the one whose network the run folder gets.

    Of several seeds it is the one with the lowest validation loss (training loss where there is no validation part).
    Losses of folds are of different rows, and the lowest is that of the easiest ones: kept is the one in the middle,
    a typical one; of folds by time the last, which learnt from the most and the latest rows.
    """
    if repeats is not None and repeats.kind == FOLDS and members[0].prepared.config.data.split.method == "time":
        return len(members) - 1
    ordered = sorted(range(len(members)), key=lambda position: members[position].loss)
    return ordered[(len(members) - 1) // 2 if repeats is not None and repeats.kind == FOLDS else 0]


def summary(members: Sequence["Member"], kept: int, repeats: Repeats, baselines: Sequence[Any]) -> Dict[str, Any]:
    """What ``metrics.json`` has as ``repeats``.

    Args:
        members: those that are finished.
        kept: the position of the one that is kept.
        repeats: what was asked for.
        baselines: of each member, baseline -> part -> metric -> number.
    """
    from fcnn.evaluation.spread import means, standard_deviations
    from fcnn.jobs.score import pooled

    scores = [member.scores for member in members]
    held_out = [member.scored["validation"] for member in members] if repeats.kind == FOLDS else []
    return {
        "kind": repeats.kind,
        "count": repeats.count,
        "kept": kept + 1,
        **({"ensemble": len(members)} if repeats.ensemble else {}),
        "mean": means(scores),
        "std": standard_deviations(scores),
        **({"out_of_fold": pooled(held_out)} if held_out else {}),
        "baselines": {
            name: means([each[name] for each in baselines])
            for name in baselines[0]
            if all(name in each for each in baselines)
        },
        "members": [
            {
                "seed": member.prepared.config.seed,
                "rows": {part: len(rows.rows) for part, rows in member.prepared.dataset.parts.items()},
                **member.scores,
                "loss": member.loss,
                "epochs": len(member.fitted.trained.history["epoch"]),
                "best_epoch": member.fitted.trained.best_epoch,
                "stopped": member.fitted.trained.stopped,
            }
            for member in members
        ],
    }
