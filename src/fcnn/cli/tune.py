"""``fcnn tune``."""

from pathlib import Path
from typing import Any, Optional, Tuple

import click

from fcnn.cli.output import show_json, show_result
from fcnn.cli.process import is_own
from fcnn.cli.scores import show_metrics
from fcnn.errors import ConfigError, ExitCode, Problem
from fcnn.wording import say


@click.command("tune", short_help="Search for a better config.")
@click.argument("config", type=click.Path())
@click.argument("overrides", nargs=-1, metavar="[KEY=VALUE]...")
@click.option(
    "--trials", type=int, metavar="N", help="As many trials as there shall be in the study; default: 50, or --time."
)
@click.option("--time", metavar="DURATION", help="Begin no trial after that: seconds, or 90s, 10m, 2h.")
@click.option("--jobs", type=int, metavar="J", default=1, show_default=True, help="Processes that train trials.")
@click.option(
    "--study",
    metavar="NAME|URL",
    help="The study's name, or a database (postgresql://..., mysql://...) that several machines share; "
    "default: a file beside the runs.",
)
@click.option("--run-dir", type=click.Path(path_type=Path), metavar="DIR", help="Write exactly this run folder.")
@click.option("--name", help="Start of the run folder's name, and the study's; default: the config's.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors and the run folder.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as one JSON document.")
def tune(
    config: str,
    overrides: Tuple[str, ...],
    trials: Optional[int],
    time: Optional[str],
    jobs: int,
    study: Optional[str],
    run_dir: Optional[Path],
    name: Optional[str],
    quiet: bool,
    as_json: bool,
) -> None:
    """Search for a better CONFIG, and train the best one; the last line printed is its run folder.

    The section `search` of CONFIG says which keys are tried with which values; without it usual ranges around what
    CONFIG has are searched. The first trial is CONFIG as it is.

    Trials are compared by their validation loss, and those that fall behind are ended early. The test rows are scored
    once, at the end. The study is kept below the folder of runs, as NAME.tune: its trials, the page study.html, and the
    best config as best.yaml.

    The same command goes on with a study that was interrupted, until it has as many trials as --trials says.
    """
    from fcnn.jobs.prepare import read_request
    from fcnn.runs.folder import check_free

    # A mistake is answered here, before NumPy, pandas and TensorFlow are imported.
    seconds = _checked(trials, time, jobs)
    request = read_request(config, overrides, name)
    if run_dir is not None:
        check_free(run_dir)
    from fcnn.environment import require_tensorflow

    warnings = require_tensorflow()
    from fcnn.cli.progress import ConsoleReporter
    from fcnn.cli.quiet import screen
    from fcnn.cli.tune_progress import SearchConsole
    from fcnn.jobs.receipt import origin
    from fcnn.report.pictures import Pictures, PicturesBeside
    from fcnn.training.stop import Stop
    from fcnn.tuning.search import Options, Search

    asked = origin(click.get_current_context().obj)
    stop, last = Stop(), Stop()
    with screen() as terminal:
        reporter = SearchConsole(terminal, quiet, stop)
        for warning in warnings:
            reporter.problem(warning)
        try:
            search = Search(request, Options(trials, seconds, jobs, study), reporter)
        except BaseException:
            reporter.closed()
            raise
        with search:
            search.run(stop)
            reporter.closed()
            console = ConsoleReporter(terminal, quiet, last)
            try:
                run = search.train_best(run_dir, console, last, asked, PicturesBeside if is_own() else Pictures)
            finally:
                console.closed()
    _show(search, run, quiet, as_json)
    if stop.requested() or last.requested():
        raise click.exceptions.Exit(int(ExitCode.INTERRUPTED))


def _checked(trials: Optional[int], time: Optional[str], jobs: int) -> Optional[float]:
    """The seconds of ``--time``.

    Raises:
        ConfigError: an option is no number above 0, or no duration.
    """
    from fcnn.config import parse_duration

    problems = []
    seconds = None
    for option, count in (("--trials", trials), ("--jobs", jobs)):
        if count is not None and count < 1:
            message = say("this cannot be so many")
            problems.append(Problem(message, option, say("a whole number, {least} or more", least=1), str(count)))
    try:
        seconds = None if time is None else parse_duration(time)
    except ValueError as error:
        expected = say("seconds, or such as 90s, 10m, 2h, 1h30m")
        problems.append(Problem(error.args[0], "--time", expected, repr(time)))
    if problems:
        raise ConfigError(*problems)
    return seconds


def _show(search: Any, run: Any, quiet: bool, as_json: bool) -> None:
    """What came of a search; the last line is the run folder."""
    best, trials = search.best, search.trials
    states = [trial.state for trial in trials]
    if as_json:
        show_json(
            {
                "run": str(run.folder),
                "study": str(search.folder),
                "best": {
                    "trial": best.number,
                    "loss": best.loss,
                    "best_epoch": best.best_epoch,
                    "values": dict(best.values),
                },
                "trials": {state: states.count(state) for state in ("complete", "pruned", "failed")},
                "metrics": run.metrics,
            }
        )
        return
    if not quiet:
        show_metrics(run.metrics)
        show_result(
            say(
                "best of {count} trials: number {number}, validation loss {loss:.4g}; {page}",
                count=len(states) - states.count("interrupted"),
                number=best.number,
                loss=best.loss,
                page=search.folder / "study.html",
            )
        )
    click.echo(str(run.folder))
