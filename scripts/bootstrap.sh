#!/usr/bin/env bash
# Installs uv into .tools. The machine needs only Python 3.11 or newer.
set -euo pipefail
UV_VERSION=0.13.9
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Lotse needs Python 3.11 or newer as python3." >&2; exit 1
fi
if ! python3 -m venv .tools 2>/dev/null; then
  rm -rf .tools
  # Debian has venv in a separate package.
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    python3 -m venv .tools
  else
    echo "python3 has no venv here. Install it (Debian: sudo apt-get install python3-venv) and try again." >&2
    exit 1
  fi
fi
.tools/bin/pip install -q --disable-pip-version-check "uv==$UV_VERSION"
