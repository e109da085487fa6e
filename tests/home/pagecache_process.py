"""Somebody else at work: acts in a process of its own, with its own connection and its own memory.

Started as `python -m tests.home.pagecache_process DATABASE`; takes one act per line on stdin, answers on stdout.
"""

import json
import os
import subprocess
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


class Elsewhere:
    """The other process, as the tests see it."""

    def __init__(self, database: str) -> None:
        command = [sys.executable, "-m", "tests.home.pagecache_process", database]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def do(self, act: str, rows: dict[str, Any]) -> None:
        """Let it happen there, and wait until it is committed. Raises AssertionError with the trace of a failure."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"act": act, "rows": rows}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer.strip() == '"done"', json.loads(answer or '"the other process ended"')

    def end(self) -> None:
        """Close its input and wait."""
        self._process.communicate(timeout=30)


def work(database: str) -> None:
    """Do what comes in, until there is no more."""
    answers, sys.stdout = sys.stdout, sys.stderr
    django = import_module("django")
    settings = import_module("django.conf").settings
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    connections = import_module("django.db").connections
    cases = import_module("tests.home.pagecache_cases")
    for line in sys.stdin:
        task = json.loads(line)
        try:
            cases.act(task["act"], task["rows"])
            answer = "done"
        except Exception:  # whatever it is, the test must hear of it
            answer = traceback.format_exc()
        connections.close_all()
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    work(sys.argv[1])
