"""Chinese of what :mod:`fcnn.data` says about columns: their types, cells, missing values, and what was noticed."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- cells ---
    "1 cell is no number": "1 个单元格不是数",
    "{count:,} cells are no number": "{count:,} 个单元格不是数",
    "1 cell is infinite": "1 个单元格是无穷大",
    "{count:,} cells are infinite": "{count:,} 个单元格是无穷大",
    "finite numbers": "有限的数",
    "1 cell is no date": "1 个单元格不是日期",
    "{count:,} cells are no date": "{count:,} 个单元格不是日期",
    "dates such as {date}": "{date} 这样的日期",
    "dates such as {date}, written {format}": "{date} 这样的日期，格式为 {format}",
    "dates": "日期",
    "is no boolean": "不是真假值",
    "two of yes/no, true/false, t/f, y/n, on/off, 是/否, 1/0": (
        "yes/no、true/false、t/f、y/n、on/off、是/否、1/0 当中的一对"
    ),
    "has no number in any training row": "在训练集的任何一行都没有数",
    "or take it as text: {override}": "或者当作文本：{override}",
    "leave it out, or {override}": "去掉这一列，或者 {override}",
    "the values are too large: their variance is beyond float64": "值太大：方差超出了 float64 的范围",
    "magnitudes below 1e150": "绝对值小于 1e150",
    "values around {mean:g}": "{mean:g} 左右的值",
    "a value is beyond float32 after standardising": "有一个值标准化之后超出了 float32 的范围",
    "{count:,} values are beyond float32 after standardising": "有 {count:,} 个值标准化之后超出了 float32 的范围",
    # --- types ---
    "is numeric, but 1 cell is no number": "是数值列，但有 1 个单元格不是数",
    "is numeric, but {count:,} cells are no number": "是数值列，但有 {count:,} 个单元格不是数",
    "numbers such as 1400.5": "1400.5 这样的数",
    "has dates ({format}), but 1 cell is none": "是日期列（{format}），但有 1 个单元格不是日期",
    "has dates ({format}), but {count:,} cells are none": "是日期列（{format}），但有 {count:,} 个单元格不是日期",
    "correct the file, or say what to do: {missing} (count them as missing), {category} (take it as text)": (
        "改正文件，或者指明怎么处理：{missing}（算作缺失值），{category}（当作文本）"
    ),
    "{signed:,} of {count:,} numbers have a percent sign: each is read as the number that stands there": (
        "{count:,} 个数中有 {signed:,} 个带百分号：都按写出来的数读取"
    ),
    "if 12% and 0.12 are the same, write all of them in one way in the file": (
        "如果 12% 和 0.12 是同一个意思，请在文件里统一写法"
    ),
    "have some cells with a percent sign and others without": "有些单元格带百分号，有些不带",
    "is read as {format}; all its dates are right as {other}, too": (
        "按 {format} 读取；按 {other} 读取，所有日期也都成立"
    ),
    "has no value in any row and is left out": "在每一行都没有值，不用",
    "counts the rows: each number is one more than that before it": "是行号：每个数都比前一个大 1",
    "has numbers of 16 digits and more, different in every row: names": "是 16 位以上的数，每行都不同：是编号",
    "has whole numbers of 16 digits and more, too long to be told apart as numbers: names": (
        "是 16 位以上的整数，太长，作为数无法区分：是编号"
    ),
    "is text that is different in every row": "是文本，每行都不同",
    "has numbers with {units}, and is taken as text": "是带 {units} 的数，当作文本",
    "has numbers with {units}, which as text are different in every row, and is left out": (
        "是带 {units} 的数，作为文本每行都不同，不用"
    ),
    "have numbers with units, and are not read as numbers": "是带单位的数，没有当作数读取",
    "has truth values in several spellings, and is taken as text: {levels}": "的真假值有几种写法，当作文本：{levels}",
    "have truth values in several spellings, and are taken as text": "的真假值有几种写法，当作文本",
    "is read as numbers, most of which are dates such as 20200517": "当作数读取，其中大多是 20200517 这样的日期",
    "are read as numbers, most of which are dates such as 20200517": "当作数读取，其中大多是 20200517 这样的日期",
    "to read them as dates: {override}": "要当作日期读取：{override}",
    "{advice}; {keep}": "{advice}；{keep}",
    "if they are quantities, leave {unit!r} out in the file": "如果是数量，请在文件里去掉 {unit!r}",
    "if they are quantities, write all of them in one unit in the file, and leave it out": (
        "如果是数量，请在文件里统一单位，并去掉单位"
    ),
    "if they are quantities, write them out in the file: 1.2M as 1200000, 3k as 3000": (
        "如果是数量，请在文件里写出完整的数：1.2M 写成 1200000，3k 写成 3000"
    ),
    "amounts in several currencies cannot be compared: convert them to one in the file": (
        "几种货币的金额不能比较：请在文件里换算成一种货币"
    ),
    "is read as times or durations in seconds: {example!r} is {value:,g}": (
        "按时刻或时长读取，单位为秒：{example!r} 是 {value:,g}"
    ),
    "are read as times or durations in seconds": "按时刻或时长读取，单位为秒",
    "if they are none: {override}": "如果不是：{override}",
    "has years of two digits, which are read as 1969 to 2068: {text!r} is {date}": (
        "的年份只有两位，按 1969 到 2068 年读取：{text!r} 是 {date}"
    ),
    "have years of two digits, which are read as 1969 to 2068": "的年份只有两位，按 1969 到 2068 年读取",
    "if that is wrong, write four digits in the file": "如果不对，请在文件里写四位年份",
    "{what} (an identifier?), and is left out": "{what}（是标识符吗？），不用",
    "to learn from it all the same: {override}": "如果还是要用它学习：{override}",
    "the one feature is left out": "唯一的特征也不能用",
    "all {count:,} features are left out": "{count:,} 个特征都不能用",
    "what follows says why, and what keeps each of them": "原因见下面，怎样保留每一列也写在那里",
    "a column to learn from": "可以用来学习的列",
    "is the same in every training row and is left out": "在训练集的每一行都相同，不用",
    "the one feature is the same in every training row: nothing is left to learn from": (
        "唯一的特征在训练集的每一行都相同：没有剩下可以用来学习的列"
    ),
    "all {count:,} features are the same in every training row: nothing is left to learn from": (
        "{count:,} 个特征在训练集的每一行都相同：没有剩下可以用来学习的列"
    ),
    # --- why a column was taken for what it is ---
    "numbers that count the rows": "行号",
    "stated in the config": "配置里写明",
    "no value in any row": "每一行都没有值",
    "counts the rows": "行号",
    "long numbers, different in every row": "很长的数，每行都不同",
    "long numbers": "很长的数",
    "numbers with {marks}": "带{marks}的数",
    "thousands separators": "千位分隔符",
    "decimal commas": "小数逗号",
    "parentheses for minus": "表示负数的括号",
    "the minus behind": "写在后面的负号",
    "hours and minutes, in seconds": "时和分（换算成秒）",
    "percent signs": "百分号",
    "the mark {mark}": "符号 {mark} ",
    "dates, {format}": "日期，{format}",
    "text, different in every row": "文本，每行都不同",
    "codes with leading zeros, {count:,} different values": "以 0 开头的代码，{count:,} 个不同的值",
    "text, always the same": "文本，全都一样",
    "text, {count:,} different values": "文本，{count:,} 个不同的值",
    "bad cells": "有无法使用的单元格",
    "the same in every training row": "在训练集的每一行都相同",
    # --- several columns at once ---
    "{count:,} columns {what}: {names}, ...": "{count:,} 列{what}：{names} 等",
    "have no value in any row and are left out": "在每一行都没有值，不用",
    "count the rows and are left out": "是行号，不用",
    "are different in every row (identifiers?) and are left out": "每行都不同（是标识符吗？），不用",
    "have whole numbers of 16 digits and more (identifiers?) and are left out": (
        "是 16 位以上的整数（是标识符吗？），不用"
    ),
    "have dates whose day and month may be the other way round": "的日期，日和月可能颠倒",
    "are the same in every training row and are left out": "在训练集的每一行都相同，不用",
    "have cells that are counted as missing": "有单元格被算作缺失值",
    "have no value in some training rows, and usual ones stand in": "在训练集的一些行没有值，用常见的值代替",
    "have rare values, which are one level each": "有少见的值，各自合为一类",
    "have a value of their own in most rows": "在多数行里都是各不相同的值",
    "are far from symmetric": "的分布很不对称",
    "have numbers such as -999, far from all others": "有 -999 之类远离其他值的数",
    "has {value:g} in {count:,} rows, far from all other numbers: does it stand for a missing value?": (
        "有 {count:,} 行是 {value:g}，远离其他所有数：它是不是代表缺失值？"
    ),
    "if it does: {override}": "如果是：{override}",
    "are few whole numbers each: names or quantities?": "各自只有几个整数：是名称还是数量？",
    "alone tell the target in every row": "单独就能在每一行确定目标值",
    "are equal to others in every row": "在每一行都与别的列相等",
    # --- what was noticed ---
    "{count} columns of the matrix have this name": "矩阵里有 {count} 列叫这个名字",
    "rename the column in the file, to tell them apart in data.json": "在文件里给这一列改名，才能在 data.json 里区分",
    "1 cell cannot be read and is counted as missing: {cells}": "1 个单元格读不出来，算作缺失值：{cells}",
    "{count:,} cells cannot be read and are counted as missing: {cells}": (
        "{count:,} 个单元格读不出来，算作缺失值：{cells}"
    ),
    "no value in {count:,} of {rows:,} training rows (the first in {first}): {instead}": (
        "训练集 {rows:,} 行中有 {count:,} 行没有值（第一处在{first}）：{instead}"
    ),
    "the usual value stands in": "用常见的值代替",
    "the median {median:g} stands in": "用中位数 {median:g} 代替",
    "they are a level of their own": "缺失单独算一类",
    "rare values share one level: {count:,} in {rows:,} training rows, such as {example!r}": (
        "少见的值合为一类：有 {count:,} 种，在训练集的 {rows:,} 行里，例如 {example!r}"
    ),
    "has {count:,} different values in {rows:,} training rows: there is little to learn from each": (
        "在 {rows:,} 行训练数据里有 {count:,} 个不同的值：从每个值能学到的很少"
    ),
    "to leave it out: {override}": "要去掉这一列：{override}",
    "to leave them out: {override}": "要去掉这些列：{override}",
    "is far from symmetric (skewness {skew:.1f}): median {median:g}, largest {largest:g}": (
        "分布很不对称（偏度 {skew:.1f}）：中位数 {median:g}，最大值 {largest:g}"
    ),
    "has few whole numbers ({values}): are they names rather than quantities?": (
        "只有几个整数（{values}）：它们是不是名称，而不是数量？"
    ),
    "if they are names: {override}": "如果是名称：{override}",
    "alone tells the target in every row": "单独就能在每一行确定目标值",
    "is it known before the target is? If not: {override}": "在知道目标值之前就能知道它吗？如果不能：{override}",
    "has the same value as the column {other!r} in every row": "在每一行都与列 {other!r} 的值相同",
    "one of them is enough: {override}": "两列用一列就够了：{override}",
}
"""English template to Chinese template."""
