"""Writes docs/lab.md, docs/zh/lab.md and their pictures by performing the experiments; see lab_lessons.yaml."""

import tempfile
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, Tuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
PICTURES = "pictures/lab"


def write() -> None:
    """Perform all experiments, and write both pages and the pictures."""
    from small_pictures import small  # in this folder, too: scripts/make_docs.py has put it on the path

    from fcnn.chinese import TEXTS
    from fcnn.jobs.lab.catalogue import SHOWS
    from fcnn.jobs.lab.perform import FIGURE, Performed, perform
    from fcnn.wording import translated

    pictures = ROOT / "docs" / PICTURES
    pictures.mkdir(parents=True, exist_ok=True)
    done: Dict[str, Performed] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in SHOWS:
            done[name] = perform(name, Path(folder) / name)
            (pictures / f"{name}.png").write_bytes(small(done[name].folder / FIGURE))
    texts_of_pages = yaml.safe_load((ROOT / "scripts" / "lab_lessons.yaml").read_text(encoding="utf-8"))
    languages: List[Tuple[str, Path, str, Mapping[str, str]]] = [
        ("en", ROOT / "docs" / "lab.md", PICTURES, {}),
        ("zh", ROOT / "docs" / "zh" / "lab.md", f"../{PICTURES}", TEXTS),
    ]
    for language, path, folder_of_pictures, texts in languages:

        def tell(text: str, texts: Mapping[str, str] = texts) -> str:
            return translated(text, texts)

        parts = [texts_of_pages["introduction"][language]]
        for name, performed in done.items():
            parts.append(_section(name, performed, texts_of_pages["lessons"][name][language], folder_of_pictures, tell))
        path.write_text("\n".join(parts), encoding="utf-8")


def _section(name: str, performed: Any, lesson: str, pictures: str, tell: Callable[[str], str]) -> str:
    """An experiment as Markdown."""
    from fcnn.jobs.lab.catalogue import SHOWS

    columns = list(performed.rows[0])
    table = [f"| {' | '.join(tell(column) for column in columns)} |", f"|{'---|' * len(columns)}"]
    table.extend(f"| {' | '.join(tell(_cell(row[column])) for column in columns)} |" for row in performed.rows)
    sentences = [f"- {tell(sentence)}" for sentence in performed.sentences]
    shows = tell(SHOWS[name])
    lines = [f"## fcnn lab {name}", "", shows, "", lesson, "", f"![{shows}]({pictures}/{name}.png)", ""]
    return "\n".join([*lines, *sentences, "", *table, ""])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    write()
