"""The doctor's texts in Chinese: each English template of a rule or of the rendering, and what it is in Chinese.

One module for each module of rules, each with a mapping ``TEXTS``. Placeholders (``{numpy}``) stay as they are.
"""
