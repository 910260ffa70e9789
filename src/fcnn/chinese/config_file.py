"""Chinese of what :mod:`fcnn.config` says about a config file, its YAML and the overrides of the command line."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- the file ---
    "this config is empty": "这个配置是空的",
    "fcnn init TABLE.csv --target COLUMN writes a config": "fcnn init TABLE.csv --target COLUMN 会写出一份配置",
    "a config is a mapping, and this is {kind}": "配置应该是键值对，而这是{kind}",
    "a mapping with the keys `data` and `network`": "有 `data` 和 `network` 两个键的键值对",
    "to train on a table without a config: fcnn train {name} --target COLUMN": (
        "没有配置也能用表格训练：fcnn train {name} --target COLUMN"
    ),
    "this is a folder, not a config file": "这是文件夹，不是配置文件",
    "this is a table, not a config": "这是表格，不是配置",
    "a YAML file": "YAML 文件",
    "this is too large for a config": "作为配置太大了",
    "at most 1 MB": "不超过 1 MB",
    "there is no such config file": "没有这个配置文件",
    "you may not read this config file": "没有权限读取这个配置文件",
    "this config file cannot be read: {error}": "无法读取这个配置文件：{error}",
    "the folder {folder} is not there either": "文件夹 {folder} 也不存在",
    "did you mean {path}?": "是不是想写 {path}？",
    "this is no UTF-8 text": "这不是 UTF-8 文本",
    "this is no UTF-8 text; it looks like UTF-16": "这不是 UTF-8 文本，看起来像 UTF-16",
    "the byte 0x{byte:02X}": "字节 0x{byte:02X}",
    "save the file as UTF-8": "把文件另存为 UTF-8 编码",
    "save the file as UTF-8; an editor may call what it is now ANSI, GBK or cp1252": (
        "把文件另存为 UTF-8 编码；它现在的编码在编辑器里可能叫 ANSI、GBK 或 cp1252"
    ),
    "this is no config: {error}": "这不是配置：{error}",
    "this holds itself": "这里面又包含了它自己",
    "nested deeper than {levels} levels": "嵌套超过 {levels} 层",
    "nested deeper than {levels} levels; a config needs 6": "嵌套超过 {levels} 层；配置只需要 6 层",
    "more than {most:,} values; a config has dozens": "超过 {most:,} 个值；一份配置只有几十个",
    "the key `{key}` is here twice, once as text": "键 `{key}` 出现了两次，一次写成了文本",
    # --- data.path ---
    "data.path names no file": "data.path 没有指明文件",
    "data.path is empty": "data.path 是空的",
    "a CSV file": "CSV 文件",
    "this link leads nowhere": "这个链接指向的文件不存在",
    "download it, and name the file": "先下载，再写上文件名",
    "no file matches this pattern": "没有文件符合这个通配符",
    "this is a folder, not a table": "这是文件夹，不是表格",
    "all of its tables: {folder}/*.csv": "其中所有的表格：{folder}/*.csv",
    "there is no such file": "没有这个文件",
    "a relative path starts at the folder of the config file": "相对路径从配置文件所在的文件夹算起",
    # --- overrides ---
    "override {argument!r}": "参数 {argument!r}",
    "this is no override": "这不是“键=值”形式的参数",
    "key=value, such as training.epochs=50": "键=值，例如 training.epochs=50",
    "one config at a time": "一次只能给一份配置",
    "{name} is a list": "{name} 是列表",
    "say which of its values: {name}[0].{word}": "要指明是其中哪一个：{name}[0].{word}",
    "{name} has no [{index}]": "{name} 没有 [{index}]",
    "an index from 0 to {count}; {count} appends": "0 到 {count} 的序号；{count} 表示在末尾添加",
    "the index 0, which appends": "序号 0，表示添加一个",
    "{name} is a plain value: nothing is inside of it": "{name} 是单个的值，里面没有别的键",
    "`{text}` cannot be read as a key": "`{text}` 读不成键",
    "there is no key before the `=`": "`=` 前面没有键",
    "there is nothing": "什么也没有",
    "an index in brackets follows the name of a list": "方括号里的序号要跟在列表名后面",
    "[{index}] is no index: the first value of a list is [0]": "[{index}] 不是序号：列表的第一个值是 [0]",
    "the names in a key are separated by single dots": "键里的各个名字用一个点隔开",
    # --- YAML ---
    "this is no YAML": "这不是 YAML",
    "this is no YAML: a number is too large here": "这不是 YAML：这里有个数太大",
    "{message} (YAML: {shown})": "{message}（YAML 报告：{shown}）",
    "this is no text: it has a NUL character": "这不是文本：里面有 NUL 字符",
    "the invisible character U+{character:04X} cannot stand in YAML": "YAML 里不能有不可见字符 U+{character:04X}",
    'put the text in quotes: "..."': '给文本加上引号："..."',
    "put the whole value in quotes": "给整个值加上引号",
    'put a pattern in quotes: "*.csv"': '给通配符加上引号："*.csv"',
    "keys of one mapping start in the same column, and those inside of a key further right": (
        "同一级的键要左对齐，属于某个键的内容要再往右缩进"
    ),
    "a key is a word, a colon and a blank: `units: 64`": "键的写法是单词、冒号、空格：`units: 64`",
    "for a path of Windows use / or single quotes: 'C:\\data\\table.csv'": (
        "Windows 的路径请用 / 或单引号：'C:\\data\\table.csv'"
    ),
    "a tab is here, where YAML allows blanks only": "这里有制表符（Tab），而 YAML 只允许空格",
    "replace the tab by blanks": "把制表符换成空格",
    "a value cannot start with `{it}`": "值不能以 `{it}` 开头",
    "`*{it}` is an alias of YAML, and nothing in this text has that name": (
        "`*{it}` 在 YAML 里表示引用，而文中没有叫这个名字的内容"
    ),
    "`*` starts an alias of YAML, not a value": "`*` 在 YAML 里表示引用，不能作为值的开头",
    "`&` gives a name here that is given above already": "`&` 在这里起的名字，上面已经用过",
    "`&` starts an anchor of YAML, not a value": "`&` 在 YAML 里用来起名，不能作为值的开头",
    "`!` starts a tag of YAML, and tags are refused": "`!` 在 YAML 里表示标签，而配置不接受标签",
    "the tag `{tag}` is refused: a config is data, nothing in it is executed": (
        "不接受标签 `{tag}`：配置只是数据，其中任何内容都不会执行"
    ),
    'leave the tag out; for text use quotes: "..."': '去掉标签；文本请用引号："..."',
    "a second document starts here": "从这里开始了第二个文档",
    "one file is one config: delete the line `---`": "一个文件是一份配置：删掉 `---` 这一行",
    "there is text behind the end of the document": "文档结束之后还有内容",
    "delete the line `...` or the bracket too many above": "删掉 `...` 这一行，或上面多余的括号",
    "a backslash in double quotes starts an escape": "双引号里的反斜杠表示转义",
    "a quote is opened here and never closed": "从这里开始的引号没有结束",
    "close the quote": "补上结束的引号",
    "within brackets a `?` starts a key of YAML": "方括号和花括号里的 `?` 在 YAML 里表示键的开始",
    "the list that starts with `[` on line {line} is not closed before this": (
        "第 {line} 行以 `[` 开始的列表，到这里还没有结束"
    ),
    "close it with `]`, or separate its values by commas": "补上 `]`，或者用逗号隔开各个值",
    "the mapping that starts with `{{` on line {line} is not closed before this": (
        "第 {line} 行以 `{{` 开始的键值对，到这里还没有结束"
    ),
    "close it with `}}`, or separate its keys by commas": "补上 `}}`，或者用逗号隔开各个键",
    "a value is missing before `{it}`": "`{it}` 前面缺少一个值",
    "write a value there, or delete the `{it}`": "在那里写上值，或者删掉 `{it}`",
    "a list cannot start here": "列表不能从这里开始",
    "write each `- value` on a line of its own": "每个 `- 值` 单独写一行",
    "this `{it}` closes nothing": "这个 `{it}` 没有与它配对的括号",
    "there is text behind the end of a value": "值结束之后还有内容",
    "this line is indented unlike the lines above": "这一行的缩进与上面各行不一致",
    "a list above goes over into something else here": "上面是列表，到这里却变成了别的内容",
    "this does not continue the mapping above": "这一行接不上前面的键值对",
    "the key on line {line} has no colon": "第 {line} 行的键没有冒号",
    "a second colon on one line": "一行里有两个冒号",
    "the key `{key}` above needs a blank behind its colon": "上面的键 `{key}`，冒号后面要有空格",
    "the line above has no colon": "上面一行没有冒号",
    "this key is indented further than the one above, which has a value already": (
        "这个键比上面的键缩进得更多，而上面的键已经有值了"
    ),
    "aliases (`*name`) make this file many times larger than it is written": (
        "引用（`*name`）展开以后，这个文件会大上许多倍"
    ),
    "write the values out; a config needs no aliases": "把值直接写出来；配置用不着引用",
    "a key must be a word": "键必须是一个词",
    "the key is empty": "键是空的",
    "the key `{key}` is on line {line} already": "键 `{key}` 在第 {line} 行已经写过",
    "delete one of the two: the other would be ignored": "两个当中删掉一个：否则有一个会被忽略",
    "`<<` takes a mapping": "`<<` 后面要有键值对",
}
"""English template to Chinese template."""
