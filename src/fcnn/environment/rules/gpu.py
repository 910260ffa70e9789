"""Rules of NVIDIA's GPUs: the CUDA and cuDNN that each TensorFlow was built for, and what looks worse than it is."""

from typing import NamedTuple, Tuple

from fcnn.environment.rules.model import Rule


class Build(NamedTuple):
    """The CUDA and cuDNN of a line of TensorFlow, as its page of tested build configurations names them."""

    tensorflow: str
    """The versions of TensorFlow."""
    cuda: str
    """The CUDA it was built with."""
    accepted: str
    """The CUDAs whose libraries have the names that it loads."""
    cudnn: str
    """The cuDNN it was built with; any of the same major version is loaded."""


BUILDS: Tuple[Build, ...] = (
    Build(">=2.1,<2.4", "10.1", ">=10.1,<10.2", "7.6"),
    # TensorFlow 2.4 loads libcusolver.so.10, which CUDA 11.1 and later do not have
    Build(">=2.4,<2.5", "11.0", ">=11.0,<11.1", "8.0"),
    Build(">=2.5,<2.12", "11.2", ">=11.1,<12", "8.1"),
    Build(">=2.12,<2.14", "11.8", ">=11.1,<12", "8.6"),
    Build(">=2.14,<2.15", "11.8", ">=11.1,<12", "8.7"),
    Build(">=2.15,<2.16", "12.2", ">=12,<13", "8.9"),
    Build(">=2.16,<2.18", "12.3", ">=12,<13", "8.9"),
    Build(">=2.18,<2.22", "12.5", ">=12,<13", "9.3"),
)
FROM_PACKAGES = ">=2.14"
"""The TensorFlows that look for libraries in nvidia-* packages."""

_BY_PIP = (
    '`pip install "tensorflow[and-cuda]=={tensorflow}"` brings them; otherwise install CUDA {cuda} and cuDNN {cudnn}'
)
_BY_CONDA = (
    "install CUDA {cuda} and cuDNN {cudnn}, for example with `conda install -c conda-forge cudatoolkit={cuda} "
    "cudnn={cudnn}`"
)
_BY_HAND = "install CUDA {cuda} and cuDNN {cudnn}, and name the folders of their libraries in {path}"
_IN_DOCS = "read in TensorFlow's table of tested build configurations"

GPU_RULES = (
    *(
        Rule(
            id="R70",
            severity="warning",
            package="gpu",
            when={"tensorflow": versions},
            condition="CUDA missing",
            why="there is an NVIDIA GPU, and TensorFlow {tensorflow} cannot use it: it needs CUDA {cuda} and cuDNN "
            "{cudnn}, and there is {there}",
            symptoms=(
                "Cannot dlopen some GPU libraries. Please make sure the missing libraries mentioned above are "
                "installed properly if you would like to use GPU.",
                "Could not load dynamic library 'libcudnn.so.8'; dlerror: libcudnn.so.8: cannot open shared object "
                "file",
                "Could not load dynamic library 'libcusolver.so.10'; dlerror: libcusolver.so.10: cannot open shared "
                "object file: No such file or directory",
                "Skipping registering GPU devices...",
            ),
            advice=advice,
            evidence=evidence,
        )
        for versions, advice, evidence in (
            (
                "<2.12",
                _BY_CONDA,
                f"{_IN_DOCS}; that 2.4 does not work with CUDA 11.1: tensorflow#43947, tensorflow#49167",
            ),
            (">=2.12,<2.14", _BY_HAND, _IN_DOCS),
            (">=2.14", _BY_PIP, f"{_IN_DOCS} (2.14 to 2.18) and in what tensorflow[and-cuda] requires (2.14 to 2.21)"),
        )
    ),
    Rule(
        id="R70",
        severity="warning",
        package="gpu",
        when={"tensorflow": ">=2.16,<2.17"},
        condition="CUDA in packages alone",
        why="there is an NVIDIA GPU, and TensorFlow {tensorflow} does not find the libraries of the nvidia-* packages",
        symptoms=(
            "Cannot dlopen some GPU libraries. Please make sure the missing libraries mentioned above are installed "
            "properly if you would like to use GPU.",
        ),
        advice="name the lib folders of site-packages/nvidia/*/ in LD_LIBRARY_PATH, or take TensorFlow 2.17 or later",
        evidence="read in tensorflow#63362",
    ),
    Rule(
        id="R71",
        severity="note",
        package="gpu",
        when={"tensorflow": ">=2.11"},
        condition="GPU on Windows",
        why="TensorFlow 2.11 and later does not use a GPU on Windows itself; it computes on the processor",
        symptoms=(
            "TensorFlow GPU support is not available on native Windows for TensorFlow >= 2.11. Even if CUDA/cuDNN are "
            "installed, GPU will not be used. Please use WSL2 or the TensorFlow-DirectML plugin.",
        ),
        advice="to use the GPU, work in the Windows Subsystem for Linux, or take TensorFlow 2.10 with CUDA 11.2 and "
        "cuDNN 8.1",
        evidence="read on TensorFlow's page on its installation by pip, in its code (config.py of 2.21), and in "
        "tensorflow#60156 and tensorflow#64536",
    ),
    Rule(
        id="R47",
        severity="note",
        package="gpu",
        when={"tensorflow": ""},
        scope="text",  # nobody needs to be told before TensorFlow has said it
        why="TensorFlow says on import that it finds no CUDA; without an NVIDIA GPU that is as it should be",
        symptoms=(
            "Could not load dynamic library 'libcudart.so.11.0'; dlerror: libcudart.so.11.0: cannot open shared object "
            "file",
            "Ignore above cudart dlerror if you do not have a GPU set up on your machine.",
            "Could not load dynamic library 'cudart64_110.dll'; dlerror: cudart64_110.dll not found",
            "Could not find cuda drivers on your machine, GPU will not be used.",
            "failed call to cuInit: UNKNOWN ERROR (303)",
        ),
        advice="to silence it, set the environment variable TF_CPP_MIN_LOG_LEVEL to 2",
        evidence="measured: TensorFlow 2.4.0 and 2.21.0",
    ),
    Rule(
        id="R75",
        severity="note",
        package="gpu",
        when={"tensorflow": ""},
        condition="GPU hidden",
        why="CUDA_VISIBLE_DEVICES is {found}, so that TensorFlow does not see the NVIDIA GPU of this machine",
        symptoms=("failed call to cuInit: CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected",),
        advice="to use the GPU, remove the environment variable CUDA_VISIBLE_DEVICES",
        evidence="read in NVIDIA's documentation of the CUDA environment variables",
    ),
)
