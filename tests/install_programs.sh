#!/bin/sh
# Installs what tests need and pip cannot bring. Each need is asked by trying it, before and after.
#
#   sh tests/install_programs.sh
#   WITHOUT=haproxy sh tests/install_programs.sh     goes on without it; the tests that need it say that they skip
#
# No function here may have the name of a program: a shell finds its functions first, `command -v` does so too.
set -eu

PYTHON=${PYTHON:-.venv/bin/python}
# Debian keeps servers where only root's PATH looks.
SYSTEM_PROGRAMS=${SYSTEM_PROGRAMS:-/usr/sbin:/usr/local/sbin}
WITHOUT=${WITHOUT:-}

answers() { command -v "$1" >/dev/null 2>&1 && "$1" --version >/dev/null 2>&1; }

have_browser() { answers chromium-headless-shell || answers chromium || answers chromium-browser || answers google-chrome; }
# Without any font Chromium draws no letters, and Debian's package does not bring one.
have_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list)" ]; }
# Playwright brings a node of its own, linked against a library that a bare Debian does not have.
have_driver() { "$PYTHON" -m playwright --version >/dev/null 2>&1; }
have_balancer() (
  PATH=$PATH:$SYSTEM_PROGRAMS
  command -v haproxy >/dev/null 2>&1 && haproxy -v >/dev/null 2>&1
)

# Where Debian's package without windows cannot be had: the one with windows, or Playwright's own build, which it finds
# by itself.
other_browser() {
  install_from_debian chromium
  have_browser || "$PYTHON" -m playwright install chromium
}
nothing_else() { false; }

# name, its test, Debian's packages, what else to try, whether tests can skip it
each_need() {
  "$1" playwright have_driver libatomic1 nothing_else no
  "$1" fonts have_font "fontconfig fonts-dejavu-core" nothing_else no
  "$1" chromium have_browser chromium-headless-shell other_browser no
  "$1" haproxy have_balancer haproxy nothing_else yes
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

debian() { as_root env DEBIAN_FRONTEND=noninteractive apt-get "$@"; }

install_from_debian() {
  command -v apt-get >/dev/null 2>&1 || { echo "There is no apt-get here." >&2; return 0; }
  # A source that is away need not be the one that has the packages.
  debian update -qq || echo "apt-get update failed; trying to install all the same." >&2
  debian install -y -qq --no-install-recommends "$@" && return 0
  # One package that is not to be had must not keep the others away.
  for package in "$@"; do
    debian install -y -qq --no-install-recommends "$package" || echo "apt-get could not install $package." >&2
  done
}

wanted=""
want() { "$2" || wanted="$wanted $3"; }

missing=0
demand() {
  if "$2" || "$4"; then return 0; fi
  case "$5 $WITHOUT " in
    "yes "*"$1 "*) echo "Going on without $1, as WITHOUT says: the tests that need it are skipped." >&2; return 0 ;;
  esac
  missing=1
  echo "Tests need $1, and it could not be installed (Debian: $3). Install it and run make test again." >&2
  [ "$5" = no ] || echo "Or go on without it: WITHOUT=$1 make test" >&2
}

each_need want
if [ -n "$wanted" ]; then
  echo "Tests need programs that are missing; asking Debian for:$wanted" >&2
  # shellcheck disable=SC2086 - names of packages, one word each
  install_from_debian $wanted
  each_need demand
fi
exit $missing
