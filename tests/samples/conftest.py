import sys
from pathlib import Path

# The generator is no installed package: production code must not be able to lean on it.
sys.path.insert(0, str(Path(__file__).parents[2]))
