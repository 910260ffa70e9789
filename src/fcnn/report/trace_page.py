"""Blocks as one HTML page that needs no network: for any browser, light or dark, as narrow as a phone."""

import html
from typing import Callable, Iterator, Sequence

from fcnn.report.blocks import Block, Heading, Lines, Table, Text

CSS = """\
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --line: #d0d0d0; --pale: #f2f4f7; --accent: #0072b2; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e8e8e8; --paper: #16181c; --line: #444a52; --pale: #22262c; --accent: #56b4e9; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.3rem; margin-top: 2.2rem; border-bottom: 2px solid var(--accent); }
h3 { font-size: 1.05rem; margin-bottom: 0.3rem; }
.scroll { overflow: auto; max-height: 26rem; margin: 0.5rem 0; border: 1px solid var(--line); border-radius: 4px; }
.scroll:focus { outline: 2px solid var(--accent); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 0.9rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: 0.25rem 0.6rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th { position: sticky; top: 0; background: var(--pale); }
th.text, td.text { text-align: left; }
.formulas { padding: 0.6rem; border-radius: 4px; background: var(--pale); }
.formulas code { display: block; padding-left: 2rem; text-indent: -2rem; font: 0.85rem/1.6 ui-monospace, monospace; }
@page { margin: 14mm 12mm; }
@media print {
  :root { color-scheme: light; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  .scroll { overflow: visible; max-height: none; }
  th { position: static; }
  th, td { white-space: normal; padding: 0.15rem 0.35rem; }
  tr, .formulas code { break-inside: avoid; }
  h1, h2, h3 { break-after: avoid; }
}
"""


def page(blocks: Sequence[Block], tell: Callable[[str], str], language: str) -> str:
    """Write a page.

    Args:
        blocks: what it has; the first is its title.
        tell: a sentence in the language of the page; what was not said stays as it is.
        language: of the page: ``en`` or ``zh``.
    """
    title = next(tell(block.text) for block in blocks if isinstance(block, Heading))
    body = "\n".join(part for block in blocks for part in _block(block, tell))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{html.escape(title)}</title>\n<style>\n{CSS}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    )


def _block(block: Block, tell: Callable[[str], str]) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level}>{html.escape(tell(block.text))}</h{block.level}>"
    elif isinstance(block, Text):
        yield f"<p>{html.escape(tell(block.text))}</p>"
    elif isinstance(block, Lines):
        lines = "".join(f"<code>{html.escape(line)}</code>" for line in block.lines)
        yield f'<div class="formulas">{lines}</div>'
    else:
        yield from _table(block, tell)


def _table(block: Table, tell: Callable[[str], str]) -> Iterator[str]:
    caption = html.escape(tell(block.caption))
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}"><table>'
    yield f"<caption>{caption}</caption>"
    heads = "".join(_cell("th", position < block.left, tell(text)) for position, text in enumerate(block.headings))
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>"
    for row in block.rows:
        cells = "".join(_cell("td", position < block.left, tell(text)) for position, text in enumerate(row))
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table></div>"


def _cell(tag: str, is_text: bool, text: str) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    kind = ' class="text"' if is_text else ""
    return f"<{tag}{scope}{kind}>{html.escape(text)}</{tag}>"
