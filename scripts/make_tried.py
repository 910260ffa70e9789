"""Tries on both stacks what the READMEs say was tried, and writes their table from what the tests and scripts counted.

What was counted stays in docs/tried.json, with its day and versions. Where anything fails, nothing is written.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Dict, List, Mapping, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
COUNTED = Path("docs") / "tried.json"
STACKS = ("pinned", "current")
START, END = "<!-- tried: written by scripts/make-tried -->\n", "<!-- end of tried -->\n"


class Row(NamedTuple):
    """A row of the table."""

    english: str
    chinese: str
    tests: str = ""
    """A test function, each of whose cases counts; empty where a script counts."""


ROWS: Mapping[str, Row] = {
    "kills": Row(
        "`kill -9` at a random moment; the run that went on ended with the same bits",
        "在随机时刻 `kill -9`;接着训练的运行最后逐位相同",
    ),
    "checkpoints": Row(
        "damaged checkpoints that were refused, with what to do",
        "损坏的检查点,被拒绝并说明该怎么办",
        "tests/training/test_checkpoint.py::test_a_damaged_checkpoint_is_an_error_with_a_hint",
    ),
    "files": Row(
        "commands on a run with a file that is changed, cut off or gone: refused, by its name",
        "运行中有文件被改动、截断或丢失时的命令:拒绝并指出是哪个文件",
        "tests/cli/test_damaged_runs.py::test_a_damaged_file_is_refused_by_its_name",
    ),
    "hostile": Row(
        "run folders made to do harm, that did none",
        "蓄意制作的恶意运行目录:没有造成任何损害",
        "tests/cli/test_hostile_runs.py::test_a_hostile_run_ends_with_a_message_or_does_no_harm",
    ),
    "optimizers": Row(
        "optimizers and variants of which the same seed gave the same bits",
        "优化器及其变体:种子相同,结果逐位相同",
        "tests/training/test_repeatable.py::test_the_same_seed_gives_the_same_bits_with_every_optimizer",
    ),
    "made_up": Row(
        "requests that schemathesis made up, answered as the OpenAPI document says",
        "schemathesis 编造的请求:都照 OpenAPI 文档作答",
    ),
    "served": Row(
        "single rows sent to `fcnn serve`, each answered, and right",
        "逐行发给 `fcnn serve` 的请求:每个都有回答,并且正确",
    ),
}
HEADS = {
    "README.md": ("what was tried", "pinned stack, {day}", "current stack, {day}"),
    "README.zh-CN.md": ("试过什么", "固定版环境,{day}", "当前版环境,{day}"),
}
"""Of the three columns; the stacks in the order of `STACKS`."""


def main(arguments: List[str]) -> int:
    """Try everything, then write."""
    parser = argparse.ArgumentParser(prog="scripts/make-tried", description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=50, help="of scripts/verify-resume, on each stack (50)")
    parser.add_argument("--requests", type=int, default=100_000, help="of scripts/benchmark serve (100,000)")
    given = parser.parse_args(arguments)
    found = {stack: tried(stack, given.kills, given.requests) for stack in STACKS}
    (ROOT / COUNTED).write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    for readme in HEADS:
        text = (ROOT / readme).read_text(encoding="utf-8")
        (ROOT / readme).write_text(with_table(text, table(readme, found)), encoding="utf-8")
    return 0


def tried(stack: str, kills: int, requests: int) -> Dict[str, Any]:
    """What one stack's tests and scripts count, with day and versions."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "counts"
        tests = {key: row.tests for key, row in ROWS.items() if row.tests}
        call(stack, "test", "-q", f"--junitxml={file}", *tests.values())
        passed = passes(file.read_text(encoding="utf-8"))
        counts = {key: passed[test.rpartition(":")[2]] for key, test in tests.items()}
        generated = re.search(r"(\d+) generated, (\d+) passed", call(stack, "verify-api"))
        if generated is None or generated[1] != generated[2]:
            raise SystemExit(f"scripts/verify-api on the {stack} stack did not say that all it generated has passed")
        counts["made_up"] = int(generated[2])
        once = ("--single", "1", "--batches", "1", "--repeats", "1")
        call(stack, "benchmark", "serve", *once, "--every", str(requests), "--json", str(file))
        counts["served"] = json.loads(file.read_text(encoding="utf-8"))["answered"]
        call(stack, "verify-resume", "--kills", str(kills), "--json", str(file))
        counts["kills"] = json.loads(file.read_text(encoding="utf-8"))["kills"]
    versions = re.search(r"Python \S+, TensorFlow [^\s,]+", call(stack, "fcnn", "--version"))
    assert versions is not None
    day = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    return {"day": day, "versions": versions[0], "counts": {key: counts[key] for key in ROWS}}


def call(stack: str, script: str, *words: str) -> str:
    """What a script says on a stack; it is shown, too. The end where it fails."""
    command = [str(ROOT / "scripts" / script), *words]
    print(f"== {stack}: scripts/{script} {' '.join(words)}", flush=True)
    environment = {**os.environ, "FCNN_STACK": stack}
    lines = []
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as started:
        for line in started.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    if started.returncode != 0:
        raise SystemExit(f"scripts/{script} failed on the {stack} stack: nothing was written")
    return "".join(lines)


def passes(junit: str) -> Dict[str, int]:
    """Test function -> how many of its cases have passed, from what pytest writes with ``--junitxml``."""
    counts: Dict[str, int] = {}
    for case in ElementTree.fromstring(junit).iter("testcase"):
        function = case.attrib["name"].partition("[")[0]
        is_passed = all(case.find(tag) is None for tag in ("failure", "error", "skipped"))
        counts[function] = counts.get(function, 0) + is_passed
    return counts


def table(readme: str, found: Mapping[str, Any]) -> str:
    """The table in the language of a README."""
    what, *stacks = HEADS[readme]
    heads = [head.format(day=found[name]["day"]) for head, name in zip(stacks, STACKS)]
    lines = [f"| {what} | {' | '.join(heads)} |", "|---|---|---|"]
    for key, row in ROWS.items():
        counts = " | ".join(f"{found[name]['counts'][key]:,}" for name in STACKS)
        lines.append(f"| {row.english if readme == 'README.md' else row.chinese} | {counts} |")
    return "\n".join([*lines, ""])


def with_table(readme: str, text: str) -> str:
    """A README with another table between its marks."""
    before, rest = readme.split(START)
    return f"{before}{START}{text}{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
