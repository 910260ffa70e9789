"""The option ``--resume`` of ``fcnn train``: what goes with it, and a run that has nothing left to do."""

from pathlib import Path
from typing import Any, Callable, Optional, Tuple

import click

from fcnn.cli.output import show_json, show_line
from fcnn.wording import say


def split_words(config: Optional[str], overrides: Tuple[str, ...]) -> Tuple[Optional[str], Tuple[str, ...]]:
    """Config and overrides, where the config may be left out: then the first word is an override, too."""
    if config is not None and "=" in config and not Path(config).exists():
        return None, (config, *overrides)
    return config, overrides


def resumed(
    run: str,
    read: Callable[[str, Optional[str], Tuple[str, ...], Optional[str]], Any],
    config: Optional[str],
    target: Optional[str],
    overrides: Tuple[str, ...],
    repeats: Any,
    run_dir: Optional[Path],
    name: Optional[str],
    dry_run: bool,
) -> Any:
    """What :func:`fcnn.jobs.resume.find_unfinished` finds; `read` makes a request of config and target."""
    from fcnn.jobs.resume import find_unfinished

    if dry_run:
        raise click.UsageError(say("--dry-run does not go with --resume"))
    config, overrides = split_words(config, overrides)
    if config is None and target is not None:
        raise click.UsageError(say("--target goes with a CSV"))
    request = None if config is None else read(config, target, overrides, name)
    return find_unfinished(run, request, overrides, repeats, run_dir, name)


def show_complete(folder: Path, quiet: bool, as_json: bool) -> None:
    """Say that a run is complete; the last line is its folder."""
    if not quiet:
        show_line(say("the run is complete already; nothing is left to do"))
    if as_json:
        from fcnn.runs.documents import read_metrics

        show_json({"run": str(folder), **read_metrics(folder)})
    else:
        click.echo(str(folder))
