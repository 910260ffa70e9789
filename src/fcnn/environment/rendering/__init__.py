"""What the doctor found, told: as text in English and Chinese, as JSON, as a report, as a list of its rules.

Every function is pure: results in, a text out, without a final newline. Nothing of this is needed to judge.
"""

from fcnn.environment.rendering.console import Style, in_encoding, plain
from fcnn.environment.rendering.document import as_document, render_json
from fcnn.environment.rendering.explanation import explanation_document, render_explanation
from fcnn.environment.rendering.guide import guide_document, render_guide
from fcnn.environment.rendering.language import choose_language, translator
from fcnn.environment.rendering.listing import list_document, render_list
from fcnn.environment.rendering.report import render_report
from fcnn.environment.rendering.text import render_text
from fcnn.environment.rendering.trial import render_trial, trial_document

__all__ = [
    "Style",
    "as_document",
    "choose_language",
    "explanation_document",
    "guide_document",
    "in_encoding",
    "list_document",
    "plain",
    "render_explanation",
    "render_guide",
    "render_json",
    "render_list",
    "render_report",
    "render_text",
    "render_trial",
    "translator",
    "trial_document",
]
