"""What happens with each kind of awkward file, as Markdown, from running the corpus of the tests.

The README has a row for a kind, docs/awkward-files.md one for each case.
"""

import sys
from pathlib import Path
from typing import Any, Callable, Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
PAGE = Path("docs") / "awkward-files.md"
START = "<!-- awkward files: written by scripts/make-docs -->\n"
END = "<!-- end of awkward files -->\n"
LONGEST = 170

Kinds = Mapping[str, Sequence[Any]]
"""Cases by kind."""
Run = Callable[[Any], Any]
"""From a case to what its command said."""


def readme_table(kinds: Kinds, run: Run) -> str:
    """The table of the README: the cases that stand for their kind."""
    rows = [
        (case.row.replace("|", "\\|"), run(case), case.varies) for cases in kinds.values() for case in cases if case.row
    ]
    return _table("awkward", ((name, _happens(said), _first_lines(said.err, varies)) for name, said, varies in rows))


def page(kinds: Kinds, run: Run) -> str:
    """The page of all cases that hold."""
    count = sum(map(len, kinds.values()))
    parts = [
        "# Awkward files\n",
        f"What fcnn does with {count} tables, configs and commands that are wrong or unusual, and what "
        "it says first of each. Written by `scripts/make-docs` from running them; the files themselves are in "
        "[tests/corpus](../tests/corpus).\n",
    ]
    for kind, cases in kinds.items():
        held = [(case, run(case)) for case in cases]
        table = _table(
            "input", ((_text(case.id), _happens(said), _first_lines(said.err, case.varies)) for case, said in held)
        )
        parts.append(f"## {kind}\n\n{table}")
    return "\n".join(parts)


def with_table(readme: str, table: str) -> str:
    """The README with another table between its marks."""
    before, rest = readme.split(START)
    return f"{before}{START}{table}{END}{rest.split(END)[1]}"


def write() -> None:
    """Write the page and the README's table."""
    sys.path.insert(0, str(ROOT / "tests"))
    from corpus.cases import BY_KIND
    from corpus.running import outcome

    (ROOT / PAGE).write_text(page(BY_KIND, outcome), encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (ROOT / "README.md").write_text(with_table(readme, readme_table(BY_KIND, outcome)), encoding="utf-8")


def _table(first: str, rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {first} | what happens | what is said |", "|---|---|---|"]
    lines += [f"| {' | '.join(row)} |".replace("  |", " |") for row in rows]
    return "\n".join([*lines, ""])


def _happens(said: Any) -> str:
    if said.code:
        return "error" if said.code == 2 else f"error (exit code {said.code})"
    return "works, and says so" if said.err.startswith("warning:") else "works"


def _first_lines(err: str, varies: str = "") -> str:
    """The first line of the first error, or else of the first finding; and what was found there, or what to do.

    Args:
        err: all that was said.
        varies: words from which on it is left out; empty for none.
    """
    lines = err.splitlines()
    starts = [number for number, line in enumerate(lines) if not line.startswith("  ")]
    if not starts:
        return ""
    first = next((number for number in starts if lines[number].startswith("error: ")), starts[0])
    end = next((number for number in starts if number > first), len(lines))
    details = [line.strip() for line in lines[first + 1 : end]]
    second = [line for line in details if line.startswith("received: ")] or [
        line for line in details if line.startswith("hint: ")
    ]
    line = lines[first]
    for severity in ("error: ", "warning: "):  # the column before says it
        line = line[len(severity) :] if line.startswith(severity) else line
    shown = "\n".join([line, *second[:1]])
    if varies and varies in shown:
        shown = shown.partition(varies)[0] + "..."
    return "<br>".join(map(_code, shown.splitlines()))


def _code(line: str) -> str:
    line = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in line)
    line = f"{line[:LONGEST]} ..." if len(line) > LONGEST else line
    return f"`` {line} ``".replace("|", "\\|")


def _text(text: str) -> str:
    """A name of a case as Markdown that shows it as it is."""
    return "".join(f"\\{sign}" if sign in "|*<_[]`" else sign for sign in text)


if __name__ == "__main__":
    write()
