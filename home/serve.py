"""`make run`: the whole site on one machine, like in production, ended by one Ctrl-C.

Prepares what is out of date (database, demo, catalogues, static files), then keeps three things going: gunicorn,
and `manage.py tick` once a minute. Only the standard library is imported here: the settings are read by the
children, after this module has set their environment.
"""

import hashlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
WORKERS, THREADS = 2, 4
TICK_TIMEOUT = 10 * 60
TICK_SECONDS = 60
START_SECONDS = 90
STOP_SECONDS = 10
LOGINS = (
    ("alice", "Moderation"),
    ("bob", "Vertretung"),
    ("hanna", "Stellvertretung"),
    ("erik", "Zuarbeit"),
    ("fatma", "Lesezugang"),
    ("dora", "Redaktion"),
    ("gesa", "Moderation der Kommentare"),
    ("charlie", "Konto ohne Vertretung"),
    ("admin", "Administration"),
)
# What decides whether the database, the demo, the catalogues and the static files are still up to date.
INGREDIENTS = (
    "config",
    "discussion",
    "glossary",
    "home",
    "locale",
    "people",
    "record",
    "search",
    "static",
    "wiki",
)
PASSING = {".mo", ".pyc", ".new"}


class Stop(Exception):
    """Somebody asked us to end."""


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def secret(var: Path) -> str:
    """The secret of this installation, made on the first run and readable by its owner only."""
    place = var / "secret"
    if not place.exists():
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return place.read_text().strip()


def environment(var: Path, port: int) -> dict[str, str]:
    """Production settings for this machine; whatever is set outside wins."""
    defaults = {
        "SECRET_KEY": secret(var),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SERVE_MEDIA": "true",
        "EMAIL_URL": f"filemail://{var / 'mails'}",
        "LOG_LEVEL": "WARNING",
        "PYTHONUNBUFFERED": "1",
    }
    return {**defaults, **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.production"}


def fingerprint(env: Mapping[str, str]) -> str:
    """Changes when anything changes that preparing depends on."""
    digest = hashlib.sha256()
    for name in ("DATABASE_URL", "MEDIA_ROOT", "VAR_DIR", "PUBLIC_URL"):
        digest.update(f"{name}={env.get(name, '')}\n".encode())
    files = [ROOT / "uv.lock"]
    for folder in INGREDIENTS:
        files += sorted(path for path in (ROOT / folder).rglob("*") if path.suffix not in PASSING)
    for file in files:
        if file.is_file():
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def prepare(var: Path, env: Mapping[str, str]) -> None:
    """Migrate, load the demo, compile, collect; skipped when nothing changed since it last went through."""
    stamp, mark = var / "prepared", fingerprint(env)
    database_there = "DATABASE_URL" not in env and (var / "db.sqlite3").exists()
    if database_there and stamp.exists() and stamp.read_text() == mark:
        return
    stamp.unlink(missing_ok=True)
    for label, arguments in (
        ("Message catalogues", ["compile_catalogues"]),
        ("Static files", ["collectstatic", "--no-input", "--clear"]),
        # Its checks would warn of guards that only this migration creates.
        ("Database", ["migrate", "--no-input", "--skip-checks"]),
        ("Demo", ["load_demo"]),
    ):
        say(f"{label} …")
        command = [sys.executable, "manage.py", *arguments, "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=dict(env), check=True)
    stamp.write_text(mark)


def tick_forever() -> None:
    """The clock beside the server: a fresh process each minute, so that one failure never stops the next."""
    parent = os.getppid()
    while os.getppid() == parent:
        began = time.monotonic()
        command = [sys.executable, "manage.py", "tick", "--verbosity", "0"]
        try:
            subprocess.run(command, cwd=ROOT, check=False, timeout=TICK_TIMEOUT)
        except subprocess.TimeoutExpired:
            say("A tick took too long and was ended; the next one goes on.")
        while time.monotonic() - began < TICK_SECONDS and os.getppid() == parent:
            time.sleep(1)


def start(command: list[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches only us, and we end the children in order.
    return subprocess.Popen(command, cwd=ROOT, env=dict(env), start_new_session=True)


def wait_until_up(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{url}/healthz", timeout=5):  # noqa: S310 (our own address)
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise SystemExit("The server did not come up; the reason stands above.")


def greet(url: str, env: Mapping[str, str]) -> None:
    scheme, _, place = env["EMAIL_URL"].partition("://")
    mails = (
        f"Mails are kept in {place}; the newest file holds your sign-in code." if scheme == "filemail" else ""
    )
    say(f"\n  Wortlaut: {url}\n\n  Demo logins ({url}/konto/anmelden/), password wortlaut-demo:")
    for name, role in LOGINS:
        say(f"    {name + '@demo.example':<24} {role}")
    say(f"\n  {mails}\n  Ctrl-C ends everything.\n")


def watch(children: list[subprocess.Popen[bytes]]) -> None:
    """Return when one child or our own parent has ended."""
    parent = os.getppid()
    while os.getppid() == parent and all(child.poll() is None for child in children):
        time.sleep(0.5)


def end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def on_signal(number: int, frame: FrameType | None) -> None:
    raise Stop


def check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise SystemExit(f"Port {port} is taken; choose another: make run PORT=8001") from error


def serve(port: int) -> int:
    """Prepare and serve until a signal comes or the server dies. Returns the exit code."""
    var = Path(os.environ.get("VAR_DIR", ROOT / "var"))
    (var / "mails").mkdir(parents=True, exist_ok=True)
    check_free(port)
    env = environment(var, port)
    url = f"http://127.0.0.1:{port}"
    children: list[subprocess.Popen[bytes]] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
            signal.signal(number, on_signal)
    try:
        prepare(var, env)
        gunicorn = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
        gunicorn += [
            "--workers",
            str(WORKERS),
            "--threads",
            str(THREADS),
            "--log-level",
            "warning",
            "--no-control-socket",
        ]
        children.append(start(gunicorn, env))
        wait_until_up(url, children[0])
        greet(url, env)
        children.append(start([sys.executable, "-m", "home.serve", "tick"], env))
        watch(children)
        return children[0].poll() or 0
    except Stop:
        return 0
    except subprocess.CalledProcessError as error:
        say(f"Preparing failed: {' '.join(error.cmd[2:])}")
        return 1
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        end(children)


if __name__ == "__main__":
    if sys.argv[1:] == ["tick"]:
        tick_forever()
    else:
        sys.exit(serve(int(os.environ.get("PORT") or 8000)))
