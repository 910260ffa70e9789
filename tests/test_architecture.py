"""The house rules that no single module can hold: who may import whom, and what must stay unloaded."""

import ast
import json
import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Callable, Iterator, List, Optional, Set, Tuple

import pytest

import fcnn

PACKAGE = Path(fcnn.__file__).parent
MODULES = {".".join(("fcnn", *path.relative_to(PACKAGE).with_suffix("").parts)): path for path in PACKAGE.rglob("*.py")}

ORDER = [
    ("wording",),
    ("errors", "files"),
    ("config",),
    ("data",),
    ("inference",),
    ("network",),
    ("training",),
    ("evaluation", "insight"),
    ("runs",),
    ("report",),
    ("export",),
    ("jobs",),
    ("serve", "estimators", "tuning"),
    ("cli",),
]
"""Each part may import those above it, and itself."""
MAY_IMPORT = {name: {other for row in ORDER[:rank] for other in row} for rank, row in enumerate(ORDER) for name in row}
MAY_IMPORT["environment"] = {"errors"}
MAY_IMPORT["chinese"] = set()
MAY_IMPORT["jobs"].update({"chinese", "environment"})
MAY_IMPORT["serve"].add("chinese")
MAY_IMPORT["tuning"].update({"chinese", "environment"})
MAY_IMPORT["estimators"].update({"environment"})
MAY_IMPORT["cli"].update({"chinese", "environment"})
MAY_IMPORT["__main__"] = {"cli"}
MAY_IMPORT["__init__"] = {"estimators", "jobs", "runs"}

HEAVY = ("numpy", "pandas", "tensorflow", "keras", "sklearn", "scipy", "matplotlib", "flask", "waitress", "optuna")


@lru_cache(maxsize=None)
def parsed(source: str) -> ast.Module:
    return ast.parse(source)


def imports(source: str) -> Iterator[str]:
    """Every module that a source imports anywhere, in functions too, but for what only a type checker sees."""
    tree = parsed(source)
    unseen = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            unseen.update(id(inner) for statement in node.body for inner in ast.walk(statement))
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def against_the_arrows(module: str, source: str) -> List[str]:
    part = module.split(".")[1]
    wrong = []
    for name in imports(source):
        root, _, rest = name.partition(".")
        imported = rest.partition(".")[0]
        if root == "fcnn" and imported in MAY_IMPORT and imported not in (part, *MAY_IMPORT[part]):
            wrong.append(f"{part} -> {imported}")
    return wrong


def forbidden_packages(module: str, source: str) -> List[str]:
    roots = {name.partition(".")[0] for name in imports(source)}
    found = set() if module == "fcnn.network.backend" else roots & {"tensorflow", "keras", "tf_keras"}
    found |= set() if module.startswith("fcnn.cli") else roots & {"click", "rich"}
    return sorted(found)


def prints_or_exits(source: str) -> List[str]:
    words = {"print", "input", "exit", "quit", "SystemExit", "sys.exit", "os._exit", "sys.stdout", "sys.stderr"}
    nodes = [node for node in ast.walk(parsed(source)) if isinstance(node, (ast.Name, ast.Attribute))]
    return sorted({text for text in map(dotted, nodes) if text in words})


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def loads_by_name(source: str) -> bool:
    return any(isinstance(node, ast.alias) and node.name == "import_module" for node in ast.walk(parsed(source)))


def test_the_rules_are_held_by_all_modules_there_are() -> None:
    assert len(MODULES) > 80
    parts = {name.split(".")[1] for name in MODULES}
    assert parts <= set(MAY_IMPORT)
    assert {name for row in ORDER for name in row} <= parts


SOURCES = {module: path.read_text(encoding="utf-8") for module, path in MODULES.items()}


def test_a_module_imports_only_what_is_below_it() -> None:
    wrong = {module: against_the_arrows(module, source) for module, source in SOURCES.items()}
    assert {module: arrows for module, arrows in wrong.items() if arrows} == {}


def test_tensorflow_and_click_have_one_place_each() -> None:
    found = {module: forbidden_packages(module, source) for module, source in SOURCES.items()}
    assert {module: packages for module, packages in found.items() if packages} == {}


def test_only_the_command_line_prints_and_exits() -> None:
    found = {module: prints_or_exits(SOURCES[module]) for module in SOURCES if not module.startswith("fcnn.cli")}
    assert {module: words for module, words in found.items() if words} == {}


def test_only_the_two_lazy_places_import_by_name() -> None:
    lazy = {module for module, source in SOURCES.items() if loads_by_name(source)}
    assert lazy == {"fcnn.__init__", "fcnn.cli.__init__"}


@pytest.mark.parametrize(
    ("module", "source", "wrong"),
    [
        pytest.param("fcnn.config.x", "from fcnn.data.header import Header", ["config -> data"], id="upwards"),
        pytest.param(
            "fcnn.inference.x", "def f():\n    import fcnn.network.build", ["inference -> network"], id="late"
        ),
        pytest.param("fcnn.runs.x", "from fcnn import report", ["runs -> report"], id="the part itself"),
        pytest.param("fcnn.evaluation.x", "import fcnn.insight", ["evaluation -> insight"], id="beside"),
        pytest.param("fcnn.environment.x", "from fcnn.files import sha256", ["environment -> files"], id="environment"),
        pytest.param("fcnn.jobs.x", "from fcnn.report import plots\nimport fcnn", [], id="downwards"),
        pytest.param(
            "fcnn.data.x", "if TYPE_CHECKING:\n    from fcnn.runs.run import Run", [], id="for the type checker"
        ),
    ],
)
def test_the_arrows_can_be_broken(module: str, source: str, wrong: List[str]) -> None:
    assert against_the_arrows(module, source) == wrong


def test_the_other_rules_can_be_broken() -> None:
    source = "import sys\ndef f():\n    from tensorflow import keras\n    import click\n    print(1)\n    sys.exit(2)"
    assert forbidden_packages("fcnn.training.x", source) == ["click", "tensorflow"]
    assert forbidden_packages("fcnn.network.backend", source) == ["click"]
    assert prints_or_exits(source) == ["print", "sys.exit"]


# --- what stays unloaded ----------------------------------------------------------------------------------------------

PROGRAM = """
import json, os, sys
answers = os.fdopen(os.dup(1), "w")
nowhere = os.open(os.devnull, os.O_WRONLY)
os.dup2(nowhere, 1)
os.dup2(nowhere, 2)
for line in sys.stdin:
    code = None
    try:
        exec(json.loads(line), {})
    except SystemExit as end:
        code = end.code or 0
    print(json.dumps([code, sorted(sys.modules)]), file=answers, flush=True)
"""
CONFIG = """\
data: {path: table.csv, target: y}
network: {layers: [4]}
"""


@pytest.fixture(scope="module")
def loaded_by(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Tuple[Optional[int], Set[str]]]]:
    """A statement's exit code, and which heavy packages are loaded when it ends, in a process that all of them share.

    As long as none loads any, each finds none loaded.
    """
    folder = tmp_path_factory.mktemp("quick")
    (folder / "table.csv").write_text("a,b,y\n1,2,3\n4,5,6\n", encoding="utf-8")
    (folder / "good.yaml").write_text(CONFIG, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=str(folder),
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:

        def run(statement: str) -> Tuple[Optional[int], Set[str]]:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(statement) + "\n")
            process.stdin.flush()
            code, modules = json.loads(process.stdout.readline())
            return code, {*modules} & {*HEAVY}

        yield run


def command(*words: str) -> str:
    return f"from fcnn.cli import main; main({list(words)!r})"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        pytest.param("import fcnn", None, id="import fcnn"),
        pytest.param("import fcnn.cli", None, id="import fcnn.cli"),
        pytest.param(command("--help"), 0, id="help"),
        pytest.param(command("--version"), 0, id="version"),
        pytest.param(command("train", "--help"), 0, id="train --help"),
        pytest.param(command("check-env"), 0, id="check-env"),
        pytest.param(command("check-env", "--json"), 0, id="check-env --json"),
        pytest.param(command("schema"), 0, id="schema"),
        pytest.param(command("compare", "nosuch", "neither"), 2, id="compare, of no runs"),
        pytest.param(command("runs"), 0, id="no runs"),
        pytest.param(command("tarin"), 2, id="mistyped command"),
        pytest.param(command("train", "good.yaml", "network.layer=[3]"), 2, id="mistyped key"),
        pytest.param(command("train", "good.yaml", "data.target=z"), 2, id="wrong column"),
        pytest.param(command("train", "table.csv", "--target", "z"), 2, id="wrong column without a config"),
        pytest.param(command("train", "good.yaml", "--run-dir", "."), 2, id="run folder in the way"),
        pytest.param(command("train", "good.yaml", "training.initial_weights=x"), 2, id="no run to start from"),
        pytest.param(command("train", "--resume", "nosuch"), 2, id="no run to go on with"),
        pytest.param(command("train", "good.yaml", "--resume", "nosuch"), 2, id="a config, and no run to go on with"),
        pytest.param(command("validate", "nosuch.yaml"), 2, id="no config"),
        pytest.param(command("show", "nosuch"), 2, id="no run"),
        pytest.param(command("lab"), 0, id="lab"),
        pytest.param(command("lab", "vanishng"), 2, id="mistyped experiment"),
        pytest.param(command("lab", "linear", "-o", "."), 2, id="experiment in a folder in use"),
        pytest.param(command("activations", "tahn"), 2, id="mistyped activation"),
        pytest.param(command("activations", "--run", "nosuch"), 2, id="no run whose layers are drawn"),
        pytest.param(command("trace", "nosuch"), 2, id="no run to trace through"),
        pytest.param(command("reproduce", "nosuch"), 2, id="no run to train again"),
        pytest.param(command("serve", "--help"), 0, id="serve --help"),
    ],
)
def test_the_quick_answers_load_nothing_heavy(statement: str, code: Optional[int], loaded_by) -> None:
    assert loaded_by(statement) == (code, set())
