"""Columns that say which rows belong together: several visits of one patient, all orders of one customer.

Where the rows are shared out by chance, each patient both trains and is scored, and the scores tell how well the
network knows its patients, not how well it would do with others. No rule can be sure of that, so it is a warning, and
the rule is made for few false alarms:

- a name that means one of many (``patient``, ``Customer_ID``, ``用户``, a bare ``id`` that repeats) is enough, for text
  and whole numbers; for things (``device``, ``session``) a word such as ``id`` has to follow. Other names with ``id``
  are none: products, shops and cities stay the same when new rows come;
- codes with one beginning and another number each (``P017``, ``subj-3``) are groups where all of them have the same
  number of rows, or where the rows of each stand together: codes of products and posts come as often as they are sold
  or lived in. Any column of a sorted table stands together, so that says nothing without such codes.
"""

import re
from typing import Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import pandas as pd

from fcnn.config.structs import Split
from fcnn.data.column import OTHERS, Column, Numbers, Table, Text
from fcnn.data.findings import Noticed, about_column, together
from fcnn.data.remedies import split_by_group
from fcnn.errors import Problem
from fcnn.wording import say

BEINGS = frozenset((
    "patient", "subject", "subj", "participant", "person", "individual", "respondent", "volunteer", "user",
    "customer", "client", "member", "student", "employee", "speaker", "患者", "病人", "受试者", "被试", "用户",
    "客户", "顾客", "会员", "学生", "员工",
))  # fmt: skip
"""What is one of many by itself."""
THINGS = frozenset((
    "device", "machine", "sensor", "engine", "unit", "session", "account", "household", "family", "animal", "case",
    "visit", "encounter", "trip", "设备", "机器", "传感器", "会话", "账户", "账号", "家庭", "病例",
))  # fmt: skip
"""What may be a kind, too, unless a word such as ``id`` follows."""
IDS = frozenset((
    "id", "ids", "no", "nr", "nbr", "num", "number", "code", "key", "name", "hash", "uuid", "编号", "号", "代码",
    "代号",
))  # fmt: skip
"""What follows the name of one of many."""
ALONE = frozenset((
    "id", "uid", "uuid", "pid", "mrn", "ptid", "编号", "学号", "工号", "病历号", "住院号",
))  # fmt: skip
"""Names that mean one of many, of whatever kind."""
NO_GROUPS = frozenset((
    "product", "item", "sku", "article", "part", "model", "category", "type", "class", "zip", "zipcode", "post",
    "postal", "postcode", "code", "city", "county", "state", "country", "region", "area", "year", "month", "week",
    "day", "date", "hour", "time", "quarter", "grade", "level", "step", "产品", "商品", "型号", "邮编", "城市",
    "年", "月", "周", "日",
))  # fmt: skip
"""Words of columns, and beginnings of codes, that are kinds, places and times."""

WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_a-zA-Z]+")
"""``customerID`` are two."""
GLUED = re.compile(r"(.{3,})(id|no|nr)")
"""``userid`` are two, too."""
CODE = re.compile(r"(\D*[^\W\d]\D*)\d{1,9}")
"""A letter at least, and a number at the end."""
LEAST_NAMED = 10
LEAST_CODES = 20
"""Groups: few codes are rather kinds."""
LEAST_SHARE = 0.2
"""Of the rows share their group with others; an id that was entered twice is none."""
SAME_SHARE = 0.8
"""Of the codes have equally many rows, where that is the sign."""


def groups(table: Table, features: Sequence[str], split: Mapping[str, np.ndarray], how: Split) -> List[Problem]:
    """A warning for each feature that looks like a group of which rows both train and are scored.

    Args:
        table: the usable rows.
        features: to look at; what the rows are split by is none of them.
        split: row positions by part.
        how: the config's section.
    """
    if how.method in ("time", "column"):  # somebody has thought about that
        return []
    found: Dict[str, Noticed] = {}
    for name in features:
        grouped = _grouped(table[name])
        if grouped is None:
            continue
        codes, sizes = grouped
        trained = np.zeros(codes.max() + 2, dtype=bool)
        trained[codes[split["train"]]] = True
        trained[-1] = False  # without a value
        again = [rows[trained[codes[rows]]] for part, rows in split.items() if part != "train"]
        rows = np.sort(np.concatenate([*again, split["train"][:0]]))
        if len(rows):
            mean = float(np.mean(sizes))
            message = say(
                "looks like a group: {count:,} values with about {size:,} rows each; rows of the same one train and "
                "are scored, which flatters the scores",
                count=len(sizes),
                size=round(mean) if mean >= 2 else round(mean, 1),
            )
            hint = say("to predict for others than these: {overrides}", overrides=split_by_group(name))
            examples = table.rows.first_names(rows)
            found[name] = about_column(
                "group", name, message, len(rows), severity="warning", hint=hint, examples=examples
            )
    return together(found, say("look like groups of which rows both train and are scored"))


def _grouped(column: Column) -> Optional[Tuple[np.ndarray, np.ndarray]]:
    """What looks like groups.

    Returns:
        (rows,) integers, the group of each row, -1 where it has none; and (groups,) how many rows each has. None where
        it is no group.
    """
    named = is_one_of_many(column.name)
    if not named and (isinstance(column, Numbers) or not _are_codes(column)):
        return None
    if isinstance(column, Numbers):
        whole = column.values[~column.missing]
        if not (np.isfinite(whole).all() and (np.floor(whole) == whole).all()):
            return None
    codes = pd.factorize(column.values)[0] if isinstance(column, Numbers) else column.codes
    if isinstance(column, Text) and OTHERS in column.levels:  # of those that are not kept apart nothing is known
        codes = np.where(codes == column.levels.index(OTHERS), -1, codes)
    present = codes[codes >= 0]
    counts = np.bincount(present)
    sizes = counts[counts > 0]  # of some levels there is no row
    if len(sizes) < (LEAST_NAMED if named else LEAST_CODES):
        return None
    shared = sizes[sizes > 1].sum() / len(present)
    if shared < (LEAST_SHARE if named else SAME_SHARE):
        return None
    if not named:
        even = np.bincount(sizes).max() >= SAME_SHARE * len(sizes)
        together_there = np.count_nonzero(np.diff(present)) + 1 == len(sizes)
        if not even and not together_there:
            return None
    return codes, sizes


def is_one_of_many(name: str) -> bool:
    """Whether a column of that name says which patient, user or device a row is about; the number of users is none."""
    if any(map(str.isdigit, name)):
        return False  # subject1 and subject2 are marks
    words = _words(name)
    if len(words) == 2 and words[0] in ("id", "编号"):
        words.reverse()
    if len(words) == 1:
        return words[0] in BEINGS | ALONE
    return len(words) == 2 and words[0] in BEINGS | THINGS and words[1] in IDS


def _words(name: str) -> List[str]:
    """The words of a name or a code, in small letters."""
    words: List[str] = []
    for word in map(str.casefold, WORDS.findall(name)):
        glued = GLUED.fullmatch(word)
        chinese = next((end for end in ("编号", "代码", "代号", "号") if word.endswith(end) and word not in ALONE), "")
        if glued and glued[1] in BEINGS | THINGS:
            words += [glued[1], glued[2]]
        elif chinese and word not in THINGS:
            words += [word[: -len(chinese)], chinese]
        else:
            words.append(word)
    return words


def _are_codes(column: Text) -> bool:
    """Whether all cells are one text and a number behind, which does not name a kind, a place or a time."""
    first = CODE.fullmatch(column.levels[0]) if len(column.levels) >= LEAST_CODES else None
    if first is None or NO_GROUPS.intersection(_words(column.name) + _words(first[1])):
        return False
    return all(level.startswith(first[1]) and level[len(first[1]) :].isdigit() for level in column.present())
