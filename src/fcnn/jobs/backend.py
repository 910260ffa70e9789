"""The import of TensorFlow, which explains itself where it fails."""

from types import ModuleType


def load_backend() -> ModuleType:
    """Import TensorFlow: :mod:`fcnn.network.backend`.

    Raises:
        UnsupportedEnvironmentError: it cannot be imported; the error tells why as far as the doctor knows.
    """
    try:
        from fcnn.network import backend
    except Exception as error:
        from fcnn.environment.guard import import_failure

        raise import_failure(error) from error
    return backend
