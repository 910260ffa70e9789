#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Judges a Python environment: can it run TensorFlow and Keras? One file, for Python 3.7 and later.

    python check_env.py             the environment of this very Python
    python check_env.py --help      what else it can do

This is `fcnn check-env` of fcnn @VERSION@, written by its scripts/build-check-env. Below stand, as text, the modules of
fcnn that it needs (MIT licence) and three libraries:

@LIBRARIES@

Their licences are above their sources. It works whatever is installed, and changes nothing unless `--fix` is given.
"""

import sys

if sys.version_info < (3, 7):  # so this much is written in the language of Python 2.7
    sys.stderr.write(
        "check_env.py needs Python 3.7 or later, and this is Python %d.%d. Run it by a newer one; to judge the "
        "environment of this Python:\n    python3 check_env.py --python %s\n"
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )
    sys.exit(2)

SOURCES = {}
"""Name of a module -> its source."""


class Inlined:
    """Finds the modules of SOURCES, and runs them."""

    def find_spec(self, name, path=None, target=None):
        """The module of that name, as the import system asks for it; None where it is not inlined."""
        if name not in SOURCES:
            return None
        from importlib.machinery import ModuleSpec

        return ModuleSpec(name, self, origin=self.get_filename(name), is_package=self.is_package(name))

    def create_module(self, spec):
        """None: an ordinary module will do."""

    def exec_module(self, module):
        """Run a module."""
        exec(self.get_code(module.__name__), module.__dict__)

    def get_code(self, name):
        """A module, compiled."""
        return compile(SOURCES[name], self.get_filename(name), "exec", dont_inherit=True)

    def get_source(self, name):
        """The text of a module, for tracebacks."""
        return SOURCES[name]

    def get_filename(self, name):
        """What a traceback calls a module: a file in this one, as if this were a folder."""
        file = name.replace(".", "/") + ("/__init__.py" if self.is_package(name) else ".py")
        return "{}/{}".format(globals().get("__file__", "check_env.py"), file)

    def is_package(self, name):
        """Whether a module has others in it."""
        return any(other.startswith(name + ".") for other in SOURCES)


def prepare():
    """Let imports find the inlined modules first, then Python's own, then what is installed.

    A numpy.py or typing.py beside this file, or in a folder of PYTHONPATH, is a reason to be asked for help; so it must
    not be what is imported here.
    """
    first = sys.path[:1]
    del sys.path[:1]
    import os  # with -S the first import of all, so it must not come from beside this file

    folder = os.path.dirname(os.path.realpath(globals().get("__file__", "")))
    alone = sys.flags.isolated or getattr(sys.flags, "safe_path", False)
    if alone or not (first == [""] or list(map(os.path.realpath, first)) == [folder]):
        sys.path[:0] = first

    library = os.path.dirname(os.__file__)
    own = [library, os.path.join(library, "lib-dynload"), os.path.join(os.path.dirname(library), "DLLs")]
    own = list(map(os.path.normcase, own))
    sys.path.sort(key=lambda item: os.path.normcase(item) not in own)  # otherwise as they were

    roots = {name.partition(".")[0] for name in SOURCES}
    wrong = set()  # found by that name before this file could take care
    for name, module in list(sys.modules.items()):
        file = os.path.normcase(getattr(module, "__file__", None) or "")
        if name in roots:
            if not isinstance(getattr(module, "__loader__", None), Inlined):
                wrong.add(name)
        elif file and not file.startswith(os.path.normcase(library)):
            if os.path.isfile(os.path.join(library, name + ".py")):
                wrong.add(name)
    for name in [name for name in sys.modules if name.partition(".")[0] in wrong]:
        del sys.modules[name]
    if not any(isinstance(finder, Inlined) for finder in sys.meta_path):
        sys.meta_path.insert(0, Inlined())


def main(arguments=None):
    """Judge as the arguments say (sys.argv's, where there are none); the exit code."""
    prepare()
    from fcnn.standalone import main

    return main(arguments)


# @SOURCES@

if __name__ == "__main__":
    prepare()
    import traceback

    sys.excepthook = traceback.print_exception  # unlike Python's own, it finds the lines of what is inlined
    sys.exit(main())
