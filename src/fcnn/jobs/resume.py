"""A run that was killed and goes on: which it is, and whether all that it was begun with is still the same."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

import msgspec

from fcnn.config import Config, load_config, resolved_yaml
from fcnn.config import Path as KeyPath
from fcnn.config.structs import plain
from fcnn.errors import ConfigError, Problem, RunError
from fcnn.files import atomic_write, sha256
from fcnn.jobs.prepare import Prepared, Request, read_request
from fcnn.jobs.repeats import Repeats
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.unchanged import check_unchanged
from fcnn.jobs.versions import versions_of_training
from fcnn.runs.folder import CONFIG, NewRun, has_checkpoint, is_run, partial_of
from fcnn.runs.receipt import Origin
from fcnn.runs.unfinished import (
    Begun,
    Repeated,
    TableFile,
    find_begun,
    is_written,
    make_last,
    read_begun,
    write_begun,
)
from fcnn.wording import say

PLACES = (("run", "dir"), ("run", "name"))
"""Keys that may differ: they say where a run is to be and how it is called, which is decided."""


@dataclass(frozen=True)
class Unfinished:
    """A run that was killed, and how it goes on."""

    final: Path
    """The folder that it will have."""
    request: Request
    repeats: Optional[Repeats]
    begun: Optional[Begun]
    """None where the run was killed before it wrote that down."""
    own: Optional[Config]
    """The config that it was begun with; None likewise."""

    def check_config(self, job: Prepared) -> None:
        """See whether the config means what the run was begun with.

        Raises:
            ConfigError: naming the keys that differ.
        """
        if self.own is None:
            return
        locate = self.request.loaded.locate
        hint = say("leave the config out, or train without --resume")
        message = say("is not what the run was begun with")
        problems = [
            Problem(message, locate(path), str(then), str(now), hint)
            for path, then, now in differences(plain(self.own), plain(job.config))
            if path not in PLACES
        ]
        if problems:
            raise ConfigError(*problems)


def find_unfinished(
    run: Union[str, Path],
    request: Optional[Request],
    overrides: Sequence[str] = (),
    repeats: Optional[Repeats] = None,
    run_dir: Union[str, Path, None] = None,
    name: Optional[str] = None,
) -> Union[Path, Unfinished]:
    """The run that is to go on; its folder, where there is nothing left to do.

    Args:
        run: a path, a name below the folder of runs, or ``latest``.
        request: made from the config that was given; None where none was.
        overrides: of the run's own config, where no other was given.
        repeats: that were asked for; None takes those of the run.
        run_dir: must not be given: the run has its folder.
        name: likewise.

    Raises:
        ConfigError: options that do not go with it, or the run has other ones.
        DataError: the table is not what it was.
        RunError: there is no such run, it is damaged, or was begun in an environment that keeps other checkpoints.
    """
    given = [option for option, value in (("--run-dir", run_dir), ("--name", name)) if value is not None]
    if given:
        message = say("a run that goes on has its folder and its name already")
        raise ConfigError(Problem(message, ", ".join(given), hint=say("leave that out")))
    final = find_begun(str(run), Path("runs" if request is None else request.config.run.dir))
    if is_run(final):
        return final
    partial = partial_of(final)
    if is_written(partial):
        with NewRun(final, again=True) as folder:
            return folder.complete()
    begun = read_begun(partial)
    own = None if begun is None else _own_config(partial, begun)
    if begun is not None:
        _check_generation(partial, begun)
        repeats = _same_repeats(begun, repeats)
        hint = say("with another table, train without --resume")
        check_unchanged(msgspec.to_builtins(begun.files), hint=hint)
    if request is None:
        if own is None:
            message = say("the run was killed before it had written its config")
            raise RunError(Problem(message, str(partial), hint=say("say which: fcnn train CONFIG --resume RUN")))
        request = read_request(own, overrides)  # not its file: places in it would name a folder that is soon gone
    return Unfinished(final, request, repeats, begun, own)


def begin(
    folder: NewRun,
    jobs: Sequence[Prepared],
    repeats: Optional[Repeats],
    unfinished: Optional[Unfinished],
    reporter: Reporter,
    asked: Origin,
) -> None:
    """Write down what must be the same where a run is to go on, or tell what is not quite."""
    if not folder.is_locked:
        message = say("nothing keeps a second process from going on with this run: the file system knows no locks")
        reporter.problem(Problem(message, str(folder.partial), severity="note"))
    if unfinished is not None and unfinished.begun is not None and has_checkpoint(folder.partial):
        for difference in _different_versions(unfinished.begun):
            reporter.problem(difference)
        make_last(folder.partial)
        return
    config = resolved_yaml(jobs[0].config)
    begun = Begun(
        config=hashlib.sha256(config.encode("utf-8")).hexdigest(),
        files=tuple(TableFile(file["path"], file["sha256"]) for file in jobs[0].dataset.files),
        versions=versions_of_training(),
        repeats=None if repeats is None else Repeated(repeats.kind, repeats.count, repeats.ensemble),
        origin=asked,
    )
    write_begun(folder.partial, begun)
    with atomic_write(folder.partial / CONFIG) as file:
        file.write(config)
    make_last(folder.partial)


def _different_versions(begun: Begun) -> Iterator[Problem]:
    """The warnings of packages that are not those that a run was begun with."""
    now = versions_of_training()
    for package, then in begun.versions.items():
        if now.get(package) != then:
            message = say(
                "the run was begun with {package} {then}, and goes on with {now}: its last digits may differ",
                package=package,
                then=then,
                now=now.get(package, "?"),
            )
            yield Problem(message, "--resume", severity="warning")


def differences(then: Any, now: Any, path: KeyPath = ()) -> Iterator[Tuple[KeyPath, Any, Any]]:
    """Where two configs differ, as far inside as both have a place for it: path, value then, value now."""
    pairs: List[Tuple[Any, Any, Any]] = []
    if isinstance(then, Mapping) and isinstance(now, Mapping) and then.keys() == now.keys():
        pairs = [(name, then[name], now[name]) for name in then]
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        pairs = [(number, *values) for number, values in enumerate(zip(then, now))]
    elif then != now:
        yield path, then, now
    for name, before, after in pairs:
        yield from differences(before, after, (*path, name))


def _own_config(partial: Path, begun: Begun) -> Optional[Config]:
    """The config that the run was begun with.

    Raises:
        RunError: it was changed.
    """
    path = partial / CONFIG
    if not path.exists() and not has_checkpoint(partial):
        return None
    if not path.exists() or sha256(path) != begun.config:
        hint = say("the config of a run that goes on stays as it is; for another one train without --resume")
        raise RunError(Problem(say("was changed since the run began"), str(path), hint=hint))
    return load_config(path).config


def _check_generation(partial: Path, begun: Begun) -> None:
    """See whether Keras is of the generation that wrote the checkpoints."""
    then, now = begun.versions.get("keras", ""), versions_of_training().get("keras", "")
    if has_checkpoint(partial) and then.partition(".")[0] != now.partition(".")[0]:
        hint = say("go on with the environment that it was begun in, or train without --resume")
        message = say("the run was begun with another generation of Keras")
        raise RunError(Problem(message, str(partial), then, now, hint))


def _same_repeats(begun: Begun, asked: Optional[Repeats]) -> Optional[Repeats]:
    """Those of the run, where nothing else was asked for."""
    then = None if begun.repeats is None else Repeats(begun.repeats.kind, begun.repeats.count, begun.repeats.ensemble)
    if asked is not None and asked != then:
        said = say("neither --seeds nor --folds") if then is None else then.options
        message = say("the run was begun with {repeats}", repeats=said)
        raise ConfigError(Problem(message, asked.options, hint=say("leave that out")))
    return then
