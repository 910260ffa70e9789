"""Shows that rules of the doctor are true: builds broken environments, sees them fail, repairs them, sees them work.

Each case of rule_cases.py is built for real, with uv or with venv and pip, from the package index. Its program must
fail with the rule's symptom; the doctor, reading the environment from disk, must find the rule, and `--explain` must
name it from what the program printed; then the doctor's own combined fix is run, the program must work, the doctor
must have nothing left to say but notes, and a small network must train. Exit code 1 where anything is not so.

Takes about half a minute a case and several GB of disk (little where uv's cache has them); not for CI.
"""

import argparse
import concurrent.futures
import dataclasses
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path
from typing import Dict, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from find_python import candidates, probe
from rule_cases import CASES, PROGRAMS, SMOKE, Case

from fcnn.environment import Facts, Verdict, judge
from fcnn.environment.explanation import explain
from fcnn.environment.reading import read_environment
from fcnn.environment.reading.working_folder import read_shadows
from fcnn.environment.rules import RULES

STEPS = ("built", "fails", "found", "explained", "repaired", "works", "sound", "trains")
"""What is shown of a case, in this order."""

FREE = 4 * 1024**3
"""Bytes of disk below which nothing more is built."""

TIMEOUT = 1200
"""Seconds that any one command may take."""

_OURS = ("PYTHON", "TF_", "KERAS_", "PROTOCOL_BUFFERS_", "CONDA", "VIRTUAL_ENV", "UV_PROJECT")
"""Beginnings of the environment variables that would change what is built, or how it runs."""


class Done(NamedTuple):
    """A command that has ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def tail(self) -> str:
        """The last lines of what it printed."""
        return "\n".join((self.stdout + self.stderr).strip().splitlines()[-12:])


class CannotGoOn(Exception):
    """A case cannot be judged any further; the message says why."""


def run(command: Sequence[str], folder: Path, variables: Mapping[str, str] = {}) -> Done:
    """Run a command in `folder`, untouched by the Python that runs this script."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    env.update(variables, PYTHONNOUSERSITE="1")
    try:
        done = subprocess.run(
            [*command],
            cwd=str(folder),
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        return Done(1, "", f"{' '.join(command)}\nwas not done after {TIMEOUT} seconds")
    return Done(done.returncode, done.stdout, done.stderr)


def must(command: Sequence[str], folder: Path) -> None:
    """Run a command of the building; it has to succeed."""
    done = run(command, folder)
    if done.code:
        raise CannotGoOn(f"{' '.join(command)}\n{done.tail}")


class Builder:
    """Makes environments, by uv where there is one."""

    def __init__(self, uv: str, folder: Path) -> None:
        """Take the path of uv, empty for venv and pip, and the folder to work in."""
        self.uv = uv
        self.folder = folder

    def environment(self, exe: str, requirements: Sequence[str], prefix: Path) -> None:
        """A new environment of the Python `exe` with some packages and their dependencies."""
        must([self.uv, "venv", "--quiet", "--python", exe, str(prefix)] if self.uv else
             [exe, "-I", "-m", "venv", str(prefix)], self.folder)  # fmt: skip
        self.install(prefix, requirements)

    def install(self, prefix: Path, requirements: Sequence[str], *options: str) -> None:
        """Install packages."""
        if requirements:
            must([*self._pip(prefix, "install"), *options, *requirements], self.folder)

    def uninstall(self, prefix: Path, names: Sequence[str]) -> None:
        """Remove packages."""
        if names:
            must([*self._pip(prefix, "uninstall"), *([] if self.uv else ["-y"]), *names], self.folder)

    def _pip(self, prefix: Path, command: str) -> List[str]:
        if self.uv:
            return [self.uv, "pip", command, "--quiet", "--python", str(python_of(prefix))]
        return [str(python_of(prefix)), "-I", "-m", "pip", command, "--quiet", "--disable-pip-version-check"]


def python_of(prefix: Path) -> Path:
    """The Python of an environment."""
    return prefix / "bin" / "python"


def site_packages(prefix: Path) -> Path:
    """Where the packages of an environment are."""
    return next(prefix.glob("lib/python3.*/site-packages"))


def clone(base: Path, prefix: Path) -> None:
    """A second environment out of hard links to the first; pip and uv replace files and never write into them."""
    shutil.copytree(str(base), str(prefix), symlinks=True, copy_function=_link)
    for script in (prefix / "bin").iterdir():
        if not script.is_symlink() and script.is_file():
            content = script.read_bytes()
            if str(base).encode() in content:  # the path of its Python
                mode = script.stat().st_mode
                script.unlink()
                script.write_bytes(content.replace(str(base).encode(), str(prefix).encode()))
                script.chmod(mode)


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:  # another file system, or too many links
        shutil.copy2(source, target)
    return target


@dataclasses.dataclass
class Report:
    """What came of a case."""

    case: Case
    failures: Dict[str, str] = dataclasses.field(default_factory=dict)
    """Step to what was wrong with it."""
    reached: Tuple[str, ...] = ()
    """The steps that were tried."""
    fix: str = ""
    """The combined fix that was run."""
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether every step was tried and as it should be."""
        return self.reached == STEPS and not self.failures

    def row(self) -> str:
        """The report as a row of a Markdown table."""
        cells = ["no" if step in self.failures else "yes" if step in self.reached else "-" for step in STEPS]
        words = [self.case.rule, self.case.python, self.case.installed, self.case.shows, *cells, self.fix]
        return "| " + " | ".join(word.replace("|", "\\|") for word in words) + f" | {self.seconds:.0f} |"

    def complaint(self) -> str:
        """What was wrong, in full."""
        lines = [f"{self.case.rule} on Python {self.case.python}, {self.case.installed}"]
        return "\n".join(lines + [f"{step}: {failure}" for step, failure in self.failures.items()]) + "\n"


HEADING = (
    f"| rule | Python | installed | symptom | {' | '.join(STEPS)} | fix that was run | s |\n"
    + "|---" * (6 + len(STEPS))
    + "|"
)


class Verification:
    """One case, step by step."""

    def __init__(self, case: Case, builder: Builder, base: Path, folder: Path) -> None:
        """Take the environment that the case's own is made from, and a folder to work in."""
        self.case = case
        self.builder = builder
        self.base = base
        self.prefix = folder / "environment"
        self.work = folder / "work"
        self.report = Report(case)
        self.is_note = all(rule.severity == "note" for rule in RULES if rule.id == case.rule)
        """Whether the rule never says more than that something is harmless."""

    def carry_out(self) -> Report:
        """Go through all steps; one that fails does not end it unless the next ones would mean nothing."""
        try:
            self._step("built", self._build())
            done = self._program(PROGRAMS[self.case.program])
            seen = self.case.shows in done.stdout + done.stderr
            self._step("fails", "" if done.code and seen else f"exit code {done.code}; it printed\n{done.tail}")
            facts, verdict = self._judge()
            self._step("found", self._finds(verdict))
            self._step("explained", self._explains(done, facts))
            self._step("repaired", self._repair(facts, verdict))
            done = self._program(PROGRAMS[self.case.program])
            self._step("works", f"exit code {done.code}\n{done.tail}" if done.code else "")
            _, after = self._judge()
            left = [finding for finding in after.findings if finding.severity != "note"]
            self._step("sound", "\n".join(f"{finding.rule} {finding.severity}: {finding.why}" for finding in left))
            done = self._program(SMOKE)
            self._step("trains", f"exit code {done.code}\n{done.tail}" if done.code else "")
        except CannotGoOn as error:
            self._step(STEPS[len(self.report.reached)], str(error))
        except Exception:  # a doctor that crashes is a result, and no reason not to try the other cases
            self._step(STEPS[len(self.report.reached)], traceback.format_exc())
        return self.report

    def _step(self, step: str, failure: str) -> None:
        self.report.reached += (step,)
        if failure:
            self.report.failures[step] = failure

    def _build(self) -> str:
        case = self.case
        self.work.mkdir(parents=True)
        clone(self.base, self.prefix)
        self.builder.install(self.prefix, case.forced, "--no-deps")
        self.builder.uninstall(self.prefix, case.removed)
        for name, content in case.files.items():
            (self.work / name).write_text(content, encoding="utf-8")
        for pattern, name in case.copies.items():
            for folder in [*site_packages(self.prefix).glob(pattern)]:
                shutil.copytree(str(folder), str(folder.parent / name))
        return ""

    def _program(self, code: str) -> Done:
        (self.work / "main.py").write_text(code, encoding="utf-8")
        return run([str(python_of(self.prefix)), "main.py"], self.work, self.case.variables)

    def _judge(self) -> Tuple[Facts, Verdict]:
        facts = dataclasses.replace(
            read_environment(str(self.prefix)),
            variables=self.case.variables,
            working_folder=str(self.work),
            shadows=read_shadows(str(self.work)),
        )
        return facts, judge(facts)

    def _finds(self, verdict: Verdict) -> str:
        found = [finding.rule for finding in verdict.findings if self.is_note or finding.severity != "note"]
        return "" if self.case.rule in found else f"found {', '.join(found) or 'nothing'}"

    def _explains(self, done: Done, facts: Facts) -> str:
        """The rule must be among those that know the text, and be the first of them for who sees the environment."""
        alone, there = ([finding.rule for finding in explain(done.stderr, seen).findings] for seen in (None, facts))
        told = self.case.rule in alone and there[:1] == [self.case.rule]
        return "" if told else f"{alone} from the text alone, {there} with the environment\n{done.tail}"

    def _repair(self, facts: Facts, verdict: Verdict) -> str:
        self._tell_fix(*verdict.fix)
        steps = verdict.plan.steps(facts)
        commands = [[self.builder.uv if word == "uv" and self.builder.uv else word for word in step] for step in steps]
        if self.is_note and not self._by_hand:  # what is no trouble is not in the combined fix, but has its own
            own = " ".join(finding.fix for finding in verdict.findings if finding.rule == self.case.rule)
            self._tell_fix(*verdict.fix, own)
            commands.append(["sh", "-c", own])
        for command in commands:
            done = run(command, self.work, self.case.variables)
            if done.code:
                return f"{' '.join(command)}\n{done.tail}"
        return self._follow_advice(verdict) if self._by_hand else ""

    def _tell_fix(self, *fix: str) -> None:
        self.report.fix = " && ".join(fix).replace(str(python_of(self.prefix)), "python")

    @property
    def _by_hand(self) -> List[Path]:
        """What the case has put there and no installer takes away."""
        own = [self.work / name for name in self.case.files]
        return own + [site_packages(self.prefix) / name for name in self.case.copies.values()]

    def _follow_advice(self, verdict: Verdict) -> str:
        """Take away by hand what the case had put there, if it is what the doctor says."""
        advice = " ".join(finding.fix for finding in verdict.findings if finding.rule == self.case.rule)
        self._tell_fix(*dict.fromkeys((*verdict.fix, advice)))
        for path in self._by_hand:
            if path.name not in advice:
                return f"no word of {path.name} in {advice!r}"
            if path.is_dir():
                shutil.rmtree(str(path))
            else:
                path.unlink()
        return ""


def verify_group(builder: Builder, exe: str, cases: Sequence[Case], folder: Path, keep: bool) -> Iterator[Report]:
    """The reports of cases of one base, which is built first and removed at the end."""
    base = folder / "base"
    folder.mkdir()
    problem = ""
    if shutil.disk_usage(str(folder)).free < FREE:
        problem = f"less than {FREE / 1024**3:.0f} GiB of disk are free"
    else:
        try:
            builder.environment(exe, cases[0].base, base)
            if len(cases) > 1:  # compiles the modules once for all that are cloned from it; it need not work
                run([str(python_of(base)), "-c", SMOKE], folder)
        except CannotGoOn as error:
            problem = str(error)
    for number, case in enumerate(cases):
        started = time.monotonic()
        if problem:
            report = Report(case, {"built": problem}, ("built",))
        else:
            report = Verification(case, builder, base, folder / str(number)).carry_out()
        report.seconds = time.monotonic() - started
        yield report
        if not keep:
            shutil.rmtree(str(folder / str(number)), ignore_errors=True)
    if not keep:
        shutil.rmtree(str(folder), ignore_errors=True)


def groups(cases: Sequence[Case]) -> List[List[Case]]:
    """Cases with one Python and one base together."""
    found: Dict[Tuple[str, Tuple[str, ...]], List[Case]] = {}
    for case in cases:
        found.setdefault((case.python, case.base), []).append(case)
    return [*found.values()]


def interpreter(version: str) -> Optional[str]:
    """A Python of that version that really runs."""
    for command in candidates(version):
        found = probe(*command)
        if found is not None and "{}.{}".format(*found.version[:2]) == version:
            return found.exe
    return None


def verify(cases: Sequence[Case], builder: Builder, jobs: int, keep: bool) -> int:
    """Verify the cases, print a row for each as it is done, and what went wrong to stderr; the number of failures."""
    pythons = {version: interpreter(version) for version in dict.fromkeys(case.python for case in cases)}
    for version, exe in pythons.items():
        if exe is None:
            print(f"Python {version} was not found; its cases are skipped.", file=sys.stderr)
    skipped = [case for case in cases if pythons[case.python] is None]
    failed: List[Report] = []
    stopped = threading.Event()
    print(HEADING, flush=True)

    def work(number: int, group: List[Case]) -> None:
        exe = pythons[group[0].python]
        assert exe is not None
        for report in verify_group(builder, exe, group, builder.folder / f"group{number}", keep):
            print(report.row(), flush=True)
            if not report.passed:
                failed.append(report)
                print(report.complaint(), file=sys.stderr, flush=True)
            if stopped.is_set():
                break

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        todo = [group for group in groups(cases) if pythons[group[0].python] is not None]
        futures = [pool.submit(work, number, group) for number, group in enumerate(todo)]
        try:
            for future in futures:
                future.result()
        except BaseException:  # Ctrl-C: else the pool would wait for all that is still to be done
            stopped.set()
            for future in futures:
                future.cancel()
            raise
    rules = {case.rule for case in cases if case not in skipped}
    done = len(cases) - len(skipped)
    print(f"\n{done - len(failed)} of {done} cases of {len(rules)} rules passed; {len(skipped)} skipped.")
    return len(failed) + len(skipped)


def chosen(only: str, python: str) -> List[Case]:
    """The cases of some rules and Pythons; of all where nothing is named."""
    rules, pythons = ({word.strip() for word in text.split(",") if word.strip()} for text in (only, python))
    for words, known in ((rules, {case.rule for case in CASES}), (pythons, {case.python for case in CASES})):
        unknown = sorted(words - known)
        if unknown:
            raise ValueError(f"no case of {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    return [case for case in CASES if (not rules or case.rule in rules) and (not pythons or case.python in pythons)]


def main(arguments: Sequence[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="scripts/verify-rules", description=__doc__)
    parser.add_argument("--only", default="", metavar="R07,R22", help="cases of these rules alone")
    parser.add_argument("--python", default="", metavar="3.8,3.11", help="cases of these Pythons alone")
    parser.add_argument("--installer", choices=("uv", "pip"), help="what builds; uv, if it is there")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="how many bases at a time (1)")
    parser.add_argument("--keep", action="store_true", help="keep the environments and say where they are")
    parser.add_argument("--list", action="store_true", help="print the cases and build nothing")
    options = parser.parse_args(arguments)
    try:
        cases = chosen(options.only, options.python)
    except ValueError as error:
        parser.error(str(error))
    if options.list:
        for case in cases:
            print(f"{case.rule}  {case.python:<4}  {case.program:<17}  {case.installed}")
        return 0
    uv = "" if options.installer == "pip" else shutil.which("uv") or ""
    if options.installer == "uv" and not uv:
        parser.error("there is no uv on PATH")
    folder = Path(tempfile.mkdtemp(prefix="verify-rules-"))
    try:
        failures = verify(cases, Builder(uv, folder), options.jobs, options.keep)
    finally:
        if options.keep:
            print(f"The environments are in {folder}.")
        else:
            shutil.rmtree(str(folder), ignore_errors=True)
    return 1 if failures else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing is left behind
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
