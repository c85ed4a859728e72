"""Draw the sample documents anew: ``python -m samples.generator [NAME ...] [--into DIR] [--sign-anew]``."""

import argparse
import shutil
from pathlib import Path

from samples.generator.catalogue.samples import SAMPLES

DOCUMENTS = Path(__file__).parents[1] / "documents"


def main() -> None:
    parser = argparse.ArgumentParser(prog="samples.generator", description="Draw the fictional sample documents.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these (default: all)")
    parser.add_argument("--into", type=Path, default=DOCUMENTS, metavar="DIR", help="folder to write to")
    parser.add_argument(
        "--sign-anew", action="store_true", help="also rewrite the signed sample, with a new throw-away key"
    )
    arguments = parser.parse_args()
    known = {sample.name: sample for sample in SAMPLES}
    if unknown := sorted(set(arguments.names) - known.keys()):
        parser.error(f"no sample {', '.join(unknown)}; there are {', '.join(known)}")
    if not arguments.names and arguments.into.is_dir():
        for folder in arguments.into.iterdir():
            if folder.is_dir() and folder.name not in known:
                shutil.rmtree(folder)
    for name in arguments.names or known:
        known[name].write(arguments.into, anew=arguments.sign_anew)
        print(name)


if __name__ == "__main__":
    main()
