"""From a config file or a mapping, and overrides, to a config with everything known about it."""

from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, List, Mapping, Optional, Sequence, Tuple, Union

import msgspec

from fcnn.config.checks import check_config
from fcnn.config.checks_search import search_findings
from fcnn.config.convert import build, find_problems
from fcnn.config.document import Document, Finding
from fcnn.config.layering import layered
from fcnn.config.mapping import document_of
from fcnn.config.paths import Path
from fcnn.config.presets import TableFacts
from fcnn.config.reading import read_document
from fcnn.config.search import Values, overrides_of, overrides_of_layers
from fcnn.config.structs import Config
from fcnn.config.tables import find_tables
from fcnn.errors import ConfigError, Problem, errors_in
from fcnn.wording import say

PATHS = ("path", "validation_path", "test_path")
"""The keys of ``data`` that name files."""


@dataclass(frozen=True)
class LoadedConfig:
    """A config without errors, and where each of its values was written."""

    config: Config
    source: Optional[FilePath]
    """The config file as given; None where there is none."""
    base_dir: FilePath
    """The folder that a relative `data.path` starts from."""
    name: str
    """The file's name without its ending: the start of a run folder's name."""
    document: Document
    """What is in force, and where it was written; a preset's values were written nowhere."""
    problems: Tuple[Problem, ...] = ()
    """Warnings and notes."""
    read: Optional[Document] = None
    """What was written in the file alone."""
    typed: Tuple[str, ...] = ()
    """The overrides."""

    def locate(self, path: Path) -> str:
        """Write where a value of the config is: ``penguins.yaml:7:18 network.layers[1].activation``."""
        return self.document.locate(path)

    def data_paths(self, key: str = "path") -> Tuple[FilePath, ...]:
        """The files of the table, absolute; those of a pattern in sorted order.

        A relative path starts at the config file's folder. One that was typed as an override starts at the
        current folder, as paths on a command line do, or else at the config file's.

        Args:
            key: ``path``, ``validation_path`` or ``test_path``; no files where the config does not have it.

        Raises:
            ConfigError: where a file is not there, or is a folder, or a pattern matches nothing.
        """
        given = getattr(self.config.data, key)
        if given is None:
            return ()
        named: List[Tuple[Path, str]] = (
            [(("data", key), given)]
            if isinstance(given, str)
            else [(("data", key, index), text) for index, text in enumerate(given)]
        )
        return find_tables([(text, self._folders(path), self.locate(path)) for path, text in named])

    def absolute(self) -> Config:
        """The config with `data.path` as absolute files, so that it means the same in every folder.

        Raises:
            ConfigError: as :meth:`data_paths`.
        """
        files = {key: [str(file) for file in self.data_paths(key)] for key in PATHS}
        paths: Any = {key: found[0] if len(found) == 1 else found for key, found in files.items() if found}
        data = msgspec.structs.replace(self.config.data, **paths)
        return msgspec.structs.replace(self.config, data=data)

    def suited_to(self, table: TableFacts) -> "LoadedConfig":
        """The same where there is no preset; else with the values that it has for a table.

        Raises:
            ConfigError: they do not go together with what the user wrote.
        """
        if self.config.preset is None or self.read is None:
            return self
        return _judge(self.read, (), self.typed, self.source, self.base_dir, self.name, table, searching=False)

    def varied(self, values: Values, table: Optional[TableFacts] = None) -> "LoadedConfig":
        """The same with other values of some keys, as if they were typed behind all the other overrides.

        Args:
            values: by key, ``[*]`` in which stands for every layer.
            table: what is known of the table, by which a preset may choose the layers; None before it has been read.

        Raises:
            ConfigError: they do not go together, or not with the rest.
        """
        assert self.read is not None
        typed = (*self.typed, *overrides_of(values))
        made = _judge(self.read, (), typed, self.source, self.base_dir, self.name, table, searching=False)
        typed = (*typed, *overrides_of_layers(values, len(made.config.network.layers)))
        return _judge(self.read, (), typed, self.source, self.base_dir, self.name, searching=False)

    def _folders(self, path: Path) -> Tuple[FilePath, ...]:
        typed = any(path[:length] in self.document.overrides for length in range(1, len(path) + 1))
        return (FilePath.cwd(), self.base_dir) if typed else (self.base_dir,)


def load_config(path: Union[str, FilePath], overrides: Sequence[str] = ()) -> LoadedConfig:
    """Read a config file and judge it, with ``key=value`` overrides from the command line.

    Raises:
        ConfigError: with every problem of the file and the overrides, in the order of the file.
    """
    document, findings = read_document(path)
    source = FilePath(path)
    return _judge(document, findings, overrides, source, source.absolute().parent, source.stem)


def config_from_mapping(
    mapping: Union[Mapping[str, Any], Config],
    base_dir: Union[str, FilePath, None] = None,
    name: str = "run",
    overrides: Sequence[str] = (),
) -> LoadedConfig:
    """Judge a config that is given from Python.

    Args:
        mapping: what the YAML file would hold; tuples, paths, NumPy's numbers and structs are understood.
        base_dir: the folder that a relative `data.path` starts from; default: the current one.
        name: the start of a run folder's name.
        overrides: ``key=value`` texts.

    Raises:
        ConfigError: with every problem; the places are paths such as ``network.layers[1].activation``.
    """
    document, findings = document_of(mapping)
    folder = FilePath.cwd() if base_dir is None else FilePath(base_dir).absolute()
    return _judge(document, findings, overrides, None, folder, name)


def _judge(
    document: Document,
    findings: Sequence[Finding],
    overrides: Sequence[str],
    source: Optional[FilePath],
    base_dir: FilePath,
    name: str,
    table: Optional[TableFacts] = None,
    searching: bool = True,
) -> LoadedConfig:
    read = document
    document, wrong_overrides = layered(read, overrides, table)
    wrong = [*document.in_order([*findings, *find_problems(document.value)]), *wrong_overrides]
    if wrong:
        raise ConfigError(*wrong)
    try:
        config = build(document)
    except msgspec.ValidationError as error:  # only where the walk overlooked what msgspec sees
        raise ConfigError(Problem(say("this is no config: {error}", error=str(error)), where=document.name)) from error
    problems = document.in_order(check_config(config))
    loaded = LoadedConfig(config, source, base_dir, name, document, tuple(problems), read, tuple(overrides))
    if config.search is not None and searching and not errors_in(problems):
        problems = document.in_order(search_findings(config.search, lambda values: _errors_of(loaded, values)))
    if errors_in(problems):
        raise ConfigError(*problems)
    return loaded


def _errors_of(loaded: LoadedConfig, values: Values) -> Sequence[Problem]:
    """Those of the config that has other values of some keys."""
    try:
        loaded.varied(values)
    except ConfigError as error:
        return errors_in(error.problems)
    return ()
