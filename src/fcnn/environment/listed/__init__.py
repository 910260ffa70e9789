"""Lists of packages, of what is installed elsewhere or still to be installed, as facts.

Bytes -> text -> format -> entries -> those that apply to the judged Python -> facts. Read are the lists of pip, uv and
conda, environment.yml, pyproject.toml, Pipfile, and the locks of Poetry, uv, PDM, Pipenv and conda-lock.
"""

from fcnn.environment.listed.read import read_list, read_list_text

__all__ = ["read_list", "read_list_text"]
