"""The right version of each package beside what else is there, as data.

A rule says which package to repair; what to install comes from this one table, so that two rules never ask
for two versions of one package. The first row of a package that matches is the one.
"""

from fcnn.environment.rules.model import Remedy
from fcnn.environment.rules.stacks import MINIMUM_VERSIONS

REMEDIES = (
    # TensorFlow under the name that it has, or the one that the stack of this Python names
    Remedy("tensorflow", "{distribution}==2.4.4", "2.4.4", {"tensorflow": "==2.4.0"}),  # 2.4.0 alone needs AVX2
    Remedy("tensorflow", "tensorflow==2.4.0", "2.4.0", {"python": "==3.8.*"}),
    Remedy("tensorflow", "tensorflow==2.21.*", "2.21.0", {"python": ">=3.11,<3.14"}),
    # NumPy
    Remedy("numpy", "numpy==1.19.5", "1.19.5", {"tensorflow": "<2.7"}),
    Remedy("numpy", "numpy==1.21.6", "1.21.6", {"tensorflow": ">=2.7,<2.12", "python": "<3.8"}),
    Remedy("numpy", "numpy==1.23.5", "1.23.5", {"tensorflow": ">=2.7,<2.12"}),
    Remedy("numpy", "numpy==1.24.3", "1.24.3", {"tensorflow": ">=2.12,<2.14"}),
    Remedy("numpy", "numpy==1.26.4", "1.26.4", {"tensorflow": ">=2.14,<2.18"}),
    Remedy("numpy", "numpy==2.0.2", "2.0.2", {"tensorflow": ">=2.18,<2.19"}),
    Remedy("numpy", "numpy>=2.0.2,<2.2", "2.0.2", {"tensorflow": ">=2.19,<2.20"}),
    Remedy("numpy", "numpy>=2.0.2,<3", "2.0.2", {"tensorflow": ">=2.20"}),
    Remedy("numpy", "numpy==1.19.5", "1.19.5", {"python": "<3.9"}),
    Remedy("numpy", "numpy>=2.0.2,<3", "2.0.2"),
    # protobuf
    # From 2.6.5 on TensorFlow asks for protobuf below 3.20, which is no trouble, but pip would complain of it
    Remedy("protobuf", "protobuf==3.20.3", "3.20.3", {"tensorflow": "<2.6.5"}),
    Remedy("protobuf", "protobuf==3.19.6", "3.19.6", {"tensorflow": ">=2.6.5,<2.12"}),
    Remedy("protobuf", "protobuf==4.25.8", "4.25.8", {"tensorflow": ">=2.12,<2.17"}),
    Remedy("protobuf", "protobuf>=4.25.8,<6", "4.25.8", {"tensorflow": ">=2.17,<2.20"}),
    Remedy("protobuf", "protobuf>=5.28,<8", "5.28.0", {"tensorflow": ">=2.20,<2.21"}),
    Remedy("protobuf", "protobuf>=6.31.1,<8", "6.31.1", {"tensorflow": ">=2.21,<2.22"}),
    Remedy("protobuf", "protobuf>=6.31.1", "6.31.1", {"tensorflow": ">=2.22"}),
    # Keras
    Remedy("keras", "keras==2.4.3", "2.4.3", {"tensorflow": "<2.5"}),
    Remedy("keras", "keras==2.6.0", "2.6.0", {"tensorflow": ">=2.6,<2.7"}),
    Remedy("keras", "keras==2.13.1", "2.13.1", {"tensorflow": ">=2.13,<2.14"}),
    Remedy("keras", "keras=={line}.*", "{line}.0", {"tensorflow": ">=2.7,<2.16"}),
    Remedy("keras", "keras==3.15.*", "3.15.0", {"tensorflow": ">=2.21,<2.22", "python": ">=3.11"}),
    Remedy("keras", "keras>=3.12", "3.12.0", {"tensorflow": ">=2.21"}),
    Remedy("keras", "keras>=3.10", "3.10.0", {"tensorflow": ">=2.16"}),
    Remedy("keras-nightly", "keras-nightly==2.5.0.dev2021032900", "2.5.0.dev2021032900"),
    # What TensorFlow is built on
    Remedy("absl-py", "absl-py~=0.10", "0.15.0", {"tensorflow": "<2.7"}),
    Remedy("absl-py", "absl-py>=1", "1.0.0"),
    Remedy("astunparse", "astunparse>=1.6.3", "1.6.3"),
    Remedy("flatbuffers", "flatbuffers~=1.12.0", "1.12", {"tensorflow": "<2.7"}),
    Remedy("flatbuffers", "flatbuffers==2.0.7", "2.0.7", {"tensorflow": ">=2.7,<2.9"}),
    Remedy("flatbuffers", "flatbuffers==1.12", "1.12", {"tensorflow": ">=2.9,<2.10"}),
    Remedy("flatbuffers", "flatbuffers>=23.5.26", "23.5.26", {"tensorflow": "<2.17"}),
    Remedy("flatbuffers", "flatbuffers>=25.9.23", "25.9.23"),
    Remedy("gast", "gast==0.3.3", "0.3.3", {"tensorflow": "<2.5"}),
    Remedy("gast", "gast==0.4.0", "0.4.0", {"tensorflow": "<2.14"}),
    Remedy("gast", "gast>=0.5.3", "0.5.3"),
    Remedy("h5py", "h5py==2.10.0", "2.10.0", {"tensorflow": "<2.5"}),
    Remedy("h5py", "h5py~=3.1.0", "3.1.0", {"tensorflow": "<2.7", "numpy": "<1.20"}),
    Remedy("h5py", "h5py>=3.11,<3.15", "3.11.0", {"tensorflow": ">=2.21,<2.22"}),
    Remedy("h5py", "h5py>=3.11", "3.11.0", {"tensorflow": ">=2.18"}),
    Remedy("h5py", "h5py>=3.11", "3.11.0", {"numpy": ">=2"}),
    Remedy("h5py", "h5py>=3.10", "3.10.0", {"tensorflow": ">=2.16"}),
    Remedy("h5py", "h5py>=3.1", "3.1.0"),
    Remedy("keras-preprocessing", "keras-preprocessing~=1.1.2", "1.1.2"),
    Remedy("ml-dtypes", "ml-dtypes==0.2.0", "0.2.0", {"tensorflow": "<2.15.1"}),
    Remedy("ml-dtypes", "ml-dtypes~=0.3.1", "0.3.1", {"tensorflow": "<2.17"}),
    Remedy("ml-dtypes", "ml-dtypes>=0.4,<0.5", "0.4.0", {"tensorflow": "<2.19"}),
    Remedy("ml-dtypes", "ml-dtypes>=0.5.1,<1", "0.5.1"),
    Remedy("opt-einsum", "opt-einsum~=3.3.0", "3.3.0", {"tensorflow": "<2.7"}),
    Remedy("opt-einsum", "opt-einsum>=3.3", "3.3.0"),
    Remedy("setuptools", "setuptools<82", "81.0.0"),
    Remedy("six", "six~=1.15.0", "1.15.0", {"tensorflow": "<2.7"}),
    Remedy("six", "six>=1.15", "1.15.0"),
    Remedy("termcolor", "termcolor~=1.1.0", "1.1.0", {"tensorflow": "<2.7"}),
    Remedy("termcolor", "termcolor>=1.1", "1.1.0"),
    Remedy("typing-extensions", "typing-extensions~=3.7.4", "3.7.4", {"tensorflow": "<2.7"}),
    Remedy("typing-extensions", "typing-extensions==4.5.0", "4.5.0", {"tensorflow": "<2.16"}),
    Remedy("typing-extensions", "typing-extensions>=4.6", "4.6.0"),
    Remedy("wrapt", "wrapt~=1.12.1", "1.12.1", {"tensorflow": "<2.7"}),
    Remedy("wrapt", "wrapt>=1.11,<1.15", "1.11.0", {"tensorflow": "<2.14"}),
    # Below typing-extensions 4.6 any wrapt works, and 2.14 and 2.15 ask for one below 1.15
    Remedy("wrapt", "wrapt>=1.11,<1.15", "1.11.0", {"tensorflow": "<2.16", "typing-extensions": "<4.6"}),
    Remedy("wrapt", "wrapt>=2.2", "2.2.0"),
    # The scientific stack
    Remedy("pandas", "pandas==1.3.5", "1.3.5", {"numpy": "<1.20.3"}),
    Remedy("pandas", "pandas>=1.3.5,<2.1", "2.0.3", {"numpy": "<1.22.4"}),
    Remedy("pandas", "pandas<3", "2.0.3", {"numpy": "<2"}),
    Remedy("pandas", "pandas>=2.2.2,<3", "2.2.2", {"numpy": "<2.0.2"}),
    Remedy("pandas", "pandas>=2.2.2", "2.2.2", {"numpy": ">=2"}),
    Remedy("matplotlib", "matplotlib<3.7", "3.6.3", {"numpy": "<1.20"}),
    Remedy("matplotlib", "matplotlib<3.8", "3.7.5", {"numpy": "<1.23"}),
    Remedy("matplotlib", "matplotlib<3.11", "3.7.5", {"numpy": "<1.25"}),
    Remedy("matplotlib", "matplotlib>=3.8.4", "3.8.4", {"numpy": ">=2"}),
    Remedy("scipy", "scipy>=1.13.1", "1.13.1", {"numpy": ">=2"}),
    Remedy("scipy", "scipy<1.10", "1.9.3", {"numpy": "<1.19"}),
    Remedy("scipy", "scipy<1.16", "1.10.1"),
    Remedy("scikit-learn", "scikit-learn>=1.4.2", "1.4.2", {"numpy": ">=2"}),
    Remedy("pillow", "pillow==9.5.0", "9.5.0", {"numpy": ">=1.20,<1.21"}),
    Remedy("pillow", "pillow>=9.5", "9.5.0"),
    # What fcnn needs
    *(Remedy(package, f"{package}>={version}", version) for package, version in MINIMUM_VERSIONS.items()),
)
