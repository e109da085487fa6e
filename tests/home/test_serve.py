"""`make run`: what it keeps, what it does again, and that it ends everything it started."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.settings.mails import mails_from_url
from home import serve


def test_the_secret_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    first = serve.secret(tmp_path)

    assert len(first) >= 50
    assert serve.secret(tmp_path) == first
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_what_is_set_outside_wins_but_for_the_settings_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://wortlaut.example")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.dev")

    env = serve.environment(tmp_path, 8000)

    assert env["PUBLIC_URL"] == "https://wortlaut.example"
    assert env["DJANGO_SETTINGS_MODULE"] == "config.settings.production"


def prepare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, env: dict[str, str]) -> list[str]:
    ran: list[str] = []
    monkeypatch.setattr(serve.subprocess, "run", lambda command, **options: ran.append(command[2]))
    serve.prepare(tmp_path, env)
    return ran


def test_nothing_is_prepared_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "db.sqlite3").touch()

    first = prepare(tmp_path, monkeypatch, {})
    second = prepare(tmp_path, monkeypatch, {})

    assert first == ["compile_catalogues", "collectstatic", "migrate", "load_demo"]
    assert second == []


@pytest.mark.parametrize("reason", ["database gone", "code changed", "another database"])
def test_it_is_prepared_again_when_something_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    database = tmp_path / "db.sqlite3"
    database.touch()
    prepare(tmp_path, monkeypatch, {})
    env: dict[str, str] = {}

    if reason == "database gone":
        database.unlink()
    elif reason == "code changed":
        monkeypatch.setattr(serve, "INGREDIENTS", ("locale",))
    else:
        env["DATABASE_URL"] = "postgres://127.0.0.1/other"

    assert len(prepare(tmp_path, monkeypatch, env)) == 4


def test_a_taken_port_is_said_plainly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SystemExit, match="PORT=8001"):
        serve.check_free(taken.getsockname()[1])


def gone(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
    return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_ending_takes_the_children_of_children_along() -> None:
    script = (
        "import subprocess, sys; p = subprocess.Popen(['sleep', '60']); print(p.pid, flush=True); p.wait()"
    )
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, start_new_session=True)
    assert child.stdout is not None
    grandchild = int(child.stdout.readline())

    serve.end([child])
    child.stdout.close()

    assert child.returncode == -signal.SIGTERM
    assert gone(grandchild)
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)


def test_mails_are_kept_where_the_greeting_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    env = {"EMAIL_URL": serve.environment(tmp_path, 8000)["EMAIL_URL"]}

    serve.greet("http://127.0.0.1:8000", env)

    assert mails_from_url(env["EMAIL_URL"])["EMAIL_FILE_PATH"] == str(tmp_path / "mails")
    assert f"kept in {tmp_path / 'mails'};" in capsys.readouterr().out


@pytest.mark.parametrize("url", ["filemail:///srv/mails", "filemail:////srv/mails"])
def test_a_folder_for_mails_is_absolute_however_its_slashes_are_counted(url: str) -> None:
    assert mails_from_url(url)["EMAIL_FILE_PATH"] == "/srv/mails"


def test_a_server_for_mails_has_no_folder() -> None:
    config = mails_from_url("smtp+tls://user:secret@mail.example:587")

    assert not config["EMAIL_FILE_PATH"]
    assert (config["EMAIL_HOST"], config["EMAIL_PORT"]) == ("mail.example", 587)
