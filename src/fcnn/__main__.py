"""``python -m fcnn``."""

from fcnn.cli import main

if __name__ == "__main__":
    main()
