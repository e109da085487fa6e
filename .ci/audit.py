"""Known vulnerabilities of the locked dependencies, by pip-audit.

pip-audit says "No known vulnerabilities" also when it reached nobody and skipped every package. So its JSON is
counted: a vulnerability or a skipped package fails; only if the source cannot be reached at all, one line says that
nothing was checked (and AUDIT=strict makes that a failure, for releases).
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

UNREACHABLE = (
    "ConnectionError",
    "Max retries exceeded",
    "Name or service not known",
    "ServiceError",
    "timed out",
)


def locked_requirements(folder: Path) -> Path:
    target = folder / "requirements.txt"
    command = [
        "uv",
        "export",
        "--frozen",
        "--quiet",
        "--no-emit-project",
        "--no-hashes",
        "--output-file",
        str(target),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return target


def audit(requirements: Path) -> tuple[list[dict], str]:
    command = [
        "pip-audit",
        "--requirement",
        str(requirements),
        "--no-deps",
        "--disable-pip",
        "--format",
        "json",
    ]
    try:
        result = subprocess.run(
            [*command, "--progress-spinner", "off", "--timeout", "10"],
            capture_output=True, text=True, check=False, timeout=240,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return [], "timed out"
    try:
        return json.loads(result.stdout)["dependencies"], result.stderr
    except (ValueError, KeyError):
        return [], result.stderr


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        packages, errors = audit(locked_requirements(Path(folder)))
    checked = [package for package in packages if "skip_reason" not in package]
    skipped = [package for package in packages if "skip_reason" in package]
    vulnerable = [package for package in checked if package["vulns"]]
    for package in vulnerable:
        names = ", ".join(hole["id"] for hole in package["vulns"])
        sys.stdout.write(f"{package['name']} {package['version']}: {names}\n")
    if not checked and (skipped or any(sign in errors for sign in UNREACHABLE)):
        sys.stdout.write("NOT CHECKED: the source of known vulnerabilities cannot be reached\n")
        return int(os.environ.get("AUDIT") == "strict")
    if not checked:
        sys.stdout.write(f"pip-audit gave no result:\n{errors[-2000:]}\n")
        return 1
    for package in skipped:
        sys.stdout.write(f"not checked: {package['name']}: {package['skip_reason']}\n")
    sys.stdout.write(
        f"{len(checked)} packages checked, {len(vulnerable)} vulnerable, {len(skipped)} skipped\n"
    )
    return int(bool(vulnerable or skipped))


if __name__ == "__main__":
    sys.exit(main())
