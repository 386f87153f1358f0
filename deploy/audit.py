"""`make audit`: asks the package registry for advisories on every locked package.

    python deploy/audit.py [lock file]

Exit 0 without findings, or when the registry cannot be asked (and then it says so); 1 with findings, each named
with its identifier and the versions that mend it; 2 when the lock cannot be read. pip-audit answers 1 both for
findings and for a registry that is away, and is content with packages that it could not ask about; here these differ.
"""

import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parent / "requirements.lock"
SECONDS = 300


def ask(lock: Path) -> tuple[int, str, str]:
    """Runs pip-audit on a lock, without resolving or installing anything.

    Returns:
        Exit code, JSON, and what it complained of.
    """
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "-r",
        str(lock),
        "--require-hashes",
        "--disable-pip",
        "--progress-spinner",
        "off",
        "-f",
        "json",
    ]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return 1, "", f"no answer within {SECONDS} seconds"
    return run.returncode, run.stdout, run.stderr.strip()


def judge(locked: int, code: int, report: str, complaint: str) -> tuple[int, list[str]]:
    """What pip-audit's answer means.

    Args:
        locked: how many packages the lock names.

    Returns:
        Exit code and the lines to print.
    """
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        reason = complaint.splitlines()[-1] if complaint else f"pip-audit ended with {code}"
        return 0, [f"audit skipped: advisories cannot be reached ({reason})"]
    found = [
        f"{package['name']} {package['version']}: {flaw['id']}, mended in"
        f" {', '.join(flaw['fix_versions']) or 'no version yet'}"
        for package in packages
        for flaw in package.get("vulns", ())
    ]
    asked = sum("vulns" in package for package in packages)
    if found:
        return 1, [*found, f"audit: {len(found)} advisories on {asked} of {locked} locked packages"]
    if asked == 0:
        return 0, [f"audit skipped: the registry answered for none of {locked} locked packages"]
    unknown = f"; the registry did not answer for {locked - asked}" if asked < locked else ""
    return 0, [f"audit: no advisory on {asked} of {locked} locked packages{unknown}"]


def main(arguments: list[str]) -> int:
    lock = Path(arguments[0]) if arguments else LOCK
    try:
        locked = sum(
            "==" in line and not line.startswith((" ", "#")) for line in lock.read_text(encoding="utf-8").splitlines()
        )
    except OSError as error:
        print(f"audit: {error}", file=sys.stderr)
        return 2
    code, lines = judge(locked, *ask(lock))
    print("\n".join(lines), flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
