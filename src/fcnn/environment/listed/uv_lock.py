"""uv.lock: a graph of packages with markers on its edges, walked from the project for one Python."""

from typing import Any, Dict, List, Sequence, Set, Tuple

from fcnn.environment.facts import normalised
from fcnn.environment.listed.markers import holds
from fcnn.environment.listed.model import Entry, Environment, Listing, Place, PythonHint
from fcnn.environment.listed.toml_reading import Finder, table_in, tables_in, text_at, texts_at
from fcnn.environment.listed.versions import LONGEST, exactly

_Block = Dict[str, Any]


def read_uv_lock(document: Dict[str, Any], text: str, place: Place, listing: Listing) -> None:
    """Read uv.lock: what the project needs, without its extras and groups."""
    finder = Finder(text, place)
    requires = text_at(document, "requires-python")
    if requires:
        listing.pythons.append(PythonHint(requires, finder.where(r"^requires-python\s*="), requires))
    tables = tables_in(document, "package")
    places = finder.blocks("[[package]]")
    blocks: List[Tuple[_Block, str]] = []
    for number, table in enumerate(tables):
        where = places[number] if len(places) == len(tables) else place.name
        if not text_at(table, "name") or len(text_at(table, "version")) > LONGEST:
            listing.refuse("this entry has no name", where, "name and version", str(table)[:300])
        else:
            blocks.append((table, where))
    listing.resolutions.append(lambda environment: _resolved(blocks, environment))


def _resolved(blocks: List[Tuple[_Block, str]], environment: Environment) -> Sequence[Entry]:
    """What the roots reach."""
    here = [item for item in blocks if _applies(item[0], environment)]
    roots = [number for number, (block, _) in enumerate(here) if _is_root(block)]
    by_name: Dict[str, List[int]] = {}
    for number, (block, _) in enumerate(here):
        by_name.setdefault(normalised(text_at(block, "name")), []).append(number)
    reached: Set[int] = set()
    # A lock of a script has no project in it.
    waiting: List[Tuple[int, Tuple[str, ...]]] = [(number, ()) for number in roots or range(len(here))]
    done: Set[Tuple[int, Tuple[str, ...]]] = set()
    while waiting:
        number, extras = waiting.pop()
        if (number, extras) in done:
            continue
        done.add((number, extras))
        reached.add(number)
        block = here[number][0]
        edges = tables_in(block, "dependencies")
        for extra in extras:
            edges = edges + tables_in(table_in(block, "optional-dependencies"), extra)
        for edge in edges:
            if not holds(text_at(edge, "marker"), environment):
                continue
            version = text_at(edge, "version")
            wanted = tuple(texts_at(edge, "extra"))
            targets = by_name.get(normalised(text_at(edge, "name")), [])
            waiting.extend(
                (target, wanted) for target in targets if version in ("", text_at(here[target][0], "version"))
            )
    return [_entry(*here[number]) for number in sorted(reached) if number not in roots]


def _applies(block: _Block, environment: Environment) -> bool:
    markers = texts_at(block, "resolution-markers")
    return not markers or any(holds(marker, environment) for marker in markers)


def _is_root(block: _Block) -> bool:
    source = table_in(block, "source")
    return "virtual" in source or "editable" in source


def _entry(block: _Block, where: str) -> Entry:
    version = text_at(block, "version")
    return Entry(normalised(text_at(block, "name")), where, *(exactly(version) if version else ("", "")))
