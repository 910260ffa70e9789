"""Where a study lies: SQLite beside the runs, or a database that several machines reach."""

import sqlite3
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Dict, Iterator, Optional, Tuple

import optuna
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from fcnn.errors import ConfigError, Problem, RunError, TrainingError
from fcnn.wording import say

FILE = "study.db"
WAIT = 60.0
"""Seconds that a process waits for another one that writes into the same file."""
DRIVERS = {
    "MySQLdb": "mysqlclient",
    "psycopg2": "psycopg2-binary",
    "psycopg": "psycopg[binary]",
    "pymysql": "pymysql",
    "mysql": "mysql-connector-python",
}
"""What is imported for a database, and the package that brings it."""


def is_url(text: str) -> bool:
    """Whether a study is named by the address of a database."""
    return "://" in text


def without_password(url: str) -> str:
    """The address as it may be shown.

    Raises:
        ConfigError: it is none.
    """
    try:
        return str(make_url(url).render_as_string(hide_password=True))
    except (ArgumentError, ValueError) as error:
        message = say("this is no address of a database")
        expected = say("such as postgresql://user:password@host/database")
        raise ConfigError(Problem(message, "--study", expected, url)) from error


def open_storage(url: Optional[str], folder: Path) -> Tuple[optuna.storages.BaseStorage, str]:
    """The storage of a study, its tables made where they were not there, and how it is shown.

    Args:
        url: of the database; None for a file in `folder`, which is there.
        folder: of the study.

    Raises:
        ConfigError: the address is none, or the package that talks to such a database is missing.
        RunError: the database cannot be reached, or is no study of this version of Optuna.
    """
    optuna.logging.set_verbosity(optuna.logging.ERROR)  # what there is to say is said by fcnn
    shown = str(folder / FILE) if url is None else without_password(url)
    if url is None:
        address = "sqlite://"
        options: Dict[str, Any] = {"creator": lambda: _connected(folder / FILE), "poolclass": NullPool}
    else:
        address = url
        is_file = make_url(url).get_backend_name() == "sqlite"
        options = {"connect_args": {"timeout": WAIT}} if is_file else {"pool_pre_ping": True}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Optuna's, about arguments of its own
            return optuna.storages.RDBStorage(address, engine_kwargs=options), shown
    except ImportError as error:
        missing = error if error.name else error.__cause__
        name = str(getattr(missing, "name", "") or "")
        message = say("the package that talks to this database is not installed: {name}", name=name)
        package = DRIVERS.get(name.partition(".")[0], name)
        raise ConfigError(
            Problem(message, "--study", received=shown, hint=say("{code}", code=f'pip install "{package}"'))
        ) from error
    except SQLAlchemyError as error:
        raise RunError(Problem(say("the study cannot be opened: {error}", error=_first_line(error)), shown)) from error
    except RuntimeError as error:
        message = say("another version of Optuna wrote this study: {error}", error=_first_line(error))
        hint = say("go on in the environment that it was begun in, or choose another --study")
        raise RunError(Problem(message, shown, hint=hint)) from error


def _connected(file: Path) -> sqlite3.Connection:
    """A connection to a file, whatever signs its name has."""
    return sqlite3.connect(str(file), timeout=WAIT, check_same_thread=False)


@contextmanager
def answering(where: str) -> Iterator[None]:
    """What goes wrong with the database in the block is a TrainingError.

    Args:
        where: the storage, as it is shown.
    """
    try:
        yield
    except (SQLAlchemyError, optuna.exceptions.OptunaError) as error:
        message = say("the study's database does not answer: {error}", error=_first_line(error))
        hint = say("the same command goes on with it")
        raise TrainingError(Problem(message, where, hint=hint)) from error


def _first_line(error: Exception) -> str:
    """What the database itself says, where it says something."""
    causes = (getattr(one, "orig", None) for one in (error, error.__cause__))
    cause = next((each for each in causes if each is not None), error)
    return next(iter(str(cause).strip().split("\n")), type(error).__name__)
