#!/usr/bin/env bash
# check_gate.sh GATE [PROFILE]: `nx run gate-runner:GATE[:PROFILE]`. Nx flattens exit codes; the verdict holds the real one.
set -uo pipefail
cd "$(dirname "$0")/.."

gate=$1
profile=${2:-}
npx nx run "gate-runner:$gate${profile:+:$profile}" --output-style=stream-without-prefixes
status=$?

verdict=$(find "bench/results/$gate" -name verdict.json ${profile:+-path "*/$profile/*"} 2>/dev/null | head -n 1)
[ -n "$verdict" ] || exit "$([ "$status" -ge 128 ] && echo "$status" || echo 1)"
exec node -e 'process.exit(JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).exitCode ?? 1)' "$verdict"
