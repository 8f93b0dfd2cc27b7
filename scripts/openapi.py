"""Write docs/openapi.json anew: the description of /api/ as programs read it. Needs no database.

python scripts/openapi.py
"""

import importlib
import shutil
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = ROOT / "docs" / "openapi.json"


def main() -> None:
    """With the settings the tests run under, so that no installation is needed."""
    sys.path.insert(0, str(ROOT))
    environment = importlib.import_module("tests.environment")
    try:
        django.setup()
        WRITTEN.write_text(importlib.import_module("linli.site.openapi").committed(), encoding="utf-8")
    finally:
        shutil.rmtree(environment.RUN, ignore_errors=True)
    print(WRITTEN.relative_to(ROOT))


if __name__ == "__main__":
    main()
