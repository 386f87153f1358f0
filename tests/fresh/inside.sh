#!/bin/sh
# What a newcomer does on a fresh Debian 12, run inside a bare root:   inside.sh setup|whole PORT FOLDER
set -eu
part=$1 port=$2 folder=$3
begun=$(date +%s)
say() { echo "fresh, inside ($(($(date +%s) - begun)) s): $*"; }
fail() { say "FAILED: $*"; exit 1; }

cd "$folder"
export DEBIAN_FRONTEND=noninteractive
say "installing what README asks for: Python 3.11 and make"
apt-get update -qq
apt-get install -y -qq --no-install-recommends python3 make >/dev/null
python3 -c 'import sys; assert sys.version_info[:2] == (3, 11), sys.version'

say "make run"
PORT=$port setsid make run >/tmp/run.log 2>&1 &
app=$!
waited=0
until python3 -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$port/health', timeout=2)" 2>/dev/null; do
  if ! kill -0 "$app" 2>/dev/null; then tail -n 30 /tmp/run.log; fail "make run ended"; fi
  if [ "$waited" -ge 900 ]; then tail -n 30 /tmp/run.log; fail "no /health after 900 s"; fi
  sleep 1
  waited=$((waited + 1))
  [ $((waited % 20)) != 0 ] || say "waiting for /health: $(grep -v WARNING /tmp/run.log | tail -n 1 | cut -c1-100)"
done
say "the app answers at /health"
kill -TERM "-$app"
wait "$app" || say "the app is stopped"

if [ "$part" = setup ]; then
  say "installing what make test installs"
  make installed
  say "each program of the tests, once"
  .venv/bin/python -m pytest tests/test_programs.py -v || fail "a program of the tests does not work"
else
  say "make test"
  make test || fail "make test"
fi
say "done: part $part passed"
