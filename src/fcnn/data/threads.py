"""Work in several threads, on the pieces of a file and on columns: NumPy and pandas let other threads run."""

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Callable, Deque, Iterable, Iterator, List, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

MOST = 4
"""Threads at most: the pieces are cut in one, which has no more work for others."""
WORTH_IT = 50_000
"""Rows from which on the work on a column takes longer than handing it to a thread."""


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(work: Callable[[Given], Made], pieces: Iterable[Given]) -> Iterator[Made]:
    """What is made of each piece, in order; the first one alone, so that the work may learn from it.

    As many pieces are held as there are threads. What `work` raises is raised in its turn.

    Args:
        work: what is to be done.
        pieces: they are taken as they are needed.
    """
    waiting: Deque[Future[Made]] = deque()
    rest = iter(pieces)
    for first in rest:
        yield work(first)
        break
    threads = min(MOST, processors())
    if threads == 1:
        yield from map(work, rest)
        return
    with ThreadPoolExecutor(threads) as executor:
        try:
            for piece in rest:
                if len(waiting) > threads:
                    yield waiting.popleft().result()
                waiting.append(executor.submit(work, piece))
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def each(work: Callable[[Given], Made], columns: Iterable[Given], rows: int, most: int = MOST) -> List[Made]:
    """What is made of each column, in order; in several threads where there are rows enough for that to pay.

    Args:
        work: what is to be done.
        columns: of a table.
        rows: of each.
        most: threads at most, where each needs much memory.
    """
    threads = min(most, MOST, processors()) if rows >= WORTH_IT else 1
    if threads == 1:
        return list(map(work, columns))
    with ThreadPoolExecutor(threads) as executor:
        return list(executor.map(work, columns))


def background(work: Callable[[], Made]) -> Callable[[], Made]:
    """Begin some work beside what follows; calling the answer waits for it."""
    executor = ThreadPoolExecutor(1)
    future = executor.submit(work)
    executor.shutdown(wait=False)
    return future.result
