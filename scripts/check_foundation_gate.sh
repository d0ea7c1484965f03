#!/usr/bin/env bash
# Measures what is missing, judges gate M0, and exits with the gate's code (docs/architecture.md §6).
exec "$(dirname "$0")/check_gate.sh" m0 "$@"
