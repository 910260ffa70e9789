import subprocess
import sys

HEAVY = ["numpy", "pandas", "tensorflow", "keras", "sklearn", "scipy", "matplotlib", "rich", "click"]

PROGRAM = f"""
import sys
from fcnn.config import load_config
from fcnn.errors import ConfigError
try:
    load_config(sys.argv[1], ["epochs=3"])
except ConfigError as error:
    print(len(error.problems), sorted(set({HEAVY}) & set(sys.modules)))
"""


def test_a_wrong_config_is_judged_without_anything_heavy(tmp_path):
    config = tmp_path / "p.yaml"
    config.write_text("data: {path: a.csv}\nnetwork: {layers: [{units: '8'}]}\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(config)], capture_output=True, text=True, check=True)
    assert done.stdout == "3 []\n"
