#!/bin/sh
# Installs the Chromium that the browser tests drive. Tries what is there, then Debian's package,
# then Playwright's own build; stops with a clear message if none can be had.
set -eu
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo"
  $sudo apt-get update -qq
  $sudo apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core
  exit 0
fi
if .venv/bin/python -m playwright install chromium; then exit 0; fi
echo "No Chromium found and none could be installed: install one and run make test again." >&2
exit 1
