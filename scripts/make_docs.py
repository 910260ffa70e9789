"""Writes what the documentation has from the program itself.

docs/commands.md, a page for each rule in docs/rules and docs/zh/rules, docs/awkward-files.md with the README's table of
the same, docs/activations.md and docs/trace.md, and, with --pictures, docs/pictures with docs/lab.md, docs/zh/lab.md.
"""

import os
import sys
import tempfile
from pathlib import Path

import click

from fcnn.cli import COMMANDS
from fcnn.cli import fcnn as group

ROOT = Path(__file__).resolve().parent.parent
PICTURES = (
    "learning_curves.png",
    "confusion_matrix.png",
    "network.png",
    "importance.png",
    "decision_surface.png",
    "neurons.png",
)


def commands_page() -> str:
    """All help texts as a Markdown page; the same on both stacks."""
    parts = ["# Commands\n", "Written by `scripts/make-docs` from the help texts.\n"]
    context = click.Context(group, info_name="fcnn", terminal_width=100, **group.context_settings)
    parts.append(f"```text\n{group.get_help(context)}\n```\n")
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        own = click.Context(command, info_name=name, parent=context)
        parts.append(f"## fcnn {name}\n")
        parts.append(f"```text\n{command.get_help(own)}\n```\n")
    return "\n".join(parts)


def make_pictures() -> None:
    """Train the penguins and keep the pictures that the README and the pages show."""
    from small_pictures import small  # found where the rules' pages were

    import fcnn
    from fcnn.jobs.activations import portray
    from fcnn.jobs.surface import draw_surface

    with tempfile.TemporaryDirectory() as runs:
        run = fcnn.train(ROOT / "configs" / "penguins.yaml", [f"run.dir={runs}"])
        draw_surface(str(run.folder))
        for name in PICTURES:
            (ROOT / "docs" / "pictures" / name).write_bytes(small(run.folder / "plots" / name))
        drawn = portray(["softmax"], Path(runs) / "activations", run)
        for file in drawn.files:
            (ROOT / "docs" / "pictures" / file.name).write_bytes(small(file))


def write_rule_pages() -> None:
    """Write the page of every rule, and take away those of rules that are no more."""
    sys.path.insert(0, str(ROOT / "scripts"))
    from rule_pages import FOLDERS, rule_pages

    pages = rule_pages()
    for path, text in pages.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8")
    for folder in FOLDERS.values():
        for path in (ROOT / folder).glob("*.md"):
            if path.relative_to(ROOT) not in pages:
                path.unlink()


if __name__ == "__main__":
    os.environ["FCNN_LANG"] = "en"  # whatever the system speaks
    (ROOT / "docs" / "commands.md").write_text(commands_page(), encoding="utf-8")
    write_rule_pages()
    from corpus_table import write as write_awkward_files  # found where the rules' pages were

    write_awkward_files()
    from insight_pages import write as write_insight_pages

    write_insight_pages()
    if "--pictures" in sys.argv[1:]:
        make_pictures()
        from lab_page import write as write_lab_pages

        write_lab_pages()
