#!/usr/bin/env bash
# Prints which Python to run. We prefer the distribution's, because it gets security updates and is
# compiled with optimisation (a message takes a tenth less time). Otherwise the first on the path.
set -euo pipefail
OWN=/usr/bin/python3
if $OWN -c 'import ctypes, sqlite3, ssl, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo $OWN
else
  echo python3
fi
