"""Brings the training data: one shallow use of git per source, then the wanted folders as plain files.

    python fetch_data.py --data DIR                 clones from GitHub
    python fetch_data.py --data DIR --mirrors DIR   reads bare mirrors named OWNER+NAME/repo instead
"""

import argparse
import subprocess
from pathlib import Path

from sources import SOURCES


def repository(source, data: Path, mirrors: Path | None) -> Path:
    """A git directory that has the source's commit."""
    if mirrors:
        folder = mirrors / source.repository.replace("/", "+") / "repo"
        return folder / ".git" if (folder / ".git").exists() else folder
    folder = data / "clones" / f"{source.name}.git"
    if not folder.exists():
        subprocess.run(["git", "clone", "--bare", f"https://github.com/{source.repository}", folder], check=True)
    return folder


def extract(source, data: Path, mirrors: Path | None) -> None:
    target = data / "raw" / source.name
    if (target / ".complete").exists():
        return
    target.mkdir(parents=True, exist_ok=True)
    git = repository(source, data, mirrors)
    archive = subprocess.Popen(["git", "-C", git, "archive", source.commit, *source.paths], stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", target], stdin=archive.stdout, check=True)
    if archive.wait() != 0:
        raise SystemExit(f"{source.repository}: git archive failed")
    (target / ".complete").touch()
    print(f"{source.name}: {sum(1 for _ in target.rglob('*'))} files  ({source.licence})", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--mirrors", type=Path)
    arguments = parser.parse_args()
    for source in SOURCES:
        extract(source, arguments.data, arguments.mirrors)


if __name__ == "__main__":
    main()
