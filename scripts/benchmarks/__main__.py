"""How fast and how large fcnn is, beside others, in one run on one machine; each figure is a median."""

import argparse
import sys
from importlib import import_module
from typing import List

BENCHMARKS = ("memory", "predict", "quality", "reading", "repeat", "scale", "serve", "sharing", "speed", "startup")
"""Each a module with `add_options`, `run` and, for processes of its own, `work`."""


def main(arguments: List[str]) -> int:
    """Run what is asked for; the exit code is 1 where what was compared was not equal."""
    if arguments[:1] == ["work"]:
        import_module(arguments[1]).work(*arguments[2:])
        return 0
    modules = {name: import_module(name) for name in BENCHMARKS}
    parser = argparse.ArgumentParser(prog="scripts/benchmark", description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    for name, module in modules.items():
        kind = kinds.add_parser(
            name,
            help=(module.__doc__ or "").splitlines()[0],
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_options(kind)
        repeats = getattr(module, "REPEATS", 5)
        kind.add_argument(
            "--repeats", type=int, default=repeats, help=f"measurements of each figure (default: {repeats})"
        )
    options = parser.parse_args(arguments)
    return modules[options.kind].run(options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
