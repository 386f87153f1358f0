#!/bin/sh
# Installs the programs that tests drive and pip cannot bring: Chromium for journeys, HAProxy for the deployment's proof.
set -eu

from_debian() {
  command -v apt-get >/dev/null 2>&1 || return 1
  sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo"
  $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends "$@"
}

chromium() {
  for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then return 0; fi
  done
  # Where Debian's package cannot be had, Playwright's own build.
  if from_debian chromium fonts-dejavu-core || .venv/bin/python -m playwright install chromium; then return 0; fi
  echo "No Chromium found and none could be installed: install one and run make test again." >&2
  return 1
}

haproxy_too() {
  if command -v haproxy >/dev/null 2>&1 || [ -x /usr/sbin/haproxy ]; then return 0; fi
  # Only tests/test_deploy.py needs it, and says that it skips without.
  from_debian haproxy || echo "HAProxy could not be installed: the tests of the deployment will be skipped." >&2
}

chromium
haproxy_too
