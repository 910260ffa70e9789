"""Fills the pages of the course with what fcnn prints and draws: scripts/make-course [--check].

The pages are those of docs/course and, in Chinese, docs/zh/course. They hold blocks of two kinds::

    <!-- run: fcnn lab neuron -o lab/neuron -->
    (the command and what it printed)
    <!-- end -->

    <!-- picture: lab/neuron/figure.png -->
    ![what there is to see](../pictures/course/neuron.png)

Before the colon may stand, in parentheses and separated by commas: ``exit 3``, the exit code if it is not 0;
``messages``, if stderr is shown, too; ``paragraphs 2-4`` or ``paragraph 2``, if only these are shown, counted from 1
(an empty line ends one). The commands of a language run in one folder, in the order of the pages, each of them once. A
picture is a file that one of them has left there; both languages show the pictures of the English ones.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Callable, Dict, Iterator, List, NamedTuple, Optional, Tuple

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"en": ROOT / "docs" / "course", "zh": ROOT / "docs" / "zh" / "course"}
PAGES = ("README.md", "1-structure.md", "2-activations.md", "3-propagation.md", "4-environment.md")
LENT = ("configs", "data", "docs")
"""Folders of the project that the commands see where they run."""
RUN = re.compile(r"(?ms)^<!-- run(?: \((?P<how>[^)\n]*)\))?: (?P<command>[^\n]*) -->\n(?P<shown>.*?)^<!-- end -->$")
PICTURE = re.compile(r"(?m)^<!-- picture: (?P<file>\S+) -->\n!\[(?P<seen>[^\]\n]+)\]\((?P<link>[^)\s]+)\)$")
SECONDS = re.compile(r"\b\d+\.\d(?= (s|秒)$)", re.MULTILINE)


class Block(NamedTuple):
    """A marked block: a command, and what is shown of it."""

    command: str
    exit_code: int = 0
    messages: bool = False
    """Whether stderr is shown."""
    first: int = 1
    """The first paragraph that is shown, counting from 1."""
    last: Optional[int] = None
    """The last one; None: all that follow."""

    @property
    def words(self) -> List[str]:
        """Of the command."""
        return shlex.split(self.command)


class Picture(NamedTuple):
    """A marked picture."""

    file: str
    """Where a command left it."""
    link: str
    """Where the page finds it."""


Answer = Callable[[Block], str]
"""Gives all that the command of a block prints."""


def block_of(match: "re.Match[str]") -> Block:
    """The block that :data:`RUN` has found.

    Raises:
        ValueError: there is something between the parentheses that means nothing.
    """
    block = Block(match["command"])
    for word in filter(None, (match["how"] or "").split(", ")):
        code, part = re.fullmatch(r"exit (\d+)", word), re.fullmatch(r"paragraphs? (\d+)(-(\d+)?)?", word)
        if code:
            block = block._replace(exit_code=int(code[1]))
        elif part:
            last = None if part[2] == "-" else int(part[3] or part[1])
            block = block._replace(first=int(part[1]), last=last)
        elif word == "messages":
            block = block._replace(messages=True)
        else:
            raise ValueError(f"`{word}` means nothing here: {match[0].splitlines()[0]}")
    return block


def blocks_of(page: str) -> Iterator[Tuple[Block, str]]:
    """The blocks of a page, and what it shows in each."""
    for match in RUN.finditer(page):
        yield block_of(match), match["shown"]


def pictures_of(page: str) -> Iterator[Picture]:
    """The pictures of a page."""
    for match in PICTURE.finditer(page):
        yield Picture(match["file"], match["link"])


def filled(page: str, answer: Answer) -> str:
    """The page with what the commands of its blocks print now."""

    def fill(match: "re.Match[str]") -> str:
        block = block_of(match)
        return f"{match[0].splitlines()[0]}\n{shown(block, answer(block))}<!-- end -->"

    return RUN.sub(fill, page)


def shown(block: Block, text: str) -> str:
    """The command and its text, or some paragraphs of it, as Markdown."""
    paragraphs = text.strip("\n").split("\n\n")
    last = len(paragraphs) if block.last is None else block.last
    if not block.first <= last <= len(paragraphs):
        raise ValueError(f"there are {len(paragraphs)} paragraphs only: {block.command}")
    chosen = paragraphs[block.first - 1 : last]
    cut = [*(["..."] if block.first > 1 else []), *chosen, *(["..."] if last < len(paragraphs) else [])]
    body = "\n\n".join(cut)
    return f"```console\n$ {block.command}\n{body}\n```\n"


def neutral(text: str, folders: Tuple[Path, ...]) -> str:
    """The text without what differs from one time and one machine to the next: folders and seconds."""
    for folder in folders:
        text = text.replace(f"{folder}{os.sep}", "")
    lines = (line.rstrip() for line in SECONDS.sub("...", text).splitlines())
    return "\n".join(lines)


class Desk:
    """The folder in which the commands of a language run."""

    def __init__(self, folder: Path, language: str) -> None:
        """Lend it what the commands read."""
        self.folder = folder.resolve()
        self._language = language
        self._answers: Dict[Tuple[str, bool], str] = {}
        for name in LENT:
            (self.folder / name).symlink_to(ROOT / name)

    def answer(self, block: Block) -> str:
        """What the command of a block prints; it runs the first time that it is asked for.

        Raises:
            RuntimeError: it ended with another exit code than the block says.
        """
        key = block.command, block.messages
        if key not in self._answers:
            self._answers[key] = self._run(block)
        return self._answers[key]

    def _run(self, block: Block) -> str:
        print(f"{self._language}: {block.command}", flush=True)
        program, *words = block.words
        assert program == "fcnn", block.command
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("FCNN_", "LC_"))},
            "FCNN_LANG": self._language,
            "PYTHONIOENCODING": "utf-8",
            "PYTHONUNBUFFERED": "1",  # what goes to stdout and to stderr keeps its order
        }
        done = subprocess.run(
            [sys.executable, "-m", "fcnn", *words],
            cwd=str(self.folder),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if block.messages else subprocess.PIPE,
            encoding="utf-8",
        )
        if done.returncode != block.exit_code:
            raise RuntimeError(f"exit code {done.returncode}: {block.command}\n{done.stdout}{done.stderr or ''}")
        return neutral(done.stdout, (self.folder, ROOT))


def course() -> Dict[Path, bytes]:
    """Every page and every picture of the course as it should be."""
    made: Dict[Path, bytes] = {}
    with ThreadPoolExecutor() as pool:  # the languages know nothing of each other
        for each in pool.map(pages_of, FOLDERS):
            made.update(each)
    return made


def pages_of(language: str) -> Dict[Path, bytes]:
    """The pages of a language; with the English ones the pictures."""
    sys.path.insert(0, str(ROOT / "scripts"))
    from small_pictures import small

    made: Dict[Path, bytes] = {}
    with tempfile.TemporaryDirectory() as name:
        desk = Desk(Path(name), language)
        for path in (FOLDERS[language] / page for page in PAGES):
            page = path.read_text(encoding="utf-8")
            made[path] = filled(page, desk.answer).encode("utf-8")
            for picture in pictures_of(page) if language == "en" else ():
                target = Path(os.path.normpath(str(path.parent / picture.link)))
                made[target] = small(desk.folder / picture.file)
    return made


def main(arguments: List[str]) -> int:
    """Write what has changed, or with --check only name it; then 1 where there is something."""
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    from fcnn.environment import judge, read_facts

    if judge(read_facts()).stack != "pinned":
        sys.exit("the numbers of the course are those of the pinned stack: FCNN_STACK=pinned scripts/make-course")
    changed = {path: data for path, data in course().items() if not path.is_file() or path.read_bytes() != data}
    for path, data in changed.items():
        print(f"{'differs' if arguments else 'written'}: {path.relative_to(ROOT)}")
        if not arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return int(bool(arguments and changed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
