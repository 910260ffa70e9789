"""Addresses and paths in lists: the package that the name of a file or a fragment tells."""

import re
from typing import Tuple
from urllib.parse import unquote

from fcnn.environment.listed.versions import parsed_version

_ARCHIVE = re.compile(r"\.(whl|zip|tar\.gz|tar\.bz2|tar\.xz|tgz)$", re.IGNORECASE)


def takes_for_address(text: str) -> bool:
    """Whether pip takes a line for an address or a path and not for a name."""
    first = re.split(r"\s*;|\s@\s", text, maxsplit=1)[0].strip()
    return (
        re.match(r"[A-Za-z][A-Za-z0-9+.-]+:(//|[^=<>!~ ]*/)", first) is not None
        or first.startswith((".", "/", "~/", "\\"))
        or re.match(r"[A-Za-z]:[\\/]", first) is not None
        or (_ARCHIVE.search(first) is not None and " " not in first)
        or re.match(r"[\w.-]+[\\/]", first) is not None
    )


def named_by(address: str) -> Tuple[str, str]:
    """Name and version that an address tells; each empty where it does not."""
    path, _, fragment = address.strip().partition("#")
    egg = re.search(r"(?:^|&)egg=([A-Za-z0-9][\w.-]*)", unquote(fragment))
    if egg:
        return egg.group(1).rstrip(".-_"), ""
    file = unquote(re.split(r"[\\/]", path.partition("?")[0])[-1])
    if file.lower().endswith(".whl"):
        parts = file[:-4].split("-")
        if len(parts) in (5, 6) and _is_name(parts[0]) and parsed_version(parts[1]):
            return parts[0], parts[1]
        return "", ""
    found = _ARCHIVE.search(file)
    if found and not re.match(r"(git|hg|svn|bzr)\+", path):
        name, dash, version = file[: found.start()].rpartition("-")
        if dash and _is_name(name) and parsed_version(version):
            return name, version
    return "", ""


def _is_name(text: str) -> bool:
    return re.match(r"[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$", text) is not None
