"""Where this machine gets packages from, as its own tools tell it, so that a bare root can get them from there too.

Read: Debian's sources with their keys, apt's settings for fetching, pip's settings from its files, the environment's
words on proxies and certificates, and how names are resolved. Nothing that is installed here is among it.
"""

import ast
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlparse

SUITE = "bookworm"
SUITES = frozenset({SUITE, f"{SUITE}-updates", f"{SUITE}-security"})
DEBIAN = "http://deb.debian.org/debian"
APT = Path("/etc/apt")
KEYS = ("trusted.gpg.d", "keyrings", "trusted.gpg", "auth.conf", "auth.conf.d")
NAMES = (Path("/etc/resolv.conf"), Path("/etc/hosts"))
PROXIES = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy")
CERTIFICATES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
AUTHORITIES = Path("/usr/local/share/ca-certificates")
# Debian's package of certificates, which comes with python3-venv, writes these anew from its own.
WRITTEN_ANEW = "/etc/ssl/certs/"
# What is fetched and how, not what is fetched beside packages, nor programs that a bare root has not got.
APT_OPTION = re.compile(r'^Acquire::(?!IndexTargets|CompressionTypes|Languages|cdrom)\S+ "[^"]+";$')
PROGRAM_OPTION = re.compile(r"Auto-?Detect", re.IGNORECASE)
INDEXES = ("index-url", "extra-index-url")


@dataclass
class Settings:
    """What a bare root is told.

    Attributes:
        mirror: where debootstrap gets Debian 12 from.
        texts: files to write, by their path in the root.
        copies: files and small folders to copy, by their path in the root.
        mounts: folders of packages on this machine, to be seen read-only at the same path.
        environment: variables of every command in the root.
    """

    mirror: str = DEBIAN
    texts: dict[str, str] = field(default_factory=dict)
    copies: dict[str, Path] = field(default_factory=dict)
    mounts: list[Path] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)


def debian_sources(apt: Path = APT) -> tuple[list[str], list[str]]:
    """Debian 12's own sources among those of a machine.

    Args:
        apt: a folder like /etc/apt.

    Returns:
        Lines of the one-line style, and stanzas of the other.
    """
    lines, stanzas = [], []
    for path in (apt / "sources.list", *sorted(apt.glob("sources.list.d/*.list"))):
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
            words = re.sub(r"\[[^]]*\]", " ", line).split()
            if len(words) > 2 and words[0] == "deb" and words[2] in SUITES:
                lines.append(line.strip())
    for path in sorted(apt.glob("sources.list.d/*.sources")):
        for stanza in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            suites = re.search(r"^Suites:(.*)$", stanza, re.M | re.I)
            off = re.search(r"^Enabled:\s*no\b", stanza, re.M | re.I)
            if suites and not off and set(suites[1].split()) & SUITES:
                stanzas.append("\n".join(line for line in stanza.splitlines() if not line.startswith("#")).strip())
    return lines, stanzas


def mirror_of(lines: list[str], stanzas: list[str]) -> str:
    """The first address of the suite itself that debootstrap can read; Debian's own where there is none."""
    for line in lines:
        words = re.sub(r"\[[^]]*\]", " ", line).split()
        if words[2] == SUITE and words[1].startswith(("http://", "https://", "file:")):
            return words[1]
    for stanza in stanzas:
        suites, places = (re.search(rf"^{name}:(.*)$", stanza, re.M | re.I) for name in ("Suites", "URIs"))
        if places and SUITE in suites[1].split():
            for place in places[1].split():
                if place.startswith(("http://", "https://", "file:")):
                    return place
    return DEBIAN


def _keys_of(lines: list[str], stanzas: list[str]) -> list[Path]:
    """Files of keys that sources name. Debian's own come with the root."""
    named = re.findall(r"signed-by=([^\s\]]+)|^Signed-By:\s*(/.*)$", "\n".join([*lines, *stanzas]), re.M | re.I)
    return [Path(path) for pair in named for one in pair if one for path in re.split(r"[,\s]+", one.strip())]


def _said(*command: str) -> str:
    """What a program prints; nothing where it is missing or refuses."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    except (OSError, subprocess.SubprocessError):
        return ""


def pip_settings(said: str) -> dict[str, dict[str, str]]:
    """`pip config list` as section -> option -> value; what the environment adds is carried as environment."""
    found: dict[str, dict[str, str]] = {}
    for line in said.splitlines():
        name, _, value = line.partition("=")
        section, _, option = name.rpartition(".")
        if option and not section.startswith(":env:"):
            found.setdefault(section, {})[option] = str(ast.literal_eval(value))
    return found


def _paths(value: str) -> list[Path]:
    """Places on this machine that a value names, as `file:` addresses or absolute paths."""
    words = value.split()
    places = [Path(unquote(urlparse(word).path) if word.startswith("file:") else word) for word in words]
    return [place for place in places if place.is_absolute() and place.exists()]


def _carry(settings: Settings, option: str, value: str) -> str:
    """Takes what an option names along.

    Returns:
        The value as it is in the root.
    """
    for place in _paths(value):
        if place.is_file():
            kept = f"/etc/carried{place}" if str(place).startswith(WRITTEN_ANEW) else str(place)
            settings.copies[kept] = place
            value = value.replace(str(place), kept)
        elif option in INDEXES and place.parent != Path("/"):
            # The pages of an index point at files beside it.
            settings.mounts.append(place.parent)
        else:
            settings.mounts.append(place)
    return value


def _carry_debian(settings: Settings, apt: Path) -> None:
    lines, stanzas = debian_sources(apt)
    settings.mirror = mirror_of(lines, stanzas)
    if lines or stanzas:
        settings.texts["/etc/apt/sources.list"] = "".join(f"{line}\n" for line in lines)
        settings.texts["/etc/apt/sources.list.d/carried.sources"] = "\n\n".join(stanzas) + "\n"
    keys = [apt / name for name in KEYS] + _keys_of(lines, stanzas)
    settings.copies |= {str(place): place for place in keys if place.exists()}
    for place in re.findall(r"file:\S+", " ".join([*lines, *stanzas])):
        settings.mounts += _paths(place)
    text = ""
    for line in _said("apt-config", "dump").splitlines():
        if APT_OPTION.match(line) and not PROGRAM_OPTION.search(line):
            name, value = line.split(" ", 1)
            text += f'{name} "{_carry(settings, name, shlex.split(value.rstrip(";"))[0])}";\n'
    settings.texts["/etc/apt/apt.conf.d/99carried"] = text


def _carry_pip(settings: Settings) -> None:
    text = ""
    for section, values in pip_settings(_said(sys.executable, "-m", "pip", "config", "list")).items():
        text += f"[{section}]\n"
        for option, value in values.items():
            text += f"{option} = " + "\n    ".join(_carry(settings, option, value).split("\n")) + "\n"
    settings.texts["/etc/pip.conf"] = text


def read(environment: dict[str, str] | None = None, apt: Path = APT) -> Settings:
    """The settings of this machine."""
    found = Settings()
    _carry_debian(found, apt)
    _carry_pip(found)
    for name, value in (os.environ if environment is None else environment).items():
        if name.startswith("PIP_"):
            found.environment[name] = _carry(found, name[4:].lower().replace("_", "-"), value)
        elif name.lower() in PROXIES or name in CERTIFICATES:
            found.environment[name] = _carry(found, name, value)
    found.copies |= {str(place): place for place in (*NAMES, AUTHORITIES) if place.exists()}
    found.mounts = list(dict.fromkeys(found.mounts))
    return found
