"""The ways to an environment on one machine: with pip, uv, conda and Docker, step by step."""

from typing import Mapping, NamedTuple, Tuple

from fcnn.environment.facts import Facts
from fcnn.environment.obstacles import NATIVE, no_avx, obstacles, processor
from fcnn.environment.repair import command_line
from fcnn.environment.wording import Said

_MAKE = "Make an environment in the folder {name}"
_CHECK = 'python -c "import tensorflow; print(tensorflow.__version__)"'


class Step(NamedTuple):
    """Something to do: what for, and the commands for it."""

    purpose: Said
    commands: Tuple[str, ...] = ()


class Way(NamedTuple):
    """One way to the environment."""

    tool: str
    """pip, uv, conda or docker."""
    steps: Tuple[Step, ...]
    """What to do, in order; begins with what gets the tool where that is not there."""
    lacks: Tuple[Said, ...] = ()
    """What is not on this machine yet and can be had."""
    obstacles: Tuple[Said, ...] = ()
    """Why it cannot work on this machine."""
    caveats: Tuple[Said, ...] = ()
    """What may go wrong."""


class Here(NamedTuple):
    """What all ways are made from."""

    stack: str
    python: str
    pins: Tuple[str, ...]
    machine: Facts
    tools: Mapping[str, str]

    @property
    def name(self) -> str:
        """What the environment is called, and its folder."""
        return f"fcnn-{self.stack}"

    @property
    def windows(self) -> bool:
        """Whether the commands are for Windows."""
        return self.machine.system == "Windows"

    def line(self, *words: str) -> str:
        """Words as a line for the shell that is used."""
        return command_line(words, self.machine.shell)

    def enter(self) -> Step:
        """Enter the environment's folder."""
        if not self.windows:
            command = f". {self.name}/bin/activate"
        elif self.machine.shell == "powershell":
            command = f".\\{self.name}\\Scripts\\Activate.ps1"
        else:
            command = f"{self.name}\\Scripts\\activate"
        return Step(Said("Enter it; again in every new terminal"), (command,))

    def install(self, *words: str) -> Step:
        """Install the packages with the installer of these words."""
        return Step(Said("Install the packages"), (self.line(*words, "install", *self.pins),))

    def check(self) -> Step:
        """Try it."""
        return Step(Said("See whether it works: this prints the version of TensorFlow"), (_CHECK,))


def pip_way(here: Here) -> Way:
    """With a Python that is there, its venv and its pip."""
    found = find_python(here.python, here.machine, here.tools)
    lacks, steps = [], []
    command = [found or f"python{here.python}"]
    if here.windows and "py" in here.tools:
        command = ["py", f"-{here.python}"]
    if not found:
        lacks.append(Said("Python {version} is not on this machine", {"version": here.python}))
        steps.append(_getfind_python(here))
        if not here.windows and "pyenv" in here.tools:
            command = ["pyenv", "exec", "python"]
    making = here.line(*command, "-m", "venv", here.name)
    if command[0] == "pyenv":
        making = f"PYENV_VERSION={here.python} {making}"
    steps += [
        Step(Said(_MAKE, {"name": here.name}), (making,)),
        here.enter(),
        Step(Said("Bring its pip up to date"), (here.line("python", "-m", "pip", "install", "--upgrade", "pip"),)),
        here.install("python", "-m", "pip"),
        here.check(),
    ]
    caveats = []
    if here.machine.bits == 32:
        caveats.append(Said("This Python is one of 32 bits, for which there is no TensorFlow: take one of 64 bits"))
    return Way("pip", tuple(steps), tuple(lacks), obstacles(here.stack, here.machine), tuple(caveats))


def _getfind_python(here: Here) -> Step:
    fills = {"version": here.python}
    if here.windows:
        command = f"winget install --exact --id Python.Python.{here.python}"
        return Step(Said("Get Python {version} (64 bit), then open a new terminal", fills), (command,))
    if "pyenv" in here.tools:
        return Step(
            Said("Build Python {version}; it takes minutes, and a C compiler", fills), (f"pyenv install {here.python}",)
        )
    return Step(
        Said("Get Python {version} from your system's packages, or take another way below, which brings it", fills)
    )


def uv_way(here: Here) -> Way:
    """With uv, which brings the Python."""
    uv, lacks, steps = "uv", [], []
    found = find_python(here.python, here.machine, here.tools)  # named, since uv does not look where pyenv keeps them
    if "uv" not in here.tools:
        python = here.machine.executable or ("py" if here.windows else "python3")
        uv = ".uv\\Scripts\\uv" if here.windows else ".uv/bin/uv"
        lacks.append(Said("uv is not on this machine"))
        getting = (
            here.line(python, "-m", "venv", ".uv"),
            here.line(uv[:-2] + "python", "-m", "pip", "install", "uv"),
        )
        steps.append(Step(Said("Get uv, into a folder of its own"), getting))
    fills = {"name": here.name, "version": here.python}
    making = _MAKE if found else "Make an environment in the folder {name}; uv fetches Python {version} for it"
    steps += [
        Step(
            Said(making, fills),
            (here.line(uv, "venv", "--python", found or here.python, here.name),),
        ),
        here.enter(),
        here.install(uv, "pip"),
        here.check(),
    ]
    return Way("uv", tuple(steps), tuple(lacks), obstacles(here.stack, here.machine))


def conda_way(here: Here) -> Way:
    """With conda, which brings the Python; the packages come from pip, so that they are these very versions."""
    lacks, steps = [], []
    conda = "mamba" if "mamba" in here.tools else "conda"
    if conda not in here.tools:
        lacks.append(Said("conda is not on this machine"))
        steps.append(Step(Said("Install Miniforge, which brings conda, and open a new terminal")))
    steps += [
        Step(
            Said(
                "Make an environment called {name} with Python {version}", {"name": here.name, "version": here.python}
            ),
            (here.line(conda, "create", "-y", "-n", here.name, "-c", "conda-forge", f"python={here.python}", "pip"),),
        ),
        Step(Said("Enter it; again in every new terminal"), (f"{conda} activate {here.name}",)),
        here.install("python", "-m", "pip"),
        here.check(),
    ]
    return Way("conda", tuple(steps), tuple(lacks), obstacles(here.stack, here.machine))


def docker_way(here: Here) -> Way:
    """In a container; where no TensorFlow was published for the processor, in one of an emulated processor."""
    machine, lacks, caveats = here.machine, [], []
    own = processor(machine)
    emulated = ("Linux", own) not in NATIVE[here.stack]
    standing = no_avx(machine) if not emulated else ()
    if own not in ("x86_64", "arm64"):
        standing = (Said("No image with TensorFlow runs on {machine}", {"machine": machine.machine}),)
    if "docker" not in here.tools:
        lacks.append(Said("Docker is not on this machine"))
    folder = "%cd%" if machine.shell == "cmd" else "${PWD}" if machine.shell == "powershell" else "$PWD"
    image = f"python:{here.python}-slim-bookworm"
    platform = " --platform linux/amd64" if emulated else ""
    if emulated:
        caveats.append(
            Said(
                "The processor is emulated, which is slow; where Python ends with `Illegal instruction`, the emulation "
                "has no AVX, and only another machine (or QEMU 7.2 and later) helps"
            )
        )
    steps = [
        Step(
            Said("Start a container that sees this folder as /work"),
            (f'docker run -it{platform} --name {here.name} -v "{folder}:/work" -w /work {image} bash',),
        ),
        Step(
            Said("In it, install the packages"),
            (command_line(("python", "-m", "pip", "install", *here.pins)),),
        ),
        here.check(),
        Step(Said("To come back to it later"), (f"docker start -ai {here.name}",)),
    ]
    if lacks:
        steps.insert(0, Step(Said("Install Docker and start it")))
    return Way("docker", tuple(steps), tuple(lacks), standing, tuple(caveats))


def find_python(version: str, machine: Facts, tools: Mapping[str, str]) -> str:
    """The path of a Python of that version; empty where none is seen."""
    running = machine.executable if machine.python.startswith(f"{version}.") and machine.bits == 64 else ""
    return tools.get(f"python{version}", "") or running
