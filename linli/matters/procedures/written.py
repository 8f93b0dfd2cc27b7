"""A procedure written out as the file it could have come from."""

from typing import Any

import yaml

from linli.matters.procedures.schema import Procedure


class _Block(yaml.SafeDumper):
    """Lists stand under their key indented, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


def as_yaml(procedure: Procedure) -> str:
    """YAML that the loader reads back to the same procedure. The practice's names of posts are left out:
    a file may not say them."""
    values = {key: value for key, value in procedure.parsed_json().items() if key != "names"}
    return yaml.dump(values, Dumper=_Block, allow_unicode=True, sort_keys=False, width=110)
