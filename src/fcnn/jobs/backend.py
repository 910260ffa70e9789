"""The import of TensorFlow, which explains itself where it fails."""

import gc
from contextlib import contextmanager
from types import ModuleType
from typing import Iterator


def load_backend() -> ModuleType:
    """Import TensorFlow: :mod:`fcnn.network.backend`.

    Raises:
        UnsupportedEnvironmentError: it cannot be imported; the error tells why as far as the doctor knows.
    """
    try:
        with _without_collections():
            from fcnn.network import backend
    except Exception as error:
        from fcnn.environment.guard import import_failure

        raise import_failure(error) from error
    return backend


@contextmanager
def _without_collections() -> Iterator[None]:
    """No search for garbage while the block runs: an import leaves none, and makes objects by the hundred thousand."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()
