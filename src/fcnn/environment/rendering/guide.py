"""The guide to a stack as text and as a JSON document."""

from typing import Dict, List, Sequence

from fcnn.environment.rendering.console import INDENT, Console, Style, console, plain, wrapped
from fcnn.environment.target import Guide
from fcnn.environment.ways import Way
from fcnn.environment.wording import Said

_NAMES = {"pip": "pip", "uv": "uv", "conda": "conda", "docker": "Docker"}


def render_guide(
    guide: Guide, encoding: str = "utf-8", language: str = "en", width: int = 80, style: Style = plain
) -> str:
    """Write the guide as text: the way to take in full, then the others."""
    there = console(encoding, language, width, style)
    say = there.say
    title = say("The pinned stack" if guide.stack == "pinned" else "The current stack")
    lines = [there.title(say("{stack} on this machine: Python {version}").format(stack=title, version=guide.python))]
    lines += wrapped(", ".join(guide.pins), there.width, INDENT, INDENT)
    for remark in guide.remarks:
        lines += there.sentence(remark.tell(say))
    if not guide.recommended:
        lines += ["", *there.sentence(say("None of these ways can work on this machine as it is"), "")]
    for way in sorted(guide.ways, key=lambda way: (way.tool != guide.recommended, bool(way.obstacles))):
        lines += ["", *_way(way, way.tool == guide.recommended, there)]
    return there.text(lines)


def guide_document(guide: Guide) -> Dict[str, object]:
    """The guide as types that JSON has; in English."""
    return {
        "stack": guide.stack,
        "python": guide.python,
        "packages": list(guide.pins),
        "recommended": guide.recommended,
        "remarks": _told(guide.remarks),
        "ways": [
            {
                "tool": way.tool,
                "works": not way.obstacles,
                "obstacles": _told(way.obstacles),
                "lacks": _told(way.lacks),
                "caveats": _told(way.caveats),
                "steps": [{"purpose": step.purpose.tell(), "commands": list(step.commands)} for step in way.steps],
            }
            for way in guide.ways
        ],
    }


def _told(sentences: Sequence[Said]) -> List[str]:
    return [sentence.tell() for sentence in sentences]


def _way(way: Way, recommended: bool, there: Console) -> List[str]:
    say, name = there.say, _NAMES[way.tool]
    if way.obstacles:
        lines = [f"{there.mark('error')} {there.title(say('{tool}: cannot work here').format(tool=name))}"]
        return lines + [line for obstacle in way.obstacles for line in there.sentence(obstacle.tell(say))]
    role = "note" if way.lacks else "ok"
    heading = say("{tool}: recommended" if recommended else "{tool}").format(tool=name)
    lines = [f"{there.mark(role)} {there.title(heading)}"]
    for sentence in (*way.lacks, *way.caveats):
        lines += there.sentence(sentence.tell(say))
    for number, step in enumerate(way.steps, 1):
        text = step.purpose.tell(say) + say(":" if step.commands else ".")
        lines += wrapped(text, there.width, f"{INDENT}{number}. ", INDENT + "   ")
        lines += there.commands(step.commands, INDENT + "     ")
    return lines
