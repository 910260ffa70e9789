"""What fcnn itself asks of an environment: its requirements and its two stacks."""

from fcnn.environment.rules.model import Rule

MINIMUM_VERSIONS = {
    "charset-normalizer": "3",
    "click": "8.1",
    "flask": "3",
    "jinja2": "3.1",
    "matplotlib": "3.4.2",
    "msgspec": "0.18.6",
    "numpy": "1.19.5",
    "optuna": "4.5",
    "packaging": "23",
    "pandas": "1.3.5",
    "psutil": "5.9",
    "pyyaml": "6",
    "rich": "14.1",
    "scikit-learn": "1.3",
    "waitress": "3",
}
"""What fcnn needs besides TensorFlow, in at least this version."""

MODULES = {"charset-normalizer": "charset_normalizer", "pyyaml": "yaml", "scikit-learn": "sklearn"}
"""What those are imported as that have another name."""

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

_OTHER_PYTHON = "make an environment with Python 3.8 (the pinned stack) or 3.11 to 3.13 and install fcnn there"
_NO_TENSORFLOW = "ModuleNotFoundError: No module named 'tensorflow'"


PYTHON_RULES = (
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
            condition=condition,
            why=why,
            symptoms=(_NO_TENSORFLOW,),
            repair=repair,
            advice=advice,
        )
        # fcnn cannot do without; any other environment may be meant to do without
        for severity, scope in (("error", "fcnn"), ("note", "other"))
        for python, condition, why, repair, advice in (
            # protobuf by name: some installers choose one that TensorFlow 2.4 does not forbid and cannot use
            ("==3.8.*", "stack wheel", "TensorFlow is not installed", ("tensorflow", "keras", "numpy", "protobuf"), ""),
            (">=3.11,<3.14", "stack wheel", "TensorFlow is not installed", ("tensorflow", "keras"), ""),
            *(
                (
                    python,
                    "other wheels",
                    "TensorFlow is not installed; for Python {python} on {platform} there are wheels of {here}",
                    (),
                    "install one of these: {here}",
                )
                for python in (("==3.8.*", ">=3.11,<3.14") if scope == "fcnn" else ("",))
            ),
            (
                "",
                "no wheels here",
                "TensorFlow is not installed, and no wheel of it was published for Python {python}",
                (),
                _OTHER_PYTHON,
            ),
            *(
                (
                    python,
                    condition,
                    "TensorFlow is not installed, and Python {python} belongs to neither stack that fcnn is tried on",
                    (),
                    _OTHER_PYTHON,
                )
                for python, condition in (
                    (("<3.8", "wheels possible"), (">=3.9,<3.11", "wheels possible"), ("", "wheels unknown"))
                    if scope == "fcnn"
                    else (("", "wheels unknown"),)
                )
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
        for package, module in ((name, MODULES.get(name, name)) for name in MINIMUM_VERSIONS)
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
