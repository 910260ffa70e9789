"""The documentation of the doctor's rules: a page for each in English and Chinese, made from the table of rules."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

import html
import re
from pathlib import Path
from typing import Dict, List, Mapping, Sequence

from fcnn.environment.facts import Facts
from fcnn.environment.rendering.cases import Case, cases_of, repairs_of, rule_ids, where_in_words, without_versions
from fcnn.environment.rendering.console import begun_large
from fcnn.environment.rendering.language import Say, translator
from fcnn.environment.rendering.ranges import when_in_words
from fcnn.environment.rules import RULES

FOLDERS = {"en": Path("docs/rules"), "zh": Path("docs/zh/rules")}
_OTHER = {"en": ("../zh/rules/{page}", "中文"), "zh": ("../../rules/{page}", "English")}
_INSTALLERS = {
    "pip": ("pip", "install"),
    "uv": ("uv", "pip", "install"),
    "conda": ("conda", "install", "-c", "conda-forge"),
}
_GRAVITY = ("error", "warning", "note")

_CHINESE: Mapping[str, str] = {
    "Written by `scripts/make-docs` from the table of rules.": "由 `scripts/make-docs` 根据规则表生成。",
    "error": "错误",
    "warning": "警告",
    "note": "提示",
    "What you would see": "会看到的报错",
    "Nothing is printed that would tell it.": "没有能直接认出它的报错文字。",
    "Cause": "原因",
    "When": "什么情况下",
    "Repair": "修复",
    "Nothing needs to be done.": "不需要处理。",
    "`fcnn check-env` prints the command for your environment.": "`fcnn check-env` 会打印适合你的环境的命令。",
    "How it is known": "依据",
    "Other rules with the same text": "报错文字相同的其他规则",
    "`fcnn check-env` judges your environment, and `fcnn check-env --explain FILE` an error message.": (
        "`fcnn check-env` 检查你的环境，`fcnn check-env --explain FILE` 解释一段报错。"
    ),
    "All rules": "全部规则",
    "The rules of `fcnn check-env`": "`fcnn check-env` 的规则",
    "Each page says what one sees, why, when, and what repairs it. An **error**: importing TensorFlow, or a plain fit, "
    "fails. A **warning**: one named feature fails. A **note**: harmless, although it looks bad. How to use the "
    "command: [check-env](../check-env.md).": (
        "每一页说明会看到什么报错、原因、什么情况下发生、怎样修复。**错误**：导入 TensorFlow 或最普通的训练就会失败。"
        "**警告**：某一项功能会失败。**提示**：看着吓人，其实无害。"
        "命令的用法见 [check-env](../../check-env.md)（英文）。"
    ),
    "| rule | package | what you would see, or what is the matter |": "| 规则 | 包 | 会看到的报错，或问题所在 |",
}


def rule_pages() -> Dict[Path, str]:
    """Every page by its path from the root of the repository."""
    pages: Dict[Path, str] = {}
    for language, folder in FOLDERS.items():
        for rule_id in rule_ids():
            pages[folder / f"{rule_id}.md"] = _page(rule_id, language)
        pages[folder / "README.md"] = _index(language)
    return pages


def _page(rule_id: str, language: str) -> str:
    say = _say(language)
    cases = sorted(cases_of(rule_id), key=lambda case: _GRAVITY.index(case.severity))
    link, name = _OTHER[language]
    parts = [f"# {rule_id}: {_title(cases, say)}", f"[{name}]({link.format(page=f'{rule_id}.md')})"]
    parts += [f"## {say('What you would see')}", _symptoms(cases) or say("Nothing is printed that would tell it.")]
    for case in cases:
        parts += _case(case, len(cases) > 1, say)
    related = _related(rule_id, cases)
    if related:
        parts.append(f"## {say('Other rules with the same text')}")
        parts.append("\n".join(f"- [{other}]({other}.md): {_title(cases_of(other), say)}" for other in related))
    parts.append(
        say("`fcnn check-env` judges your environment, and `fcnn check-env --explain FILE` an error message.")
        + f" [{say('All rules')}](README.md)"
    )
    parts.append(say("Written by `scripts/make-docs` from the table of rules."))
    return "\n\n".join(parts) + "\n"


def _case(case: Case, several: bool, say: Say) -> List[str]:
    why = _sentence(without_versions(case.why, say), say)
    package = html.escape(without_versions(case.package, say), quote=False)
    kind = f"**{say(case.severity)}** ({package})" if say(".") == "." else f"**{say(case.severity)}**（{package}）"
    level = "###" if several else "##"
    parts = [f"## {_short(why)}", kind] if several else [f"## {say('Cause')}", f"{kind}{say(': ')}{why}"]
    parts.append(f"{level} {say('When')}")
    parts.append("\n".join(f"- {_text(when_in_words(row, say))}" for row in case.rows))
    parts.append(f"{level} {say('Repair')}")
    parts += _repairs(case, say)
    if case.evidence:
        parts.append(f"{level} {say('How it is known')}")
        parts.append("\n".join(f"- {_text(evidence)}" for evidence in case.evidence))
    return parts


def _repairs(case: Case, say: Say) -> List[str]:
    parts = []
    for repair in repairs_of(case):
        where = where_in_words(repair, say)
        commands = []
        for installer, words in _INSTALLERS.items():
            lines = repair.plan.commands(Facts(installer=installer, install_command=words))
            commands.append(f"# {installer}")
            commands += lines
        parts += [where + say(":")] if where else []
        parts.append("```bash\n" + "\n".join(commands) + "\n```")
    advice = [_sentence(without_versions(text, say), say) for text in case.advice]
    if advice:
        parts.append("\n".join(f"- {text}" for text in advice) if len(advice) > 1 else advice[0])
    if not parts:
        installs = any(row.repair or row.uninstall or row.reinstall for row in case.rows)
        text = "`fcnn check-env` prints the command for your environment." if installs else "Nothing needs to be done."
        parts.append(say(text))
    return parts


def _index(language: str) -> str:
    say = _say(language)
    link, name = _OTHER[language]
    introduction = next(text for text in _CHINESE if text.startswith("Each page"))
    rows = []
    for rule_id in rule_ids():
        cases = sorted(cases_of(rule_id), key=lambda case: _GRAVITY.index(case.severity))
        packages = ", ".join(dict.fromkeys(_text(without_versions(case.package, say)) for case in cases))
        title = _title(cases, say).replace("|", "\\|")
        rows.append(f"| [{rule_id}]({rule_id}.md) {say(cases[0].severity)} | {packages} | {title} |")
    table = "\n".join([say("| rule | package | what you would see, or what is the matter |"), "|---|---|---|", *rows])
    parts = [
        f"# {say('The rules of `fcnn check-env`')}",
        f"[{name}]({link.format(page='README.md')})",
        say(introduction),
        table,
        say("Written by `scripts/make-docs` from the table of rules."),
    ]
    return "\n\n".join(parts) + "\n"


def _say(language: str) -> Say:
    told = translator(language)
    return (lambda text: _CHINESE.get(text) or told(text)) if language == "zh" else told


def _title(cases: Sequence[Case], say: Say) -> str:
    """What people search for: the most telling text, or else what is the matter."""
    gravest = min(cases, key=lambda case: _GRAVITY.index(case.severity))
    if gravest.symptoms:
        return _code(gravest.symptoms[0])
    return _sentence(without_versions(gravest.why, say), say).rstrip(".。")


def _symptoms(cases: Sequence[Case]) -> str:
    texts = dict.fromkeys(symptom for case in cases for symptom in case.symptoms)
    return "\n\n".join(f"```text\n{text}\n```" for text in texts)


def _related(rule_id: str, cases: Sequence[Case]) -> List[str]:
    own = {_bare(symptom) for case in cases for symptom in case.symptoms}
    found = {rule.id for rule in RULES if own & {_bare(symptom) for symptom in rule.symptoms}}
    return sorted(found - {rule_id})


def _bare(symptom: str) -> str:
    """A text without what varies at its end."""
    return symptom.strip().rstrip(".").lower()


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _sentence(text: str, say: Say) -> str:
    return _text(begun_large(text)) + say(".")


def _short(sentence: str) -> str:
    return sentence.rstrip(".。")


def _text(text: str) -> str:
    """Prose for Markdown: angle brackets outside of code are no tags, and asterisks and underscores no emphasis."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(
        part if part.startswith("`") else re.sub(r"([*_])", r"\\\1", html.escape(part, quote=False)) for part in parts
    )
