"""The plan that repairs an environment, and the commands that carry it out."""

from dataclasses import dataclass, replace
from typing import Dict, List, Mapping, Sequence, Tuple

from fcnn.environment.facts import Facts
from fcnn.environment.matching import Match, Versions, find_remedy
from fcnn.environment.rules import Remedy

_REPAIR_FIRST = ("tensorflow", "numpy", "protobuf", "keras", "keras-nightly", "h5py")
"""What is repaired before all else, because what suits the rest depends on it."""


@dataclass(frozen=True)
class Plan:
    """What to uninstall, unpack again and install, in this order."""

    uninstall: Tuple[str, ...] = ()
    """Packages to remove first."""
    reinstall: Tuple[str, ...] = ()
    """Requirements (``tensorflow==2.4.0``) whose files are to be unpacked once more, without their dependencies."""
    install: Tuple[Remedy, ...] = ()
    """What to install then, by one command."""

    def steps(self, facts: Facts) -> Tuple[Tuple[str, ...], ...]:
        """The commands, each as its words."""
        words = list(facts.install_command)
        conda, uv = words[0].endswith("conda"), words[0] == "uv"
        steps: List[Tuple[str, ...]] = []
        if self.uninstall:
            remove = [("remove" if conda else "uninstall") if word == "install" else word for word in words]
            # uv asks nothing and knows no --yes
            steps.append((*remove, *([] if uv else ["-y"]), *self.uninstall))
        if self.reinstall:
            options = ["--force-reinstall"] if conda else ["--reinstall" if uv else "--force-reinstall", "--no-deps"]
            steps.append((*words, *options, *self.reinstall))
        if self.install:
            steps.append((*words, *(remedy.requirement for remedy in self.install)))
        return tuple(steps)

    def commands(self, facts: Facts) -> Tuple[str, ...]:
        """The commands to type into the shell of `facts`; none where there is nothing to do."""
        return tuple(command_line(step, facts.shell) for step in self.steps(facts))


def command_line(words: Sequence[str], shell: str = "sh") -> str:
    """Words of a command as a line for sh, cmd or PowerShell: in double quotes where they need any."""
    first, *rest = words
    called = _quoted(first)
    if shell == "powershell" and called != first:
        called = f"& {called}"  # PowerShell takes a quoted first word for a text, not for a command
    return " ".join([called, *map(_quoted, rest)])


def _quoted(word: str) -> str:
    plain = word and all(letter.isalnum() or letter in "-_./:\\~+" for letter in word)
    return word if plain else f'"{word}"'


def joined(commands: Sequence[str], shell: str) -> str:
    """Several commands as one text to paste; ``&&`` is unknown to the PowerShell that Windows brings."""
    return (" && " if shell == "sh" else "\n").join(commands)


def own_plan(match: Match, facts: Facts, remedies: Tuple[Remedy, ...]) -> Plan:
    """What repairs this one finding."""
    return _carried_out(match, facts, remedies)[0]


def next_to_repair(candidates: Sequence[Match]) -> Match:
    """The one of several findings to repair first."""
    return min(candidates, key=_repair_order)


def carry_out(match: Match, facts: Facts, remedies: Tuple[Remedy, ...], plan: Plan) -> Tuple[Plan, Facts]:
    """Repair one finding on paper: the plan with what it needs, and the environment as it is then."""
    own, facts = _carried_out(match, facts, remedies)
    install: Dict[str, Remedy] = {remedy.package: remedy for remedy in (*plan.install, *own.install)}
    return (
        Plan(
            tuple(dict.fromkeys((*plan.uninstall, *own.uninstall))),
            tuple(dict.fromkeys((*plan.reinstall, *own.reinstall))),
            tuple(install.values()),
        ),
        facts,
    )


def settled(plan: Plan, facts: Facts, remedies: Tuple[Remedy, ...]) -> Plan:
    """The plan with each remedy looked up once more.

    What suits the first repaired package was looked up before the NumPy of the end was known.
    """
    versions = Versions(facts)
    install = []
    for remedy in plan.install:
        anew = find_remedy(remedy.package, versions, remedies)
        whole = remedy.package == "tensorflow" or all(remedy.package != row.package for row in remedies)
        install.append(remedy if whole or anew is None else anew)
    return replace(plan, install=tuple(install))


def after(facts: Facts, remedy: Remedy) -> Facts:
    """The environment after a remedy was installed."""
    versions = Versions(facts)
    name = versions.distribution if remedy.package == "tensorflow" and versions.distribution else remedy.package
    packages: Mapping[str, str] = {**facts.packages, name: remedy.gives}
    ranges = {package: text for package, text in facts.ranges.items() if package != name}
    # A TensorFlow that is installed anew brings what it depends on: what was absent no longer is for certain.
    brings_more = remedy.package == "tensorflow" and not versions.distribution
    # What the new version asks for is not what the old one asked for.
    requires = {package: lines for package, lines in facts.requires.items() if package != name}
    missing_files = {package: missing for package, missing in facts.missing_files.items() if package != name}
    return replace(
        facts,
        packages=packages,
        ranges=ranges,
        requires=requires,
        missing_files=missing_files,
        complete=facts.complete and not brings_more,
    )


def _carried_out(match: Match, facts: Facts, remedies: Tuple[Remedy, ...]) -> Tuple[Plan, Facts]:
    rule, versions = match.rule, Versions(facts)

    def filled(texts: Sequence[str]) -> List[str]:
        return [text for text in (versions.fill(text, match.fills) for text in texts) if text]

    uninstall = [name for name in filled(rule.uninstall) if name in facts.packages]
    reinstall = [f"{name}=={facts.packages[name]}" for name in filled(rule.reinstall) if name in facts.packages]
    repair = filled(rule.repair)
    anew = [item.partition("==")[0] for item in reinstall]
    gone = [name for name in uninstall if name not in anew]
    owners = {module: tuple(name for name in names if name not in gone) for module, names in facts.owners.items()}
    facts = replace(
        facts,
        packages={name: version for name, version in facts.packages.items() if name not in gone},
        requires={name: lines for name, lines in facts.requires.items() if name not in gone},
        owners={module: names for module, names in owners.items() if len(names) > 1},
        duplicates={name: both for name, both in facts.duplicates.items() if name not in (*gone, *anew)},
        missing_files={name: missing for name, missing in facts.missing_files.items() if name not in (*gone, *anew)},
    )
    install: List[Remedy] = []
    for package in repair:
        remedy = find_remedy(package, Versions(facts), remedies)
        if remedy is not None:
            install.append(remedy)
            facts = after(facts, remedy)
    return Plan(tuple(uninstall), tuple(reinstall), tuple(install)), facts


def _repair_order(match: Match) -> Tuple[bool, int, str]:
    # What is missing outright comes first: once TensorFlow is installed anew, nothing counts as missing any more.
    rule = match.rule
    package = (rule.repair or rule.reinstall or rule.uninstall)[0]
    rank = _REPAIR_FIRST.index(package) if package in _REPAIR_FIRST else len(_REPAIR_FIRST)
    missing = rule.id == "R55" or (bool(rule.absent) and "tensorflow" not in (*rule.absent, *rule.when))
    return (not missing, rank, package)
