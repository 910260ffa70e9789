"""Everything that happens before TensorFlow is imported: config, table, checks, the network as plain data."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, List, Mapping, Optional, Sequence, Tuple, Union

from fcnn.config import Config, LoadedConfig, check_fit, config_from_mapping, load_config
from fcnn.config.presets import TableFacts
from fcnn.data.header import Header, check_same_header, read_header
from fcnn.data.roles import Roles, assign_roles
from fcnn.errors import ConfigError, Problem, RunError, errors_in
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.resolving import resolved
from fcnn.runs.folder import CACHE, find_run, safe_name
from fcnn.runs.receipt import Origin
from fcnn.wording import say, say_list

if TYPE_CHECKING:
    from fcnn.jobs.workers import Team

PARTS = {"train": "path", "validation": "validation_path", "test": "test_path"}
"""Parts of the split, and the keys of ``data`` that name the files of each."""

COPIES = 8
"""Of the weights while they are learnt: themselves, gradients, two moments of Adam, the best so far, and what is copied
of them for a checkpoint; float32."""

ConfigLike = Union[str, Path, Mapping[str, Any], Config]


@dataclass(frozen=True)
class Request:
    """A config whose column names are those of its table; made without NumPy, pandas or TensorFlow."""

    loaded: LoadedConfig
    name: str
    """The start of the run folder's name, fit to be one."""
    paths: Tuple[Path, ...]
    header: Header
    roles: Roles
    start: Optional[Path] = None
    """The run whose weights the training starts from."""
    parts: Tuple[str, ...] = ()
    """The part of the split that each file is: ``train`` stands for those to be shared out."""
    suited: Optional[Callable[[TableFacts], LoadedConfig]] = None
    """Where the table decides something: the config that suits it."""
    trainings: int = 1
    """How many trainings have rows of equal shape, so that what is compiled for one serves for all."""
    workers: int = 1
    """How many processes share the rows of every step."""
    origin: Optional[Origin] = None
    """Who asked for it; None: whoever calls, now."""
    dataset: Optional[Any] = None
    """The :class:`fcnn.data.dataset.Dataset`, where the table has been read for another training of this process."""

    @property
    def config(self) -> Config:
        """The config as it was written."""
        return self.loaded.config


@dataclass(frozen=True)
class Prepared:
    """A request whose table has been read: ready to train."""

    request: Request
    config: Config
    """With everything that follows from the table written out: task, batch size, output layer, loss."""
    dataset: Any
    """:class:`fcnn.data.dataset.Dataset`"""
    design: Any
    """:class:`fcnn.network.architecture.Design`"""
    findings: Tuple[Problem, ...]
    """Warnings and notes."""
    initial: Optional[Mapping[str, Any]] = None
    """The arrays to start from, where the config names a run."""
    encoded: Optional[Callable[[], Any]] = None
    """Makes the dataset with its matrices, where they are made only when the training's turn comes."""

    def with_matrices(self) -> "Prepared":
        """The same, ready to train."""
        return self if self.encoded is None else replace(self, dataset=self.encoded(), encoded=None)


def read_request(config: ConfigLike, overrides: Sequence[str] = (), name: Optional[str] = None) -> Request:
    """Read the config and the first line of its table.

    Args:
        config: the path of a YAML file, or a mapping like one.
        overrides: ``key=value`` texts.
        name: the start of the run folder's name; by default the config's own.

    Raises:
        ConfigError: with all problems of the config.
        DataError: the table cannot be read, or lacks columns that the config names.
    """
    if isinstance(config, (str, Path)):
        return request_of(load_config(config, overrides), name)
    return request_of(config_from_mapping(config, name=name or "run", overrides=overrides), name)


def request_of(loaded: LoadedConfig, name: Optional[str] = None) -> Request:
    """The same for a config that has been read."""
    files = {part: loaded.data_paths(key) for part, key in PARTS.items()}
    paths = tuple(path for found in files.values() for path in found)
    headers = [read_header(path, loaded.config.data.encoding) for path in paths]
    check_same_header(headers)
    return Request(
        loaded,
        safe_name(name or loaded.config.run.name or loaded.name),
        paths,
        headers[0],
        assign_roles(loaded.config.data, headers[0], loaded.locate),
        _start(loaded),
        tuple(part for part, found in files.items() for _ in found),
        None if loaded.config.preset is None else loaded.suited_to,
    )


def _start(loaded: LoadedConfig) -> Optional[Path]:
    """The run folder that `training.initial_weights` means, absolute."""
    run = loaded.config.training.initial_weights
    if run is None:
        return None
    try:
        return find_run(run, Path(loaded.config.run.dir)).absolute()
    except RunError as error:
        where = loaded.locate(("training", "initial_weights"))
        problems = (
            replace(each, where=where, message=say("{place}: {message}", place=each.where, message=each.message))
            for each in error.problems
        )
        raise ConfigError(*problems) from error


def prepare_job(request: Request, reporter: Optional[Reporter] = None, team: "Optional[Team]" = None) -> Prepared:
    """Read the table, fit the preprocessing and check the config against what was found.

    Args:
        request: the job.
        reporter: is told how far the reading of a large table has come.
        team: the processes that read the same table, where they are several.

    Raises:
        DataError: whatever in the table cannot be used.
        ConfigError: the config does not fit the table.
    """
    return with_dataset(request, read_dataset(request, reporter or Reporter(), team))


def read_dataset(request: Request, reporter: Reporter, team: "Optional[Team]" = None) -> Any:
    """The :class:`fcnn.data.dataset.Dataset` of a request: read, or the one that it has; see :func:`prepare_job`."""
    from fcnn.data.dataset import prepare

    if request.dataset is not None:
        return request.dataset
    config = request.config
    storage = storage_of(request, reporter, team)
    return prepare(config.data, request.paths, request.roles, config.seed, request.parts, storage)


def storage_of(request: Request, reporter: Reporter, team: "Optional[Team]" = None) -> Any:
    """The :class:`fcnn.data.storage.Storage` for a table that is larger than memory, below the folder of runs."""
    from fcnn.data.memory import memory_limit
    from fcnn.data.storage import Storage

    config = request.config
    readers = None if team is None else team.readers()
    limit = memory_limit(config.data.memory)
    return Storage(Path(config.run.dir) / CACHE, limit, reporter.working, reporter.line, readers)


def with_dataset(request: Request, dataset: Any) -> Prepared:
    """Check the config against a :class:`fcnn.data.dataset.Dataset`, and decide what follows from it.

    Raises:
        ConfigError: the config does not fit the table.
    """
    from fcnn.data.memory import shortage
    from fcnn.jobs.front_design import design_front
    from fcnn.jobs.held_out import check_held_out
    from fcnn.network.architecture import design_network

    if request.suited is not None:
        request = replace(request, loaded=request.suited(table_facts(dataset)), suited=None)
    config = request.config
    task, classes = dataset.target.task, dataset.target.classes
    training = dataset.parts["train"]
    rows, features = training.x.shape
    findings: List[Problem] = [*request.loaded.problems, *dataset.findings]

    def fitting(parameters: Optional[int]) -> List[Problem]:
        return check_fit(config, task, rows, features, classes, parameters, request.loaded.locate)

    errors = errors_in(fitting(None))
    if errors:
        raise ConfigError(*errors)
    check_held_out(config, dataset.parts, request.loaded.locate(("decision",)))
    front, notes = design_front(config, dataset.preprocessing, training.x, request.loaded.locate)
    findings += notes
    target_range = (float(training.y.min()), float(training.y.max())) if task == "regression" else None
    design = design_network(config, task, features, len(classes), target_range, front)
    parameters = design.architecture.trainable_parameters
    findings += fitting(parameters)
    lacking = shortage(COPIES * 4.0 * parameters)
    if lacking is not None:
        message = say("the network needs about {needed} of memory, and {there} are free", **lacking._asdict())
        where = request.loaded.locate(("network", "layers"))
        raise ConfigError(Problem(message, where, received=sizes(design.architecture), hint=say("fewer units")))
    initial = _initial_arrays(request, design.architecture)
    return Prepared(request, resolved(request, task, rows, design), dataset, design, tuple(findings), initial)


def table_facts(dataset: Any) -> TableFacts:
    """What the choices of a preset depend on."""
    return TableFacts(dataset.target.task, *dataset.parts["train"].x.shape)


def _initial_arrays(request: Request, wanted: Any) -> Optional[Mapping[str, Any]]:
    """The arrays of the run to start from, where the config names one."""
    if request.start is None:
        return None
    from fcnn.runs.record import read_model

    model = read_model(request.start)
    if model.architecture.shapes() == wanted.shapes():
        return model.arrays
    message = "the network of that run has other shapes than this config's"
    where = request.loaded.locate(("training", "initial_weights"))
    raise ConfigError(Problem(message, where, sizes(wanted), sizes(model.architecture)))


def describe(prepared: Prepared) -> str:
    """The job in one line: rows, features, network, task."""
    dataset, architecture = prepared.dataset, prepared.design.architecture
    return say(
        "{task}: {rows} rows; network {network}, {parameters:,} parameters",
        task=dataset.target.task,
        rows=rows_in_parts(dataset),
        network=sizes(architecture),
        parameters=architecture.trainable_parameters,
    )


def rows_in_parts(dataset: Any) -> str:
    """How many rows each part of the split has: ``42 train, 9 validation, 9 test``."""
    return say_list(_rows_in(name, len(part.rows)) for name, part in dataset.parts.items())


def _rows_in(part: str, count: int) -> str:
    if part == "train":
        return say("{count:,} train", count=count)
    return say("{count:,} test", count=count) if part == "test" else say("{count:,} validation", count=count)


def sizes(architecture: Any) -> str:
    """The layers in one line: ``16 -> 64 relu -> 3 softmax``; behind the inputs what the front makes of them."""
    front = [f"{width} {each.name}" for width, each in zip(architecture.widths[1:], architecture.front)]
    layers = [f"{layer.units} {layer.activation_name}" for layer in architecture.layers]
    return " -> ".join([str(architecture.inputs), *front, *layers])
