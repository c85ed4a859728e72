"""A module fits in one reading, a function on one screen: 400 lines a file, 70 lines a function."""

import ast
import subprocess
import sys
from pathlib import Path

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 70


def main() -> int:
    listed = subprocess.run(["git", "ls-files", "*.py"], capture_output=True, text=True, check=True)
    too_long = []
    for name in listed.stdout.split():
        source = Path(name).read_text("utf-8")
        lines = source.count("\n")
        if lines > FILE_LINES_MAX:
            too_long.append(f"{name}: {lines} lines, at most {FILE_LINES_MAX}")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES_MAX:
                    too_long.append(f"{name}:{node.lineno} {node.name}: {length} lines, at most {FUNCTION_LINES_MAX}")
    print("\n".join(too_long) or "sizes: fine")
    return 1 if too_long else 0


if __name__ == "__main__":
    sys.exit(main())
