#!/usr/bin/env bash
# check_gate.sh GATE [PROFILE]: `nx run gate-runner:GATE[:PROFILE]`. Nx flattens exit codes; the verdict holds the real one.
set -uo pipefail
cd "$(dirname "$0")/.."

gate=$1
profile=${2:-$(node tools/nx-workstreams/host-profile.mjs)}
npx nx run "gate-runner:$gate:$profile" --output-style=stream-without-prefixes
status=$?

verdict="bench/results/$gate/$profile/verdict.json"
[ -f "$verdict" ] || exit "$([ "$status" -ge 128 ] && echo "$status" || echo 1)"
exec node -e 'process.exit(JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).exitCode ?? 1)' "$verdict"
