#!/usr/bin/env bash
# Installs the system packages that the tests need, or names them if it may not install.
set -euo pipefail
missing=()
command -v chromium >/dev/null || missing+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
command -v msgfmt >/dev/null || missing+=(gettext)
command -v redis-server >/dev/null || missing+=(redis-server)
/usr/bin/python3 -c "import swift" 2>/dev/null || missing+=(python3-swift)
command -v ip >/dev/null || missing+=(iproute2)
ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || missing+=(faketime)
grep -qi "noto.*arabic" <<<"$(fc-list 2>/dev/null)" || missing+=(fonts-noto-core fontconfig)
grep -qi "noto.*emoji" <<<"$(fc-list 2>/dev/null)" || missing+=(fonts-noto-color-emoji)
[ ${#missing[@]} = 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing for the tests: ${missing[*]}"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
else
  echo "The tests need: ${missing[*]}" >&2
  echo "On Debian: sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
