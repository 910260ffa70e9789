"""Writes dist/check_env.py: `fcnn check-env` as one file for Python 3.7 and later that needs nothing installed.

Run by scripts/build-check-env, in an environment that has what requirements-standalone.lock says. The same sources
give the same bytes on every system.
"""

import argparse
import ast
import re
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Dict, Iterator, List

ROOT = Path(__file__).resolve().parent.parent
PARTS = ROOT / "scripts" / "standalone"
LIBRARIES = {"packaging": "packaging", "pyyaml": "yaml", "tomli": "tomli"}
"""Distributions that are inlined, and the package each has."""
LEFT_OUT = {"packaging.metadata", "yaml.cyaml"}
"""Modules that are never imported; PyYAML does without the second where there is no C library."""


def main() -> int:
    """Builds the file and checks that it holds what it was built from."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist" / "check_env.py", metavar="FILE")
    output = parser.parse_args().output
    text = build()
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(text.encode("utf-8"))
    output.chmod(0o755)
    print(f"Written: {output} ({len(text) // 1024} KiB)", file=sys.stderr)
    return 0


def build() -> str:
    """The file's text."""
    own = own_sources()
    libraries = {name: distribution(name) for name in LIBRARIES}
    sources = [heading("fcnn", (ROOT / "LICENSE").read_text(encoding="utf-8")), *map(assignment, own, own.values())]
    expected = dict(own)
    for name, package in LIBRARIES.items():
        library = library_sources(libraries[name], package)
        sources.append(heading(title(libraries[name]), licence(libraries[name])))
        sources += map(assignment, library, library.values())
        expected.update(library)
    text = (PARTS / "check_env.py").read_text(encoding="utf-8")
    for mark, value in (
        ("@VERSION@", version()),
        ("@LIBRARIES@", "\n".join(f"    {title(library)}" for library in libraries.values())),
        ("# @SOURCES@", "\n\n".join(sources)),
    ):
        before, found, after = text.partition(mark)
        assert found, f"{mark} is not in the frame"
        text = before + value + after
    assert inlined(text) == expected, "the file does not hold what it was built from"
    return text


def own_sources() -> Dict[str, str]:
    """Module name to source: fcnn's own modules, and the front end in place of the command line."""
    package = ROOT / "src" / "fcnn"
    sources = {
        "fcnn": f'"""As much of fcnn as check_env.py needs."""\n\n__version__ = "{version()}"\n',
        "fcnn.errors": read(package / "errors.py"),
        "fcnn.wording": read(package / "wording.py"),
        "fcnn.standalone": read(PARTS / "front.py"),
    }
    sources.update(modules_in(package / "environment", "fcnn.environment"))
    return sources


def library_sources(library: Distribution, package: str) -> Dict[str, str]:
    """Module name to source of a library's package."""
    found = modules_in(Path(str(library.locate_file(package))), package)
    return {name: source for name, source in found.items() if name not in LEFT_OUT}


def modules_in(folder: Path, package: str) -> Dict[str, str]:
    """Module name to source of everything below a package's folder, by name."""
    names = {}
    for path in folder.rglob("*.py"):
        parts = path.relative_to(folder).with_suffix("").parts
        names[".".join((package, *(part for part in parts if part != "__init__")))] = path
    assert package in names, f"there is no package in {folder}"
    return {name: read(names[name]) for name in sorted(names)}


def read(path: Path) -> str:
    """A source, which may be empty."""
    return path.read_text(encoding="utf-8")


def version() -> str:
    """The version of fcnn, without importing it."""
    source = read(ROOT / "src" / "fcnn" / "__init__.py")
    return ast.literal_eval(re.findall(r"(?m)^__version__ = (.*)$", source)[0])


def title(library: Distribution) -> str:
    """Name and version as its metadata have them."""
    return f"{library.metadata['Name']} {library.version}"


def licence(library: Distribution) -> str:
    """The texts of a library's licence files, by name."""
    files = [file for file in library.files or () if re.match(r"LICEN[CS]E", file.name)]
    assert files, f"{title(library)} brings no licence"
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(files, key=lambda file: file.name))


def heading(name: str, text: str) -> str:
    """A comment that begins a part of the file."""
    lines = [f"--- {name} ".ljust(118, "-"), *(line.rstrip() for line in text.strip().splitlines())]
    return "\n".join(f"# {line}".rstrip() for line in lines)


def assignment(name: str, source: str) -> str:
    """A statement that keeps a module's source, as readable as it was."""
    return f"SOURCES[{name!r}] = {' '.join(literals(source))}".replace("'", '"', 2)


def literals(source: str) -> Iterator[str]:
    """A text as literals of Python that stand beside each other, raw wherever that is possible."""
    pieces: List[str] = source.split("'''")
    for position, piece in enumerate(pieces):
        raw = f"r'''{piece}'''"
        try:
            faithful = ast.literal_eval(raw) == piece
        except SyntaxError:  # ends with a quote or a backslash
            faithful = False
        yield raw if faithful else repr(piece)
        if position < len(pieces) - 1:
            yield '"' + "'''" + '"'


def inlined(text: str) -> Dict[str, str]:
    """What a built file holds."""
    statements: List[ast.stmt] = [node for node in ast.parse(text).body if isinstance(node, ast.Assign)]
    names: Dict[str, Dict[str, str]] = {}
    exec(compile(ast.Module(statements, []), "check_env.py", "exec"), names)
    return names["SOURCES"]


if __name__ == "__main__":
    sys.exit(main())
