"""Chinese of what :mod:`fcnn.data` says about files and tables: reading them, their names, their rows."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- places ---
    "line {number}": "第 {number} 行",
    "row {number}": "第 {number} 行",
    "column {name!r}": "列 {name!r}",
    "feature {name!r}": "特征 {name!r}",
    # --- the file ---
    "cannot be read: {error}": "无法读取：{error}",
    "this is a folder": "这是文件夹",
    "this is a pipe or a device, not a file": "这是管道或设备，不是文件",
    "write what it gives into a file": "把它输出的内容写进文件",
    "this is {kind}, not text": "这是 {kind}，不是文本",
    "the file is empty": "文件是空的",
    "there is nothing but blank lines": "文件里只有空行",
    "there is a header and not one row below it": "只有表头，下面一行数据也没有",
    "changed while it was read": "读取期间文件被改动",
    "try again": "请再试一次",
    "is it a CSV at all?": "它真的是 CSV 吗？",
    "an archive must hold one file": "压缩包里只能有一个文件",
    "unpack it, and name the file, or a list of files, in data.path": (
        "解压后，在 data.path 里写文件名，或几个文件的列表"
    ),
    "unpack it, and name the file": "解压后再指定其中的文件",
    "unpack it first": "先解压",
    "cannot be unpacked: {error}": "无法解压：{error}",
    "is it whole? Copy or download it again": "文件完整吗？请重新复制或下载",
    "zstandard is needed to unpack this file": "解压这个文件需要 zstandard",
    'pip install "fcnn[zst]", or unpack it: zstd -d': 'pip install "fcnn[zst]"，或者先解压：zstd -d',
    "{library} is needed to read this file": "读取这个文件需要 {library}",
    'pip install "fcnn[{kind}]", or save the table as CSV': 'pip install "fcnn[{kind}]"，或者把表格另存为 CSV',
    "cannot be read as {kind}: {reason}": "无法按 {kind} 读取：{reason}",
    "the first sheet is empty": "第一个工作表是空的",
    "a first row with the names of the columns": "第一行是各列的名字",
    "this is an old Excel file (.xls), one with a password, or a damaged one": (
        "这是旧格式的 Excel 文件（.xls），或者有密码，或者已损坏"
    ),
    "save it as .xlsx without a password, or as CSV": "另存为没有密码的 .xlsx，或者 CSV",
    "cannot be put aside: {reason}": "无法暂存：{reason}",
    "the variable TMPDIR names another folder to put it into": "可以用环境变量 TMPDIR 另选一个暂存的文件夹",
    "the table is read from the terminal: type or paste it, and end it with {keys}": (
        "正从终端读取表格：请输入或粘贴，最后按 {keys} 结束"
    ),
    "the table needs about {needed} of memory, and {there} are free": (
        "表格大约需要 {needed} 内存，而可用的只有 {there}"
    ),
    "the network needs about {needed} of memory, and {there} are free": (
        "网络大约需要 {needed} 内存，而可用的只有 {there}"
    ),
    "fewer units": "减少单元数",
    "the matrix of {count:,} features": "{count:,} 个特征的矩阵",
    "learn from fewer columns (data.features, data.drop), or from a part of the rows": (
        "少用几列（data.features、data.drop），或者只用一部分行"
    ),
    # --- encoding ---
    "unknown encoding": "不认识的编码",
    "a Python codec's name, such as utf-8, gb18030, utf-16 or cp1252": (
        "Python 的编码名，例如 utf-8、gb18030、utf-16 或 cp1252"
    ),
    "the file is no UTF-8 and is read as {encoding}": "文件不是 UTF-8 编码，按 {encoding} 读取",
    "{message}: {samples}": "{message}：{samples}",
    "if that is wrong: {override}": "如果不对：{override}",
    "if that is wrong, save the file as UTF-8": "如果不对，请把文件另存为 UTF-8 编码",
    "the file is not {encoding} text": "文件不是 {encoding} 编码的文本",
    "say which it is: data.encoding=gb18030 (Chinese Excel, GBK), utf-16, or cp1252 (Western Windows); "
    "or save the file as UTF-8": (
        "指明是哪种编码：data.encoding=gb18030（中文 Excel、GBK）、utf-16 或 cp1252（西文 Windows）；"
        "或者把文件另存为 UTF-8"
    ),
    "there is a NUL character: the file is no text, or damaged, or in another encoding": (
        "里面有 NUL 字符：文件不是文本，或者已损坏，或者是别的编码"
    ),
    # --- the header ---
    "a first line with the names of the columns": "第一行是各列的名字",
    "a quote is never closed, in the names of the columns": "列名里的引号没有结束",
    "the first line does not end within {size} MB": "第一行超过 {size} MB 还没有结束",
    "not the columns of {file}": "与 {file} 的列不一样",
    "{file} has no column {name!r}": "{file} 里没有列 {name!r}",
    "this is {kind}, no CSV": "这是 {kind}，不是 CSV",
    "save the table as CSV in the program that made it": "在生成它的程序里把表格另存为 CSV",
    "open it in a browser: is it a page to log in, or an error, in place of the table?": (
        "用浏览器打开看看：是不是登录页面或错误页面，而不是表格？"
    ),
    "replace everything down to the line @data with one line: the names of the attributes, separated by ,": (
        "把 @data 及以上各行换成一行：各属性的名字，用 , 分隔"
    ),
    "this stands for the file, which was not fetched: git lfs pull": "这只是文件的指针，文件还没有取来：git lfs pull",
    "if it is a list of rows: {command}": "如果它是各行的列表：{command}",
    "the fields are separated by blanks, which fcnn does not read; this makes a CSV: {command}": (
        "各字段用空格分隔，fcnn 不能读取；这样可以转成 CSV：{command}"
    ),
    "the fields are separated by {separator}, which fcnn does not read; this makes a CSV: {command}": (
        "各字段用 {separator} 分隔，fcnn 不能读取；这样可以转成 CSV：{command}"
    ),
    ", ; tab | ^ ~ :": ", ; 制表符 | ^ ~ :",
    "the first line says sep={separator}, which fcnn does not read": "第一行写着 sep={separator}，fcnn 不能读取",
    "the fields seem to have fixed widths, which fcnn does not read; this makes a CSV: {command}": (
        "各字段看来是固定宽度，fcnn 不能读取；这样可以转成 CSV：{command}"
    ),
    "{hint} (its columns are then called x0, x1, x2 ...)": "{hint}（这样各列的名字是 x0、x1、x2……）",
    "its {count} columns begin with: {names}": "它有 {count} 列，开头几列是：{names}",
    "the names of the columns are looked for in the first line, separated by , ; tab or |; it reads: {line}": (
        "列名要写在第一行，用逗号、分号、制表符或 | 隔开；现在第一行是：{line}"
    ),
    "is the line with the names of the columns missing? The first line reads: {line}": (
        "是不是缺少写列名的那一行？现在第一行是：{line}"
    ),
    "the column name {name!r} appears {count} times, at positions {positions}": (
        "列名 {name!r} 出现了 {count} 次，分别是第 {positions} 列"
    ),
    "each used name once": "用到的列名只出现一次",
    "rename one of them in the first line": "在第一行把其中一个改名",
    "column {positions} has no name and is left out": "第 {positions} 列没有名字，不用",
    "columns {positions} have no name and are left out": "第 {positions} 列没有名字，都不用",
    "no column is left to learn from": "没有剩下可以用来学习的列",
    "shorten data.drop": "缩短 data.drop",
    "the table needs a column beside the target": "除了目标，表里还要有别的列",
    "the table has {count} columns {name!r}": "表格里有 {count} 个列叫 {name!r}",
    # --- rows ---
    "a record that does not end": "有一条记录没有结束",
    "records of at most {size} MB": "每条记录不超过 {size} MB",
    'is a quote (") opened there that is never closed? Is the file a CSV at all?': (
        '是不是那里有个引号（"）没有结束？它真的是 CSV 吗？'
    ),
    "1 row has too few fields": "1 行的字段太少",
    "{count:,} rows have too few fields": "{count:,} 行的字段太少",
    "1 row has too many fields": "1 行的字段太多",
    "{count:,} rows have too many fields": "{count:,} 行的字段太多",
    "{count:,} rows have too few or too many fields": "{count:,} 行的字段太少或太多",
    "line {line} has {count}": "第 {line} 行有 {count} 个",
    "{count} fields in each, as the header has": "每行 {count} 个字段，与表头一样",
    "every row has one field more than the header: does each end with a separator, or lacks the header the name of the "
    "first column?": "每行都比表头多一个字段：是不是每行末尾多了分隔符，或者表头缺了第一列的名字？",
    "delete lines that are no rows (a comment, a sum below); a missing value is an empty field": (
        "不属于表格的行（注释、表尾的合计等）请删掉；缺失值要写成空字段"
    ),
    "quote a field that contains {separator!r}, and write an empty field for a missing value": (
        "含有 {separator!r} 的字段要加引号，缺失值请写成空字段"
    ),
    "numbers such as {number} are read with a decimal comma, as {value}": (
        "{number} 这样的数按小数逗号读取，即 {value}"
    ),
    "if the comma separates thousands, leave it out in the file": "如果逗号是千位分隔符，请在文件里去掉",
    "no CSV behind this line: {reason}": "这一行之后不是 CSV：{reason}",
    "1 row looks like a sum or a mean of those above it, and is learnt from ({place})": (
        "有 1 行看来是上面各行的合计或平均，也会拿来学习（{place}）"
    ),
    "{count:,} rows look like sums or means of those above them, and are learnt from (the first in {place})": (
        "有 {count:,} 行看来是上面各行的合计或平均，也会拿来学习（第一处在{place}）"
    ),
    "delete lines that are no rows in the file": "在文件里删除不是数据的行",
    "1 cell looks like rows of the table that a quote swallowed ({place})": (
        "有 1 个单元格看来是被引号包进去的几行数据（{place}）"
    ),
    "{count:,} cells look like rows of the table that a quote swallowed (the first in {place})": (
        "有 {count:,} 个单元格看来是被引号包进去的几行数据（第一处在{place}）"
    ),
    'is a quote (") there that opens a field and should not?': "那里是不是多了一个引号？",
    "between the lines {first} and {following} no row begins": "第 {first} 行和第 {following} 行之间没有新的一行数据",
    'is a quote (") in line {first} that opens a field and should not?': (
        "第 {first} 行是不是多了一个引号，把后面的行都包进去了？"
    ),
    "are its quotes in pairs?": "引号都成对吗？",
    "{rows:,} rows behind this line read as {read:,}": "这一行之后有 {rows:,} 行，却读成了 {read:,} 行",
    "are there quotes within fields? Double them, or leave them out": "字段里面有引号吗？请把它写成两个，或者去掉",
    "1 row has no target and is left out": "1 行没有目标值，不用",
    "{count:,} rows have no target and are left out": "{count:,} 行没有目标值，不用",
    "no row has a value of {name!r}, the target": "没有一行有目标 {name!r} 的值",
    "an empty cell counts as missing, and nothing else does": "只有空单元格算缺失值",
    "an empty cell counts as missing, and so do: {texts}": "空单元格算缺失值，这些也算：{texts}",
    "{which}; where they are classes: {override}": "{which}；如果它们是类别：{override}",
    "{which}; so do cells that are no numbers": "{which}；不是数的单元格也算",
    "an empty cell is a missing value and is allowed": "空单元格是缺失值，可以有",
}
"""English template to Chinese template."""
