"""Pictures that are to be drawn, as files: one process writes them, another one reads them."""

import json
from pathlib import Path
from typing import Any, Callable, Dict, Mapping, Tuple

import numpy as np

from fcnn.wording import Said

TEXTS = "texts.json"
"""A file with the texts of the labels, among those of the tasks."""


def write_task(path: Path, kind: str, arguments: Mapping[str, Any]) -> None:
    """Write a picture to be drawn into a file, for :func:`read_task`."""
    arrays: Dict[str, np.ndarray] = {}

    def plain(value: Any) -> Any:
        if isinstance(value, Path):
            return {"path": str(value)}
        if isinstance(value, Said):
            return {"said": [value.template, plain(value.values)]}
        if isinstance(value, np.ndarray):
            arrays[f"array_{len(arrays)}"] = value
            return {"array": f"array_{len(arrays) - 1}"}
        if isinstance(value, Mapping):
            return {"items": [[key, plain(each)] for key, each in value.items()]}
        return [plain(each) for each in value] if isinstance(value, (list, tuple)) else value

    task = json.dumps([kind, plain(arguments)])
    np.savez(str(path), task=np.array(task), **arrays)  # type: ignore[arg-type]


def read_task(path: Path) -> Tuple[str, Dict[str, Any]]:
    """Kind and arguments of the picture in a file; tuples are lists."""
    with np.load(str(path), allow_pickle=False) as file:
        kind, arguments = json.loads(str(file["task"]))
        readers: Dict[str, Callable[[Any], Any]] = {
            "path": Path,
            "said": lambda sentence: Said(sentence[0], read(sentence[1])),
            "array": lambda name: np.asarray(file[name]),
            "items": lambda pairs: {key: read(each) for key, each in pairs},
        }

        def read(value: Any) -> Any:
            if isinstance(value, dict):
                ((what, content),) = value.items()
                return readers[what](content)
            return [read(each) for each in value] if isinstance(value, list) else value

        return str(kind), read(arguments)
