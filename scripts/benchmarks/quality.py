"""How good predictions are on real tables, beside others: errors, normalised scores, ranks and times.

The tables of quality_tables.yaml are fetched once from the packages that carry them. Of each, three splits are drawn:
60 % of the rows to learn from, 20 % to choose by, 20 % to judge by, the same for every competitor. A score is 0 for the
constant's error and 1 for the least error of all. Each competitor works in a process of its own, one at a time, table
after table; results are kept line by line in the cache, so that a run that was interrupted goes on.
"""

import argparse
import hashlib
import json
import os
import sys
import time
import traceback
from itertools import product
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Set, Tuple

from machine import described
from quality_competitors import FCNN, FOREIGN, OTHERS, competitor
from quality_scores import compare, errors, page
from quality_tables import SPLITS, build, read_list, read_table
from turns import Turns, Worker

REPEATS = 1
"""Trainings of each split, each with another seed."""
STACK = f"python{sys.version_info[0]}.{sys.version_info[1]}"
"""Each stack's results are its own; those of an environment that is neither serve both."""
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "fcnn-quality"
CONSTANT = "constant"
"""The competitor whose score is 0: it takes part in any case."""


class Job(NamedTuple):
    """One training."""

    table: str
    split: int
    repeat: int


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen on the command line."""
    tables = list(read_list())
    parser.add_argument("--tables", nargs="+", choices=tables, default=tables, metavar="NAME", help=", ".join(tables))
    parser.add_argument(
        "--competitors", nargs="*", metavar="NAME", help=f"default: all of {', '.join([*OTHERS, *FCNN])}"
    )
    parser.add_argument("--splits", type=int, choices=range(1, SPLITS + 1), default=SPLITS, help="the first so many")
    parser.add_argument(
        "--config", nargs="+", default=[], metavar="NAME=FILE", help="more competitors: configs of fcnn, without data"
    )
    parser.add_argument("--realmlp", metavar="PYTHON", help="the Python of an environment with pytabkit")
    parser.add_argument("--cache", type=Path, default=CACHE, help=f"default: {CACHE}")
    parser.add_argument("--only-report", action="store_true", help="train nothing, tell what is in the cache")


def run(options: argparse.Namespace) -> int:
    """Train what is not in the cache and print tables; 1 where something that was asked for is not there."""
    given = given_configs(options.config)
    configs: Dict[str, Optional[Dict[str, Any]]] = {**dict.fromkeys(OTHERS), **FCNN, **given}
    names = list(dict.fromkeys([CONSTANT, *(options.competitors or configs), *given]))
    unknown = [name for name in names if name not in configs]
    if unknown:
        raise SystemExit(f"no competitor {', '.join(unknown)}; there are {', '.join(configs)}")
    entries = {name: entry for name, entry in read_list().items() if name in options.tables}
    jobs = [Job(*each) for each in product(entries, range(options.splits), range(options.repeats))]

    print(described("tensorflow", "scikit-learn", "numpy"))
    results: List[Dict[str, Any]] = []
    for name in names:
        results += results_of(name, configs[name], jobs, entries, options)
    tasks = {name: entry.task for name, entry in entries.items()}
    present = [name for name in names if any(each["competitor"] == name for each in results)]
    found = compare(results, present, tasks, options.splits)
    for table, absent in found.incomplete.items():
        print(f"LEFT OUT: {table}, without all results of {', '.join(sorted(set(absent)))}", file=sys.stderr)
    print(page(found, tasks, options.splits, [name for name in present if configs[name] is not None]))
    return int(bool(found.incomplete) or present != names)


def results_of(
    name: str,
    config: Optional[Dict[str, Any]],
    jobs: List[Job],
    entries: Dict[str, Any],
    options: argparse.Namespace,
) -> List[Dict[str, Any]]:
    """A competitor's results, those of the cache and those that are made now."""
    store = Store(options.cache / f"results-{'foreign' if name in FOREIGN else STACK}.jsonl")
    digests = {table: digest_of(name, config, entry.digest) for table, entry in entries.items()}
    done = store.of(set(digests.values()))
    left = [job for job in jobs if job not in done]
    python = options.realmlp if name in FOREIGN else sys.executable
    if left and python is None:
        print(f"SKIPPED: {name}, {len(left)} trainings, wants --realmlp PYTHON with pytabkit", file=sys.stderr)
    elif left and not options.only_report:
        tables = {table: (str(build(entry, options.cache)), entry.task) for table, entry in entries.items()}
        for job, result in trained(name, config, left, tables, python):
            told = {"competitor": name, "digest": digests[job.table], **job._asdict(), **result}
            print(progress(told), file=sys.stderr, flush=True)
            if "failed" not in result:
                store.add(told)
                done[job] = told
    return [done[job] for job in jobs if job in done]


def given_configs(texts: List[str]) -> Dict[str, Dict[str, Any]]:
    """Configs of fcnn that the command line names, by the competitor's name."""
    import yaml

    found = {}
    for text in texts:
        name, equals, path = text.partition("=")
        if not equals:
            raise SystemExit(f"--config wants NAME=FILE, not {text}")
        found[name] = yaml.safe_load(Path(path).read_text(encoding="utf-8")) or {}
    return found


def digest_of(name: str, config: Optional[Dict[str, Any]], table: str) -> str:
    """Of all that a result depends on: of another config, or of another table, it is another."""
    return hashlib.sha256(json.dumps([name, config, table], sort_keys=True).encode()).hexdigest()[:16]


def progress(told: Dict[str, Any]) -> str:
    """A line for whoever waits."""
    where = f"{told['competitor']}, {told['table']}, split {told['split']}"
    if "failed" in told:
        return f"FAILED: {where}\n{told['failed']}"
    errors = ", ".join(f"{name} {value:.4g}" for name, value in told["errors"].items())
    return f"{where}: {errors}; {told['seconds']:.1f} s, {told['processor']:.1f} s of the processors"


class Store:
    """Results, one a line; a last line that was cut off counts for nothing."""

    def __init__(self, path: Path) -> None:
        """Of this file, which need not be there yet."""
        self._path = path

    def of(self, digests: Set[str]) -> Dict[Job, Dict[str, Any]]:
        """What is there of a competitor's jobs, see :func:`digest_of`."""
        found = {}
        for line in self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else []:
            try:
                each = json.loads(line)
            except ValueError:
                continue
            if each["digest"] in digests:
                found[Job(each["table"], each["split"], each["repeat"])] = each
        return found

    def add(self, result: Dict[str, Any]) -> None:
        """Keep one more."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab+") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":  # the line that was cut off stays alone
                    file.write(b"\n")
            file.write(json.dumps(result).encode() + b"\n")


# --- training -------------------------------------------------------------------------------------------------------


def trained(
    name: str,
    config: Optional[Dict[str, Any]],
    jobs: List[Job],
    tables: Dict[str, Tuple[str, str]],
    python: str,
) -> Iterator[Tuple[Job, Dict[str, Any]]]:
    """Each job with what a process of the competitor told of it."""
    began = time.perf_counter()
    worker = Worker("quality", name, json.dumps(config), python=python)
    start = time.perf_counter() - began
    try:
        for job in jobs:
            path, task = tables[job.table]
            told = worker.turn([path, task, job.split, job.repeat])
            yield job, {**told, "start": start}
    finally:
        worker.close()


def work(name: str, config: str) -> None:
    """In a process of its own: learn and predict, job after job."""
    fit = competitor(name, json.loads(config))
    turns = Turns()
    job = turns.begin()
    while True:
        job = turns.end(**answer(fit, *job))


def answer(fit: Any, path: str, task: str, split: int, repeat: int) -> Dict[str, Any]:
    """What came of a training: the errors on the test rows, and the time that learning took."""
    try:
        table = read_table(Path(path), task, split)
        wall, processor = time.perf_counter(), time.process_time()
        predict = fit(table, 1 + split + 100 * repeat)
        times = {"seconds": time.perf_counter() - wall, "processor": time.process_time() - processor}
        test = table.parts["test"]
        found = errors(task, test[table.target].to_numpy(), *predict(test))
    except Exception:  # whatever it is, the next table has its turn
        return {"failed": traceback.format_exc()}
    return {"errors": found, **times}
