"""Sharing rows out by chance, each class in proportion, in the memory of a few numbers a row.

These are the rows that scikit-learn's ``train_test_split(stratify=...)`` chooses with the same seed. It keeps each row
as an object of Python on the way, 100 bytes in all, which tables of many millions of rows have no room for.
"""

from typing import Tuple

import numpy as np

from fcnn.wording import say


def stratified_split(codes: np.ndarray, count: int, seed: int) -> Tuple[np.ndarray, np.ndarray]:
    """Take some rows, and of each class about the same share.

    Args:
        codes: (rows,) int32 classes, of each of which there are two rows at least.
        count: how many to take, of each class one at least, and no more than leave one of each.
        seed: of the shuffling.

    Returns:
        (rows - count,) positions of those that stay, and (count,) of those that are taken, in the order of chance.

    Raises:
        ValueError: there are too few rows for that.
    """
    present = np.bincount(codes)
    classes = np.flatnonzero(present)
    sizes = present[classes]
    if sizes.min() < 2 or min(count, len(codes) - count) < len(classes):
        raise ValueError(say("a class has too few rows"))
    random = np.random.RandomState(seed)
    staying = _shares(sizes, len(codes) - count, random)
    taking = _shares(sizes - staying, count, random)
    stay, take = np.empty(staying.sum(), dtype=np.int32), np.empty(taking.sum(), dtype=np.int32)
    ends = np.cumsum(staying), np.cumsum(taking)
    for position, code in enumerate(classes):
        shuffled = np.flatnonzero(codes == code).astype(np.int32)[random.permutation(int(sizes[position]))]
        first, more = staying[position], taking[position]
        stay[ends[0][position] - first : ends[0][position]] = shuffled[:first]
        take[ends[1][position] - more : ends[1][position]] = shuffled[first : first + more]
    random.shuffle(stay)
    random.shuffle(take)
    return stay, take


def _shares(sizes: np.ndarray, count: int, random: np.random.RandomState) -> np.ndarray:
    """(classes,) int64: how many rows of each class; what is left over by rounding goes to the largest remainders."""
    exact = sizes / sizes.sum() * count
    whole = np.floor(exact)
    missing = int(count - whole.sum())
    remainders = exact - whole
    for value in np.unique(remainders)[::-1] if missing > 0 else ():
        equal = np.flatnonzero(remainders == value)
        chosen = random.choice(equal, size=min(len(equal), missing), replace=False)
        whole[chosen] += 1
        missing -= len(chosen)
        if not missing:
            break
    return whole.astype(np.int64)
