"""Rules of the scientific stack: pandas, matplotlib, SciPy, scikit-learn and Pillow beside NumPy."""

from fcnn.environment.rules.model import Rule

_SIZE_CHANGED = (
    "ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, "
    "got 88 from PyObject"
)

SCIENCE_RULES = (
    *(
        Rule(
            id="R33",
            severity="error",
            package="pandas",
            when={"pandas": pandas, "numpy": f"<{numpy}"},
            why=f"pandas {{pandas}} refuses NumPy below {numpy}; {{numpy}} is there",
            symptoms=(
                f"ImportError: this version of pandas is incompatible with numpy < {numpy}",
                *(("ImportError: C extension: None not built.",) if pandas == ">=2.1,<3" else ()),
            ),
            repair=("pandas",),
            evidence=evidence,
        )
        for pandas, numpy, evidence in (
            (">=1.5,<2.1", "1.20.3", "measured: pandas 1.5.3, 2.0.3 with NumPy 1.19.5; 1.3.5 and 1.4.4 work"),
            (">=2.1,<3", "1.22.4", "measured: pandas 2.1.4 with NumPy 1.21.6; 2.3.3 with 1.22.4 works"),
        )
    ),
    Rule(
        id="R33",
        severity="error",
        package="pandas",
        when={"pandas": ">=1.4,<1.5", "numpy": "<1.18"},
        why="pandas {pandas} uses numpy.random.BitGenerator, which NumPy {numpy} does not have yet",
        symptoms=("AttributeError: module 'numpy.random' has no attribute 'BitGenerator'",),
        repair=("pandas",),
        evidence="measured: pandas 1.4.4 with NumPy 1.17.3; 1.3.5 works",
    ),
    Rule(
        id="R33",
        severity="error",
        package="pandas",
        when={"pandas": "<1.1", "numpy": ">=1.24"},
        why="pandas {pandas} uses np.bool, which NumPy removed in 1.24",
        symptoms=("AttributeError: module 'numpy' has no attribute 'bool'.",),
        repair=("pandas",),
        evidence="measured: pandas 1.0.5 with NumPy 1.24.4; 1.1.5 and 1.2.5 work",
    ),
    *(
        Rule(
            id="R34",
            severity="error",
            package="matplotlib",
            when={"matplotlib": matplotlib, "numpy": f"<{numpy}"},
            why=f"matplotlib {{matplotlib}} refuses NumPy below {numpy}; {{numpy}} is there",
            symptoms=(f"ImportError: Matplotlib requires numpy>={numpy}; you have",),
            repair=("matplotlib",),
            evidence=evidence,
        )
        for matplotlib, numpy, evidence in (
            (">=3.7,<3.8", "1.20", "measured: matplotlib 3.7.5 with NumPy 1.19.5; 3.4.2, 3.5.3, 3.6.3 work"),
            (">=3.8,<3.9", "1.21", "read in matplotlib's own check of versions"),
            (">=3.9,<3.11", "1.23", "measured: matplotlib 3.9.4 with NumPy 1.22.4; 3.10.3 with 1.23.5 works"),
        )
    ),
    Rule(
        id="R36",
        severity="error",
        package="pillow",
        when={"pillow": ">=10.4", "numpy": ">=1.20,<1.21"},
        why="Pillow {pillow} uses numpy.typing.NDArray, which NumPy {numpy} does not have yet, and "
        "matplotlib imports Pillow",
        symptoms=("AttributeError: module 'numpy.typing' has no attribute 'NDArray'",),
        repair=("pillow",),
        evidence="measured: Pillow 10.4.0 with NumPy 1.20.3; 9.5.0 to 10.3.0 work, as do NumPy 1.19.5 and 1.21.6",
    ),
    Rule(
        id="R36",
        severity="error",
        package="pillow",
        when={"matplotlib": "", "numpy": ">=1.20,<1.21"},
        absent=("pillow",),
        why="matplotlib needs Pillow, and a current one does not work beside NumPy {numpy}",
        symptoms=("AttributeError: module 'numpy.typing' has no attribute 'NDArray'",),
        repair=("pillow",),
        evidence="measured: Pillow 10.4.0, which is what a plain install brings, with NumPy 1.20.3",
    ),
    *(
        Rule(
            id="R37",
            severity="error",
            package=package,
            when={package: f"<{version}", "numpy": ">=2"},
            why=f"{package} {{{package}}} was compiled for NumPy 1 and cannot be loaded by NumPy {{numpy}}",
            symptoms=(_SIZE_CHANGED,),
            repair=(package,),
            evidence=f"measured on NumPy 2.2.6: {evidence}",
        )
        for package, version, evidence in (
            ("pandas", "2.2.2", "pandas 2.1.4, 2.2.1 fail, 2.2.2 works"),
            ("scikit-learn", "1.4.2", "scikit-learn 1.3.2 fails, 1.4.2 works"),
            ("scipy", "1.13", "SciPy 1.11.4, 1.12.0 fail, 1.13.1 works"),
            ("h5py", "3.11", "h5py 3.10.0 fails, 3.11.0 works"),
        )
    ),
    Rule(
        id="R38",
        severity="error",
        package="matplotlib",
        when={"matplotlib": "<3.8.4", "numpy": ">=2"},
        why="matplotlib {matplotlib} was compiled for NumPy 1 and cannot be loaded by NumPy {numpy}",
        symptoms=("ImportError: numpy.core.multiarray failed to import",),
        repair=("matplotlib",),
        evidence="measured on NumPy 2.2.6: matplotlib 3.7.5, 3.8.3 fail, 3.8.4 works",
    ),
    *(
        Rule(
            id="R39",
            severity="error",
            package="pandas",
            when={"pandas": ">=3", "numpy": "<2.0.2", **more},
            why="pandas {pandas} needs NumPy 2.0.2 or later; {numpy} is there",
            symptoms=(
                "ImportError: C extension: None not built.",
                "ImportError: Please upgrade numpy to >= 2.0.2 to use this pandas version.",
            ),
            repair=(repair,),
            evidence="measured: pandas 3.1.1 with NumPy 1.24.4, 1.26.4",
        )
        # TensorFlow before 2.18 cannot have NumPy 2, so pandas has to yield; later ones are better off with
        # it
        for repair, more in (("numpy", {"tensorflow": ">=2.18"}), ("pandas", {}))
    ),
    Rule(
        id="R40",
        severity="error",
        package="scipy",
        when={"scipy": ">=1.16", "numpy": "<1.25"},
        why="SciPy {scipy} uses numpy.exceptions, which NumPy {numpy} does not have yet",
        symptoms=("ModuleNotFoundError: No module named 'numpy.exceptions'",),
        repair=("scipy",),
        evidence="measured: SciPy 1.17.1 with NumPy 1.24.4",
    ),
    Rule(
        id="R40",
        severity="error",
        package="scipy",
        when={"scipy": ">=1.10", "numpy": ">=1.18,<1.19"},
        why="SciPy {scipy} uses numpy.random.bit_generator, which NumPy {numpy} has under another name",
        symptoms=("ModuleNotFoundError: No module named 'numpy.random.bit_generator'",),
        repair=("scipy",),
        evidence="measured: SciPy 1.10.1 with NumPy 1.18.5; with 1.17.3 and 1.19.5 it works",
    ),
    Rule(
        id="R40",
        severity="error",
        package="matplotlib",
        when={"matplotlib": ">=3.11", "numpy": "<1.25"},
        why="matplotlib {matplotlib} refuses NumPy below 1.25; {numpy} is there",
        symptoms=("ImportError: Matplotlib requires numpy>=1.25; you have",),
        repair=("matplotlib",),
        evidence="measured: matplotlib 3.11.2 with NumPy 1.24.4",
    ),
    Rule(
        id="R41",
        severity="warning",
        package="sklearn",
        when={"sklearn": ""},
        absent=("scikit-learn",),
        why="the package `sklearn` is empty; the one that can be imported under this name is scikit-learn",
        symptoms=(
            "ModuleNotFoundError: No module named 'sklearn'",
            "The 'sklearn' PyPI package is deprecated, use 'scikit-learn' rather than 'sklearn' for pip commands.",
        ),
        uninstall=("sklearn",),
        repair=("scikit-learn",),
        evidence="measured: sklearn 0.0 installs and holds no module; 0.0.post12 cannot be installed",
    ),
    Rule(
        id="R41",
        severity="note",
        package="sklearn",
        when={"sklearn": ""},
        why="the package `sklearn` is empty and deprecated; ask for scikit-learn",
        symptoms=(
            "The 'sklearn' PyPI package is deprecated, use 'scikit-learn' rather than 'sklearn' for pip commands.",
        ),
        uninstall=("sklearn",),
        evidence="measured: sklearn 0.0 installs and holds no module; 0.0.post12 cannot be installed",
    ),
)
