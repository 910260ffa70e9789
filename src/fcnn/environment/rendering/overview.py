"""What there is, at a glance: sections of Python, the packages, the machine and the working folder, with ticks."""

from typing import Dict, List, NamedTuple, Tuple

from fcnn.environment.facts import Facts
from fcnn.environment.matching import TENSORFLOW_NAMES, Versions
from fcnn.environment.rendering.console import HARD_SPACE, Console, columns, wrapped
from fcnn.environment.rendering.language import Say
from fcnn.environment.verdict import Finding, Verdict

_TENSORFLOW = ("tensorflow", "keras", "tf-keras", "keras-nightly", "numpy", "protobuf", "h5py", "gast", "ml-dtypes")
_SCIENCE = ("pandas", "scikit-learn", "scipy", "matplotlib", "pillow")
_SHOWN_WHERE_ABSENT = ("tensorflow", "numpy", "pandas", "scikit-learn", "matplotlib")
_MACHINE = ("machine", "gpu")
_FOLDER = ("working folder",)
PSEUDO_PACKAGES = ("python", "environment", *_MACHINE, *_FOLDER)
"""What a rule can blame that is no package."""
CPU_FLAGS_TOLD = ("avx", "avx2", "fma", "avx512f")
"""The processor's flags that are worth telling."""

Item = Tuple[str, str]
"""A severity, or ``ok`` or ``open``, and a text."""


class Section(NamedTuple):
    """A title and what stands beside it."""

    title: str
    items: List[Item]


def overview(verdict: Verdict, facts: Facts, there: Console) -> List[str]:
    """The sections as lines: the title on the left, marked items on the right."""
    lines = _source(facts, there)
    sections = [section for section in _sections(verdict, facts, there.say) if section.items]
    width = max(columns(section.title) for section in sections) + 2
    for section in sections:
        title = there.title(section.title) + " " * (width - columns(section.title))
        for number, (severity, text) in enumerate(section.items):
            # The mark takes one column and may be coloured, so that it is put in after wrapping.
            first, *more = wrapped(text, there.width, " " * (width + 2))
            lines.append((title if number == 0 else " " * width) + there.mark(severity) + first[width + 1 :])
            lines += [" " * (width + 2) + line for line in more]
    return lines


def cpu(facts: Facts) -> List[str]:
    """The processor's flags that are worth telling."""
    return [flag for flag in CPU_FLAGS_TOLD if facts.cpu_flags is not None and flag in facts.cpu_flags]


def _source(facts: Facts, there: Console) -> List[str]:
    template = {
        "environment": "Environment: {source} (read from disk, nothing in it was run)",
        "freeze": "List: {source} (complete: what is not listed is absent)",
        "requirements": "List: {source} (what is still to be installed)",
    }.get(facts.kind)
    if template is None:
        return []
    return [*wrapped(there.say(template).format(source=facts.source or facts.prefix), there.width), ""]


def _sections(verdict: Verdict, facts: Facts, say: Say) -> List[Section]:
    names = dict.fromkeys(TENSORFLOW_NAMES, "tensorflow")
    blamed: Dict[str, List[Finding]] = {}
    for finding in verdict.findings:
        blamed.setdefault(names.get(finding.package, finding.package), []).append(finding)
    shown = (*TENSORFLOW_NAMES, *_TENSORFLOW, *_SCIENCE, *PSEUDO_PACKAGES)
    others = [name for name in dict.fromkeys((*blamed, *facts.ranges)) if name not in shown]
    listed = facts.kind in ("freeze", "requirements")
    return [
        Section(say("Python"), [_marked(python_line(facts, say), ("python", "environment"), blamed)]),
        Section(say("TensorFlow stack"), _packages(_TENSORFLOW, facts, blamed, say)),
        Section(say("Scientific stack"), _packages(_SCIENCE, facts, blamed, say)),
        Section(say("Other packages"), _packages(tuple(others), facts, blamed, say)),
        Section(say("Machine"), _about(_machine(facts, say), _MACHINE, not listed, blamed)),
        Section(say("Working folder"), _about(_folder(facts, say), _FOLDER, bool(facts.working_folder), blamed)),
    ]


def _packages(names: Tuple[str, ...], facts: Facts, blamed: Dict[str, List[Finding]], say: Say) -> List[Item]:
    """Sound packages together, each troubled one by itself, then what is left open or absent."""
    versions = Versions(facts)
    kinds: Dict[str, List[str]] = {"sound": [], "open": [], "brought": [], "absent": []}
    troubled = []
    for name in names:
        label = versions.distribution if name == "tensorflow" and versions.distribution else name
        if name in versions.found:
            kind, text = "sound", f"{label}{HARD_SPACE}{versions.found[name]}"
        elif name in versions.open:
            kind, text = "open" if label in facts.ranges else "brought", label + versions.open[name]
        else:
            kind, text = "absent", name
        if name in blamed:
            told = say("{package} is not there").format(package=name) if kind == "absent" else text
            troubled.append(_marked(told, (name,), blamed))
        elif kind != "absent" or (facts.complete and name in _SHOWN_WHERE_ABSENT):
            kinds[kind].append(text)
    together = {kind: say(", ").join(texts) for kind, texts in kinds.items() if texts}
    items = [("ok", together["sound"])] if "sound" in together else []
    items += troubled
    items += [
        (role, say(template).format(packages=together[kind]))
        for kind, role, template in (
            ("open", "open", "left open: {packages}"),
            ("brought", "open", "brought by TensorFlow, in a version that the installer chooses: {packages}"),
            ("absent", "note", "not installed: {packages}"),
        )
        if kind in together
    ]
    return items


def _about(text: str, names: Tuple[str, ...], looked: bool, blamed: Dict[str, List[Finding]]) -> List[Item]:
    """The line of the machine or the folder, where somebody looked at it or found something about it."""
    return [_marked(text, names, blamed)] if looked or any(name in blamed for name in names) else []


def _marked(text: str, names: Tuple[str, ...], blamed: Dict[str, List[Finding]]) -> Item:
    findings = [finding for name in names for finding in blamed.get(name, ())]
    if not findings:
        return ("ok", text)
    rules = ", ".join(dict.fromkeys(finding.rule for finding in findings))
    gravest = min((finding.severity for finding in findings), key=("error", "warning", "note").index)
    return (gravest, f"{text} ({rules})")


def python_line(facts: Facts, say: Say) -> str:
    """Python in one line: version, where it is known from, and whose it is."""
    text = say("Python {version}").format(version=facts.python)
    if facts.kind in ("freeze", "requirements"):
        return text + (say(" ({why})").format(why=say(facts.python_from)) if facts.python_from else "")
    if facts.implementation != "CPython":
        text += f" ({facts.implementation})"
    if facts.bits != 64:
        text += say(", {bits} bit").format(bits=facts.bits)
    if facts.in_virtual_environment:
        kind = say("conda environment" if facts.installer == "conda" else "virtual environment")
        return text + say(", ") + f"{kind} {facts.prefix}".rstrip()
    return (
        text + say(", ") + say("not in an environment of its own") + (say(": ") + facts.prefix if facts.prefix else "")
    )


def machine_line(facts: Facts, say: Say) -> str:
    """The machine in one line: system, processor, C library, GPU."""
    parts = [f"{facts.system} {facts.machine}"]
    if facts.translated:
        parts.append(say("translated from another processor's code"))
    parts += [part for part in (facts.libc, *(flag.upper() for flag in cpu(facts))) if part]
    if facts.gpu is not None and facts.gpu.driver:
        parts.append(say("NVIDIA driver {version}").format(version=facts.gpu.driver))
        parts += [f"CUDA {version}" for version in facts.gpu.cuda]
        parts += [f"cuDNN {version}" for version in facts.gpu.cudnn]
    return say(", ").join(parts)


def _machine(facts: Facts, say: Say) -> str:
    """The machine, and the variables that change what is imported or how TensorFlow runs."""
    variables = [f"{name}={value}" for name, value in sorted(facts.variables.items()) if _changes_tensorflow(name)]
    return say(", ").join([machine_line(facts, say), *variables])


def _folder(facts: Facts, say: Say) -> str:
    if not facts.shadows:
        return say("no file in it hides a module")
    return say(", ").join(
        say("{file} hides {module}").format(file=file, module=module) for module, file in facts.shadows.items()
    )


def _changes_tensorflow(name: str) -> bool:
    return name.startswith(("TF_", "KERAS_", "PROTOCOL_BUFFERS_", "CUDA_VISIBLE", "PYTHONPATH"))
