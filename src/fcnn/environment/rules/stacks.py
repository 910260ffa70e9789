"""What fcnn itself asks of an environment: its requirements, its two stacks, TensorFlow's wheels."""

from fcnn.environment.rules.model import Rule

MINIMUM_VERSIONS = {
    "click": "8.1",
    "matplotlib": "3.4.2",
    "msgspec": "0.18.6",
    "numpy": "1.19.5",
    "packaging": "23",
    "pandas": "1.3.5",
    "pyyaml": "6",
    "rich": "14.1",
    "scikit-learn": "1.3",
}
"""What fcnn needs besides TensorFlow, in at least this version."""

STACKS = {
    "pinned": {
        "python": "==3.8.*",
        "tensorflow": "==2.4.0",
        "keras": "==2.4.3",
        "numpy": "==1.19.5",
        "pandas": "==1.3.5",
        "matplotlib": "==3.4.2",
    },
    "current": {
        "python": ">=3.11,<3.14",
        "tensorflow": "==2.21.*",
        "keras": "==3.15.*",
        "numpy": ">=2",
        "pandas": ">=3",
        "matplotlib": ">=3.11",
    },
}
"""The versions fcnn is tried with."""

STACK_MARKS = {"pinned": "==2.4.*", "current": "==2.21.*"}
"""The TensorFlow that makes an environment one of the stacks, on a Python of that stack."""

WHEELS = (
    # TensorFlow, the first Python with a wheel for it, the first Python without again
    (">=2.4,<2.5", "3.6", "3.9"),
    (">=2.5,<2.7", "3.6", "3.10"),
    (">=2.7,<2.8", "3.7", "3.10"),
    (">=2.8,<2.11", "3.7", "3.11"),
    (">=2.11,<2.11.1", "3.7", "3.11"),
    (">=2.11.1,<2.12", "3.8", "3.11"),
    (">=2.12,<2.14", "3.8", "3.12"),
    (">=2.14,<2.16", "3.9", "3.12"),
    (">=2.16,<2.20", "3.9", "3.13"),
    (">=2.20,<2.21", "3.9", "3.14"),
    (">=2.21,<2.22", "3.10", "3.14"),
)
"""Which Pythons have a wheel of which TensorFlow (manylinux x86_64)."""

_OTHER_PYTHON = "make an environment with Python 3.8 (the pinned stack) or 3.11 to 3.13 and install fcnn there"
_NO_TENSORFLOW = "ModuleNotFoundError: No module named 'tensorflow'"
_NO_WHEEL = "ERROR: No matching distribution found for tensorflow"


def _before(version: str) -> str:
    """The last Python before `version`: 3.9 -> 3.8."""
    return "3.{}".format(int(version.split(".")[1]) - 1)


PYTHON_RULES = (
    *(
        Rule(
            id="R46",
            severity="error",
            package="tensorflow",
            when={"tensorflow": tensorflow, "python": python},
            scope="plan",
            why="no wheel of TensorFlow {tensorflow} was published for Python {python}",
            symptoms=(_NO_WHEEL, "ERROR: Could not find a version that satisfies the requirement tensorflow"),
            advice=f"make an environment with a Python from {first} to {_before(end)}, or choose another TensorFlow",
            evidence="read from the package index's list of wheels",
        )
        for tensorflow, first, end in WHEELS
        for python in (f"<{first}", f">={end}")
    ),
    Rule(
        id="R53",
        severity="error",
        package="python",
        when={"python": "<3.8"},
        scope="fcnn",
        why="fcnn needs Python 3.8 or later; this is {python}",
        symptoms=("ERROR: Package 'fcnn' requires a different Python",),
        advice=_OTHER_PYTHON,
    ),
    *(
        Rule(
            id="R53",
            severity="warning",
            package="python",
            when={"python": python},
            scope="fcnn",
            why="Python {python} belongs to neither stack that fcnn is tried on (3.8, and 3.11 to 3.13)",
            advice=_OTHER_PYTHON,
        )
        for python in (">=3.9,<3.11", ">=3.14")
    ),
)

TENSORFLOW_RULES = (
    *(
        Rule(
            id="R50",
            severity=severity,
            package="tensorflow",
            when={"python": python},
            absent=("tensorflow",),
            scope=scope,
            why=why,
            symptoms=(_NO_TENSORFLOW,),
            repair=repair,
            advice=advice,
        )
        # fcnn cannot do without; any other environment may be meant to do without
        for severity, scope in (("error", "fcnn"), ("warning", "other"))
        for python, why, repair, advice in (
            # protobuf by name: some installers choose one that TensorFlow 2.4 does not forbid and cannot use
            ("==3.8.*", "TensorFlow is not installed", ("tensorflow", "keras", "numpy", "protobuf"), ""),
            (">=3.11,<3.14", "TensorFlow is not installed", ("tensorflow", "keras"), ""),
            (
                ">=3.14",
                "TensorFlow is not installed, and no wheel of it was published for Python {python}",
                (),
                _OTHER_PYTHON,
            ),
            (
                "",
                "TensorFlow is not installed, and Python {python} belongs to neither stack that fcnn is tried on",
                (),
                _OTHER_PYTHON,
            ),
        )
    ),
    Rule(
        id="R52",
        severity="error",
        package="tensorflow",
        when={"tensorflow": "<2.4"},
        scope="fcnn",
        why="fcnn needs TensorFlow 2.4 or later; this is {tensorflow}",
        advice=_OTHER_PYTHON,
    ),
    *(
        Rule(
            id="R54",
            severity="note",
            package="tensorflow",
            when={"python": python, "tensorflow": tensorflow},
            scope="fcnn",
            why="fcnn is tried with TensorFlow 2.4.0 on Python 3.8 and with 2.21 on Python 3.11 to 3.13, "
            "not with {tensorflow} on {python}",
        )
        for python, tensorflow in (
            ("==3.8.*", "!=2.4.0"),
            (">=3.9,<3.11", ""),
            (">=3.11,<3.14", "!=2.21.*"),
            (">=3.14", ""),
        )
    ),
)

REQUIREMENT_RULES = (
    *(
        Rule(
            id="R51",
            severity="error",
            package=package,
            absent=(package,),
            scope="fcnn",
            why=f"fcnn needs {package}, which is not installed",
            symptoms=(f"ModuleNotFoundError: No module named '{module}'",),
            repair=(package,),
        )
        for package, module in (
            (name, {"pyyaml": "yaml", "scikit-learn": "sklearn"}.get(name, name)) for name in MINIMUM_VERSIONS
        )
    ),
    *(
        Rule(
            id="R52",
            severity="error",
            package=package,
            when={package: f"<{minimum}"},
            scope="fcnn",
            why=f"fcnn needs {package} {minimum} or later; this is {{{package}}}",
            repair=(package,),
        )
        for package, minimum in MINIMUM_VERSIONS.items()
    ),
    *(
        Rule(
            id="R54",
            severity="note",
            package=package,
            when={"python": pins["python"], "tensorflow": STACK_MARKS[stack], package: deviating},
            scope="fcnn",
            why=f"the {stack} stack has {package}{pins[package]}; fcnn is not tried with {{{package}}}",
            repair=(f"{package}{pins[package]}",),
        )
        for stack, pins in STACKS.items()
        for package in ("keras", "numpy", "pandas", "matplotlib")
        for deviating in ((pins[package].replace("==", "!=").replace(">=", "<")),)
    ),
)
