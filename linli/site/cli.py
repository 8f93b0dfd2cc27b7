"""The command `linli`. Commands of the apps are doors of theirs, opened after Django is set up."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import django

from linli.kernel import clock
from linli.site import config as configuration
from linli.site import database, doctor, launch, production, start
from linli.site.config import ConfigError, Settings
from linli.site.keeping import backup, checking, restore
from linli.site.kinds import BackupStage

SETTINGS_FILE = Path("linli.env")
# command → where its work is done; imported when asked for, because apps need Django to be set up
DELEGATED = {
    "procedures draw": "linli.matters.cli:draw",
    "procedures check": "linli.matters.cli:check",
    "triage duplicates": "linli.matters.cli:duplicates",
    "procedures pages": "linli.matters.cli:pages",
    "triage train": "linli.matters.cli:train",
    "triage evaluate": "linli.matters.cli:evaluate",
    "ballots recount": "linli.ballots.cli:recount",
    "opinions analyse": "linli.deliberation.cli:analyse",
    "calendar import": "linli.places.cli:calendar_import",
    "audit list": "linli.audit.cli:list_entries",
    "apikey create": "linli.organizations.cli:create",
    "apikey list": "linli.organizations.cli:show",
    "apikey revoke": "linli.organizations.cli:revoke",
    "administrator": "linli.organizations.cli:administrator",
    "store-practices": "linli.founding.cli:store_practices",
    "furnish-empty-demo": "linli.site.demo:furnish",
    "load-demo": "linli.site.demo:load",
    "demo-logins": "linli.site.demo:logins",
    "worker": "linli.site.work:run",
}
DATABASE_AT_HAND = {
    "calendar import",
    "audit list",
    "apikey create",
    "apikey list",
    "apikey revoke",
    "administrator",
}
# files only: they need no installation
WITHOUT_DJANGO = {
    "ballots recount",
    "procedures draw",
    "procedures check",
    "procedures pages",
    "triage train",
    "triage evaluate",
    "triage duplicates",
    "opinions analyse",
}

Command = Callable[[argparse.Namespace], int]


def run(words: Sequence[str]) -> int:
    """Run one command; faults a user can mend are told in words, with status 1."""
    options = parser().parse_args(words)
    command: Command = options.command
    try:
        return command(options)
    except launch.Stop:
        return 0
    except KeyboardInterrupt:
        return 130
    except (ConfigError, launch.CannotStart, OSError, RuntimeError) as fault:
        text = str(fault)
        if isinstance(fault, OSError) and fault.filename:
            text = f"{fault.filename}: {fault.strerror}"
        print(f"\n{text}\n", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """Every command and its options."""
    top = argparse.ArgumentParser(
        prog="linli", description="Linli 邻里: what a neighbourhood raises and how it ends"
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    one = commands.add_parser("init", help="make settings and secrets, prepare the database")
    one.add_argument("--file", type=Path, default=SETTINGS_FILE, help="settings file to make (%(default)s)")
    one.add_argument("--hosts", default="", help="host names people will use, separated by commas")
    one.add_argument("--database-url", default="", help="the application's role in a PostgreSQL of your own")
    one.add_argument("--database-owner-url", default="", help="the role that owns the tables there")
    one.set_defaults(command=init)

    one = commands.add_parser("demo", help="run the demo, loading its places on the first start")
    one.add_argument("--today", type=day, metavar="DATE", help="the day the demo's story ends, as 2026-11-21")
    one.add_argument("--reset", action="store_true", help="empty the demo's database and load it anew")
    one.add_argument("--language", choices=["zh-hans", "zh-hant", "en"], help="language of first contact")
    one.add_argument(
        "--port", type=int, help="this port and no other; otherwise the first free one from 8000"
    )
    empty = one.add_mutually_exclusive_group()
    empty.add_argument("--no-load", action="store_true", help="start with empty tables")
    empty.add_argument(
        "--empty", action="store_true", help="start without places, with an administrator to set one up"
    )
    one.set_defaults(command=demo)

    one = commands.add_parser("serve", help="run the server and the worker")
    one.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere, as `linli worker`")
    one.add_argument("--port", type=int)
    one.set_defaults(command=serve)

    commands.add_parser("worker", help="run jobs and reactions only").set_defaults(command=delegate("worker"))
    commands.add_parser("doctor", help="say everything that is wrong, at once").set_defaults(command=examine)

    keeping(commands)
    of_apps(commands)
    return top


def keeping(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Making a backup and putting one back."""
    one = commands.add_parser("backup", help="write the database and the files into one archive")
    one.add_argument(
        "--to", type=Path, metavar="FILE", help="otherwise a name with the date, in LINLI_BACKUPS"
    )
    one.set_defaults(command=back_up)
    one = commands.add_parser("restore", help="make this installation what a backup says it was")
    one.add_argument("file", type=Path)
    one.add_argument("--replace", action="store_true", help="although this installation is in use")
    one.set_defaults(command=put_back)


def of_triage(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Learning from sheets of messages and judging others."""
    triage = commands.add_parser("triage", help="learning from sorted messages").add_subparsers(required=True)
    one = triage.add_parser("train", help="learn from a sheet with the columns title, text and label")
    one.add_argument("file", type=Path)
    one.add_argument("--out", type=Path, help="file for the model (beside the sheet, ending in .triage)")
    one.set_defaults(command=delegate("triage train"))
    one = triage.add_parser(
        "evaluate", help="learn from one sheet, answer another, print the figures as JSON"
    )
    one.add_argument("--train", type=Path, required=True)
    one.add_argument("--test", type=Path, required=True)
    one.set_defaults(command=delegate("triage evaluate"))
    one = triage.add_parser("duplicates", help="find messages about the same thing in a CSV file")
    one.add_argument("file", type=Path, help="with the columns id, title, text, and time where known")
    one.add_argument("--vectors", type=Path, help="keep vectors in this file and take them from it")
    one.add_argument("--words", action="store_true", help="compare names and words only, without meaning")
    one.set_defaults(command=delegate("triage duplicates"))


def of_opinions(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The mathematics of opinion maps, on files."""
    opinions = commands.add_parser("opinions", help="opinion maps").add_subparsers(required=True)
    one = opinions.add_parser("analyse", help="analyse a conversation exported as CSV, print it as JSON")
    one.add_argument("--votes", type=Path, required=True, help="with comment-id, voter-id, vote, timestamp")
    one.add_argument("--comments", type=Path, help="with comment-id and moderated, where -1 is taken out")
    one.add_argument("--groups", type=Path, help="use these groups: participant and group-id")
    one.set_defaults(command=delegate("opinions analyse"))


def of_apps(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands whose work an app does, and two the demo calls itself."""
    procedures = commands.add_parser("procedures", help="the procedures' files").add_subparsers(required=True)
    one = procedures.add_parser("check", help="say what is wrong in them, by file and line")
    one.add_argument("files", nargs="*", type=Path)
    one.set_defaults(command=delegate("procedures check"))
    one = procedures.add_parser("draw", help="draw them")
    one.add_argument("files", nargs="*", type=Path)
    one.add_argument("--to", type=Path, help="folder for the drawings")
    one.add_argument(
        "--language", action="append", choices=["zh-hans", "zh-hant", "en"], help="one only; may be repeated"
    )
    one.set_defaults(command=delegate("procedures draw"))
    one = procedures.add_parser("pages", help="write the pages of documentation about the practices")
    one.add_argument("--to", type=Path, help="folder for the pages (docs/practices)")
    one.set_defaults(command=delegate("procedures pages"))

    of_triage(commands)
    ballots = commands.add_parser("ballots", help="ballots that were published").add_subparsers(required=True)
    one = ballots.add_parser("recount", help="count a published file again, print the result as JSON")
    one.add_argument("file", type=Path)
    one.set_defaults(command=delegate("ballots recount"))

    of_opinions(commands)
    calendar = commands.add_parser("calendar", help="working days").add_subparsers(required=True)
    one = calendar.add_parser("import", help="take a published year's working days from a CSV file")
    one.add_argument("file", type=Path)
    one.set_defaults(command=delegate("calendar import"))

    audit = commands.add_parser("audit", help="the record of every act").add_subparsers(required=True)
    one = audit.add_parser("list", help="the latest acts")
    one.add_argument("--subject", default="", help="only those on this id")
    one.add_argument("--limit", type=int, default=50)
    one.set_defaults(command=delegate("audit list"))

    keys = commands.add_parser("apikey", help="keys with which other systems act for a post")
    for_keys(keys.add_subparsers(required=True))

    one = commands.add_parser("administrator", help="name who sets up communities; prints a first sign-in")
    one.add_argument("--name", required=True)
    one.add_argument("--phone", required=True, help="the mobile number they sign in with")
    one.set_defaults(command=delegate("administrator"))

    commands.add_parser("store-practices").set_defaults(command=delegate("store-practices"))
    commands.add_parser("furnish-empty-demo").set_defaults(command=furnish_empty_demo)
    one = commands.add_parser("load-demo")
    one.add_argument("today", type=day)
    one.set_defaults(command=load_demo)
    commands.add_parser("demo-logins").set_defaults(command=demo_logins)


def for_keys(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Keys of other systems."""
    one = commands.add_parser("create", help="make a key; it is printed once")
    one.add_argument("--name", required=True, help="which system it is for")
    one.add_argument("--scope", required=True, help="its powers, as matter.read,matter.enter")
    one.add_argument("--place", required=True, metavar="CODE", help="the place it is for, by code or path")
    one.add_argument("--post", required=True, help="the post it acts for: its kind there, or its id")
    one.add_argument("--expires", default="90 days", help="for how long (%(default)s)")
    one.set_defaults(command=delegate("apikey create"))
    commands.add_parser("list", help="every key and its last use").set_defaults(
        command=delegate("apikey list")
    )
    one = commands.add_parser("revoke", help="take a key back at once")
    one.add_argument("key", help="its first part, as the list shows it")
    one.set_defaults(command=delegate("apikey revoke"))


def day(text: str) -> date:
    """A date as it is typed."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-11-21") from None


# ── commands ────────────────────────────────────────────────────────────────────────────────────────────


def init(options: argparse.Namespace) -> int:
    """A settings file if there is none, then the database."""
    named = os.environ.get("LINLI_SETTINGS")
    path = Path(named) if named else options.file.expanduser().resolve()
    if not path.exists() and "LINLI_SECRET_KEY" not in os.environ:
        if not options.hosts:
            print(
                "Say which host names people will use: linli init --hosts linli.example.cn", file=sys.stderr
            )
            return 1
        production.write_settings(
            path, hosts=options.hosts, app_url=options.database_url, owner_url=options.database_owner_url
        )
        print(f"Settings and secrets are in {path}. Keep a copy of it in a safe place.")
    if path.exists():
        os.environ["LINLI_SETTINGS"] = str(path)
    done = production.prepare(settings())
    print("The database is prepared." if done else "The database was prepared already.")
    print("Next: linli administrator --name … --phone …, then linli doctor, then linli serve")
    return 0


def demo(options: argparse.Namespace) -> int:
    """The demo, with settings of its own."""
    os.environ["LINLI_DEMO"] = "1"
    if options.language:
        os.environ |= {"LINLI_LANGUAGE": options.language, "LINLI_LANGUAGE_FIRST": "1"}
    wishes = start.DemoWishes(options.today, options.reset, options.port, not options.no_load, options.empty)
    start.demo(settings(), wishes)
    return 0


def serve(options: argparse.Namespace) -> int:
    """Production: refuses to start with faulty settings."""
    start.serve(settings(), with_worker=not options.no_worker, port=options.port)
    return 0


def examine(_options: argparse.Namespace) -> int:
    """The doctor's findings; status 1 when one of them is a fault."""
    found: list[doctor.Finding] = []
    try:
        present = settings()
    except ConfigError as wrong:
        present, found = wrong.settings, [doctor.fault(problem) for problem in wrong.problems]
    found += doctor.surroundings(present)
    if not (found and present.embedded and any(each.grade == "fault" for each in found)):
        found += _data(present)
    marks = {"fault": "✗", "warning": "!"}
    for finding in sorted(found, key=lambda each: each.grade):
        print(f" {marks[finding.grade]} {finding.text}")
    faults = sum(finding.grade == "fault" for finding in found)
    print("Nothing is wrong." if not found else f"{faults} to mend, {len(found) - faults} to look at.")
    return 1 if faults else 0


def _data(present: Settings) -> list[doctor.Finding]:
    """What the doctor finds in the database, or why our own does not start."""
    try:
        with database.at_hand(present):
            return doctor.data(present)
    except (launch.CannotStart, OSError, RuntimeError) as broken:
        return [doctor.fault(str(broken))]


def back_up(options: argparse.Namespace) -> int:
    """One archive, made while the site may go on working."""
    present = settings()
    named = (present.backups or Path()) / backup.name_at(present, clock.now())
    target: Path = (options.to or named).expanduser().resolve()
    with database.at_hand(present):
        manifest = backup.make(present, target, lambda advance: start.tell(str(advance)))
        start.tell(str(backup.Advance(BackupStage.CHECKING)))
        checking.check(present, target)
    start.tell(f"{target}: {manifest.rows:,} rows, {len(manifest.documents):,} files")
    print(backup.DONE)
    return 0


def put_back(options: argparse.Namespace) -> int:
    """An archive in place of what is here; nothing may run from this folder meanwhile."""
    present = settings()
    with start.alone(present), database.at_hand(present):
        manifest = restore.put_back(present, options.file, replace=options.replace, tell=start.tell)
    start.tell(f"Restored: {manifest.rows:,} rows in {len(manifest.tables)} tables, as counted in the backup")
    return 0


def load_demo(options: argparse.Namespace) -> int:
    """Inner command of `linli demo`."""
    target("load-demo")(options.today, start.tell)
    return 0


def furnish_empty_demo(_options: argparse.Namespace) -> int:
    """Inner command of `linli demo --empty`."""
    target("furnish-empty-demo")()
    return 0


def demo_logins(_options: argparse.Namespace) -> int:
    """Inner command of `linli demo`: the table it prints."""
    rows = [(each.role, each.place, each.name, each.phone, each.password) for each in target("demo-logins")()]
    print("\n" + start.table(headings(settings().language), rows) + "\n", flush=True)
    return 0


def headings(language: str) -> tuple[str, ...]:
    """The table's headings; a terminal needs no catalogue for five words."""
    if language == "en":
        return ("Role", "Place", "Name", "Phone", "Password")
    if language == "zh-hant":
        return ("身份", "所在", "姓名", "手機號", "密碼")
    return ("身份", "所在", "姓名", "手机号", "密码")


def delegate(name: str) -> Command:
    """A command whose work an app does: called with the parsed options, returning a status or none."""

    def command(options: argparse.Namespace) -> int:
        if name not in DATABASE_AT_HAND:
            return int(target(name)(options) or 0)
        os.environ["LINLI_POOL"] = "0"  # one connection, gone before the database is
        with database.at_hand(settings()):
            return int(target(name)(options) or 0)

    return command


def target(name: str) -> Callable[..., Any]:
    """The function a delegated command names."""
    if name not in WITHOUT_DJANGO:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
        django.setup()
    module, _, function = DELEGATED[name].partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def settings() -> Settings:
    """The settings of this process. Raises ConfigError naming everything that is wrong."""
    return configuration.load()
