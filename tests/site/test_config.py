"""What an installation is told: typed, complete, and every fault named at once."""

import os
import stat
from pathlib import Path

import pytest

from linli.site import config, installation
from linli.site.config import ConfigError, Settings

GOOD = {
    "LINLI_INSTALLATION": "main",
    "LINLI_DATA_DIR": "/var/lib/linli/main",
    "LINLI_SECRET_KEY": "s" * 50,
    "LINLI_FIELD_KEYS": "k2:" + "ab" * 16 + ",k1:" + "cd" * 16,
    "LINLI_INDEX_KEY": "ef" * 32,
    "LINLI_HOSTS": "linli.example.cn, www.linli.example.cn",
    "LINLI_DATABASE_URL": "postgresql://app:one%20word@db.example/linli?sslmode=require",
    "LINLI_DATABASE_OWNER_URL": "postgresql://owner:two@db.example/linli",
}


def read(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    """Settings of an environment with these values and no others."""
    for name in [name for name in os.environ if name.startswith("LINLI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LINLI_SETTINGS", "/nowhere")
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return config.load.__wrapped__()


def problems(monkeypatch: pytest.MonkeyPatch, **values: str) -> list[str]:
    """What is said of such an environment."""
    with pytest.raises(ConfigError) as wrong:
        read(monkeypatch, **values)
    return wrong.value.problems


def test_good_settings_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch, **GOOD)
    assert settings.hosts == ["linli.example.cn", "www.linli.example.cn"]
    assert list(settings.field_keys) == ["k2", "k1"]
    assert settings.field_key_current == "k2"
    assert not settings.embedded
    database = settings.database()
    assert (database["USER"], database["PASSWORD"], database["HOST"]) == ("app", "one word", "db.example")
    assert database["OPTIONS"]["sslmode"] == "require"


def test_the_owner_connects_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch, **GOOD, LINLI_ROLE="owner")
    assert settings.database()["USER"] == "owner"
    assert "pool" not in settings.database()["OPTIONS"]


def test_production_has_no_default_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    named = {problem.split(":")[0] for problem in problems(monkeypatch)}
    assert named == {
        "LINLI_INSTALLATION", "LINLI_DATA_DIR", "LINLI_SECRET_KEY", "LINLI_FIELD_KEYS", "LINLI_INDEX_KEY",
        "LINLI_HOSTS",
    }  # fmt: skip


def test_what_cannot_be_read_hides_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two values of a wrong kind and two secrets too short are four lines of one message."""
    wrong = {
        "LINLI_PORT": "many",
        "LINLI_TILES_SERVERS": "!",
        "LINLI_INDEX_KEY": "xyz",
        "LINLI_SECRET_KEY": "s",
    }
    told = [problem.split(":")[0] for problem in problems(monkeypatch, **GOOD | wrong)]
    assert sorted(told) == sorted(wrong)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("LINLI_SECRET_KEY", "short", "50 or more random characters"),
        ("LINLI_FIELD_KEYS", "k1:abc", "32 hex digits"),
        ("LINLI_FIELD_KEYS", "k1:" + "ab" * 16 + ",", "32 hex digits"),
        ("LINLI_INDEX_KEY", "xyz", "64 hex digits"),
        ("LINLI_HOSTS", "*", "forged host names"),
        ("LINLI_DATA_DIR", "here", "absolute path"),
        ("LINLI_DEBUG", "1", "must be off in production"),
        ("LINLI_DATABASE_OWNER_URL", "", "give both, or neither"),
        ("LINLI_PORT", "many", "LINLI_PORT"),
        ("LINLI_PORT", "70000", "LINLI_PORT"),
        ("LINLI_LANGUAGE", "fr", "LINLI_LANGUAGE"),
    ],
)
def test_a_fault_says_what_to_do(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    said = problems(monkeypatch, **{**GOOD, name: value})
    assert len(said) == 1
    assert says in said[0]


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = repr(read(monkeypatch, **GOOD))
    for secret in ("s" * 50, "ab" * 16, "ef" * 32, "one%20word", "two"):
        assert secret not in shown


def test_a_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "linli.env"
    file.write_text(
        "".join(f"{name}={value}\n" for name, value in GOOD.items()) + "LINLI_PORT=9000\n", "utf-8"
    )
    settings = read(monkeypatch, LINLI_SETTINGS=str(file), LINLI_LANGUAGE="en")
    assert (settings.port, settings.language, settings.installation) == (9000, "en", "main")


def test_the_demo_makes_its_own_secrets_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    values = {"LINLI_DEMO": "1", "LINLI_INSTALLATION": "demo1", "LINLI_DATA_DIR": str(tmp_path / "data")}
    first = read(monkeypatch, **values)
    installation.secrets_of.cache_clear()
    second = read(monkeypatch, **values)
    assert first.secret_key == second.secret_key
    assert first.embedded
    assert first.hosts == ["127.0.0.1", "localhost", "[::1]"]
    kept = tmp_path / "data" / "secrets.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_folder_of_the_demo_says_how_its_commands_are_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = tmp_path / "unpacked"
    root.mkdir()
    monkeypatch.setattr(installation, "root_folder", lambda: root)
    monkeypatch.setattr(config, "SETTINGS_FILES", ())

    def hints(**values: str) -> int:
        return sum("LINLI_DEMO=1" in problem for problem in problems(monkeypatch, **values))

    assert hints(LINLI_SETTINGS="") == 0
    assert not (root / ".linli").exists(), "looking makes nothing"
    read(monkeypatch, LINLI_DEMO="1", LINLI_DATA_DIR=str(tmp_path / "data"))
    assert hints(LINLI_SETTINGS="") == 1
    assert hints(LINLI_SETTINGS=str(tmp_path / "linli.env")) == 0, "settings were given, though wrong"


def test_an_installation_keeps_its_name_and_a_copy_gets_another(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    name = installation.identify(one)
    assert installation.identify(one) == name
    (two / ".linli").mkdir(parents=True)
    (two / ".linli" / "installation").write_bytes((one / ".linli" / "installation").read_bytes())
    assert installation.identify(two) != name


@pytest.mark.parametrize("folder", ["/var/lib/linli/abc", "/home/" + "long/" * 20 + "linli/abc"])
def test_a_socket_path_is_short_enough(folder: str) -> None:
    path = installation.socket_folder(Path(folder)) / ".s.PGSQL.5432.lock"
    assert len(str(path)) < 100


def test_backups_need_a_whole_path(monkeypatch: pytest.MonkeyPatch) -> None:
    [said] = problems(monkeypatch, **GOOD, LINLI_BACKUPS="backups")
    assert said.startswith("LINLI_BACKUPS: give the absolute path")
    assert read(monkeypatch, **GOOD, LINLI_BACKUPS="/srv/backups").backups == Path("/srv/backups")
