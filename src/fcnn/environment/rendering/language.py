"""Which language the doctor speaks, and its sentences in it."""

import re
import sys
from typing import Callable, Mapping

Say = Callable[[str], str]
"""Turns an English template into one of another language; a text without translation stays as it is."""

LANGUAGES = ("auto", "en", "zh")
"""What can be asked for: ``auto`` is the language of the system."""

VARIABLE = "FCNN_LANG"
"""Chooses the language of everything that fcnn says: ``zh``, ``en``, or with a region, ``zh_CN``."""

_WINDOWS_CHINESE = 0x04
"""The primary language of every Chinese locale of Windows: the lower ten bits of its number."""


def choose_language(option: str, environment: Mapping[str, str]) -> str:
    """``zh`` or ``en``: what was asked for, or the language of the system; never raises.

    Args:
        option: One of `LANGUAGES`; anything else counts as ``auto``.
        environment: The environment variables. ``FCNN_LANG`` goes before the locale; a language that fcnn does not
            speak counts as if it was not set.
    """
    if option in ("en", "zh"):
        return option
    asked = re.split("[-_.]", environment.get(VARIABLE, "").strip().lower())[0]
    if asked in ("en", "zh"):
        return asked
    # The first that is set decides, as in POSIX.
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    if locale:
        return "zh" if locale.lower().startswith(("zh", "chinese")) else "en"
    return "zh" if _windows_language() & 0x3FF == _WINDOWS_CHINESE else "en"


def translator(language: str) -> Say:
    """What turns an English template into one of `language`."""
    if language != "zh":
        return str
    from fcnn.environment.chinese import TEXTS  # here, since who reads English needs none of it

    return lambda text: TEXTS.get(text, text)


def _windows_language() -> int:
    """The number of the language that Windows speaks; 0 elsewhere."""
    if sys.platform != "win32":
        return 0
    try:
        import ctypes

        return int(ctypes.windll.kernel32.GetUserDefaultUILanguage())
    except (ImportError, AttributeError, OSError, ValueError):  # a Python without ctypes, a Windows without that call
        return 0
