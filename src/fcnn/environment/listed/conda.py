"""conda's environment.yml, written by hand or by `conda env export`, and conda-lock's file."""

import re
from typing import Iterator, Tuple

from fcnn.environment.listed.conda_names import add_conda
from fcnn.environment.listed.model import Listing, Place
from fcnn.environment.listed.requirements import read_line
from fcnn.environment.listed.versions import Wanted, exactly, of_conda
from fcnn.environment.listed.yaml_reading import Mapping, Node, Scalar, Sequence, items_in, load_yaml, text_in

_SPECIFICATION = re.compile(
    r"(?:[^\s:\[\]]+::)?(?P<name>[A-Za-z0-9_][\w.-]*)\s*(?P<rest>[^\[]*)(?:\[(?P<options>.*)\])?$", re.DOTALL
)
"""channel::name version build [key=value, ...]"""
EXPECTED = "a package such as `numpy=1.19.5` or `numpy>=1.19,<1.20`"


def read_yaml(text: str, place: Place, listing: Listing, system: str, machine: str) -> None:
    """Read an environment.yml or a conda-lock.yml, whichever it is; of the latter what is for this machine."""
    document = load_yaml(text, place.name)
    if isinstance(document, Mapping) and isinstance(document.get("package"), Sequence):
        _read_lock(document, place, listing, system, machine)
        return
    dependencies = document.get("dependencies") if isinstance(document, Mapping) else Scalar("", 0)
    if not isinstance(dependencies, Sequence):
        listing.refuse(
            "the file has no list of dependencies", place.name, "an environment.yml of conda with `dependencies:`"
        )
        return
    exported = bool(text_in(document, "prefix"))
    for item, of_pip in _items(dependencies):
        where = place.line(item.line)
        if not isinstance(item, Scalar):
            listing.refuse("this is no package", where, EXPECTED, "a list or a mapping")
        elif of_pip:
            line = re.sub(r"(^|\s)#.*$", "", item.text, flags=re.DOTALL).strip()
            if line:
                read_line(line, place, where, listing)
        else:
            _read_specification(item.text, where, listing, exported)


def _items(dependencies: Sequence) -> Iterator[Tuple[Node, bool]]:
    """Every item, and whether pip installs it."""
    for item in dependencies.items:
        if isinstance(item, Mapping):
            for key, value in item.pairs:
                if isinstance(key, Scalar) and key.text == "pip" and isinstance(value, Sequence):
                    yield from ((inner, True) for inner in value.items)
                elif not (isinstance(key, Scalar) and key.text == "pip" and value == Scalar("", value.line)):
                    yield item, False
        else:
            yield item, False


def _read_specification(text: str, where: str, listing: Listing, exported: bool) -> None:
    """A match specification of conda."""
    text = text.strip()
    found = _SPECIFICATION.match(text) if len(text) < 1000 else None
    if not found:
        listing.refuse("this is no package as conda names it", where, EXPECTED, text)
        return
    rest = found.group("rest").strip()
    in_options = re.search(r"""version\s*=\s*(?:"([^"]*)"|'([^']*)'|([^,\s]+))""", found.group("options") or "")
    if in_options:
        version = next(filter(None, in_options.groups()), "")
    elif re.match(r"=[^=\s]+=\S+$", rest):  # =1.19.5=py38h1 has a build, so it is one version
        version, exported = rest[1:].partition("=")[0], True
        version = version if "*" in version else f"=={version}"
    elif re.match(r"[^=<>!~\s][^\s]*\s+\S+$", rest) and "|" not in rest and "," not in rest:  # 1.19.5 py38_0
        version = rest.split()[0]
    else:
        version = rest
    if version and not re.match(r"[=<>!~\s]*[\dv*(^]", version):
        listing.refuse("this is no package as conda names it", where, EXPECTED, text)
        return
    add_conda(listing, found.group("name"), of_conda(version, exported), where, text)


def _read_lock(document: Mapping, place: Place, listing: Listing, system: str, machine: str) -> None:
    """conda-lock's file: a package of each platform an entry."""
    packages = items_in(document, "package")
    platforms = sorted({text_in(item, "platform") for item in packages})
    here = conda_platform(system, machine)
    if platforms and here not in platforms:
        listing.refuse("the lock holds nothing for this machine", place.name, here, ", ".join(platforms))
        return
    for item in packages:
        name, version = text_in(item, "name"), text_in(item, "version")
        where = place.line(item.line)
        if not re.match(r"[A-Za-z0-9_][\w.-]*$", name) or not version:
            listing.refuse("this entry has no name and version", where)
        elif text_in(item, "platform") == here and _of_main(item):
            if text_in(item, "manager") == "pip":
                listing.add(name, where, *exactly(version))
            else:
                add_conda(listing, name, Wanted(*exactly(version)), where, f"{name} {version}")


def _of_main(item: Node) -> bool:
    """Whether an entry is installed without asking for more: conda-lock has one category, or since 3 several."""
    categories = items_in(item, "categories")
    return (
        text_in(item, "category") in ("", "main")
        if not categories
        else any(isinstance(category, Scalar) and category.text == "main" for category in categories)
    )


def conda_platform(system: str, machine: str) -> str:
    """What conda calls a machine: linux-64, osx-arm64, win-64."""
    kind = {"Linux": "linux", "Darwin": "osx", "Windows": "win"}.get(system, system.lower())
    lower = machine.lower()
    if lower in ("x86_64", "amd64"):
        return f"{kind}-64"
    return f"{kind}-{'arm64' if lower in ('arm64', 'aarch64') and kind != 'linux' else lower}"
