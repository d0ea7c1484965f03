#!/usr/bin/env bash
# Measures what is missing, judges gate M3, and exits with the gate's code (docs/architecture.md §6).
exec "$(dirname "$0")/check_gate.sh" m3 "$@"
