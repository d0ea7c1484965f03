import { gateErrorCodes } from './errors.ts';
import { gates, measurements } from './gate.ts';
import { builtInLimits } from './policy/built-in-limits.ts';
import type { ScenarioLimit } from './policy/policy-schema.ts';
import { probeCatalogue } from './probe-catalogue.ts';

function limitText(limit: ScenarioLimit): string {
  return [
    `${limit.width} × ${limit.height}, batch ${limit.batchSize}, ≥ ${limit.minSteps} steps, ≥ ${limit.minRuns} runs`,
    ...(limit.minSeconds > 0 ? [`≥ ${limit.minSeconds} s`] : []),
    ...(limit.maxLatencyMs === null ? [] : [`**≤ ${limit.maxLatencyMs} ms**`]),
    ...(limit.minImagesPerMinute === null ? [] : [`**≥ ${limit.minImagesPerMinute} images/min**`]),
    ...(limit.maxRooflineGap === null ? [] : [`**≤ ${limit.maxRooflineGap} × the roofline floor**`]),
  ].join(', ');
}

const intro = `# Gates

A gate opens records and asks probes. A probe is a statement about the evidence with one of six outcomes: \`met\`, \`unmet\`,
\`undecided\` (the evidence does not settle it), \`missing\` (there is no evidence), \`not-applicable\` (not asked under this profile)
and \`error\` (the probe broke). Only \`met\` speaks for the gate; one \`unmet\` fails it; anything else leaves it undecided.
Judging measures nothing, starts nothing and restores nothing.

Exit codes: 0 pass · 3 fail · 6 evidence was changed after it was written · 8 undecided · 2 unknown gate or profile · 4 no usable policy.

This page is generated: \`node apps/cli/bin/run-source.mjs apps/gate-runner/src/main.ts catalogue gates > docs/gates.md\`.`;

const signed = `Hashes show that a file changed, not who wrote it. Whoever rewrites a record, its samples, the seal and the store together leaves
no trace, so a gb10 profile also asks for a signature; records carry none yet, and the gb10 gates therefore end undecided.`;

const policyFields = `TOML, all fields required unless said otherwise:

- \`schema\`: "dgx-pixels/policy/v1"; \`profile\`: the file’s name; \`title\`, \`reason\`: text
- \`engine\`: "embedded" or "comfyui", the kind that records have to name
- \`validity_hours\`: oldest record that counts; \`required_signatures\`: number of signatures over each seal
- \`[m0]\`, \`[m1]\`: \`probes\` that decide, and \`reported\` (optional), which are shown only
- \`m1.max_peak_memory_bytes\`
- \`[[m1.limit]]\`: \`scenario\`, \`width\`, \`height\`, \`batch_size\`, \`min_steps\`, \`min_runs\`; optional \`min_seconds\`,
  \`max_latency_ms\`, \`min_images_per_minute\`, \`max_roofline_gap\`
- \`[[loosened]]\` (optional): \`threshold\` (for example \`m1.max_peak_memory_bytes\` or \`128-single.max_latency_ms\`), \`value\`, \`reason\`
  of at least 20 characters, \`approved_by\`, \`date\``;

/** The text of docs/gates.md: gates, built-in limits, fields of a policy, probes and errors. */
export function renderGateCatalogue(): string {
  const parts = [intro, signed, '## Gates and their records'];
  parts.push(
    Object.entries(gates)
      .map(
        ([gate, workstreams]) =>
          `- **${gate}**: ${workstreams.map((name) => `${measurements[name].title} (\`bench/results/${name}/<profile>/latest\`)`).join(', ')}`,
      )
      .join('\n'),
  );
  parts.push(
    '## Built-in limits',
    'The loosest values that `bench/policies/<profile>.toml` may have. A looser one needs an entry `[[loosened]]` with `threshold`, `value`, `reason`, `approved_by` and `date`, or the gate is undecided. Policies are part of what a benchmark record is bound to: after an edit it has to be measured anew.',
  );
  for (const [profile, limits] of Object.entries(builtInLimits)) {
    const rows = limits.limits.map((limit) => `- \`${limit.scenario}\`: ${limitText(limit)}`);
    parts.push(
      `### ${profile}`,
      [
        `- records at most ${limits.validityHours} h old, ${limits.requiredSignatures} signatures, peak memory ≤ ${limits.maxPeakMemoryBytes} bytes`,
        ...rows,
      ].join('\n'),
    );
  }
  parts.push('## Fields of a policy', policyFields);
  parts.push('## Probes');
  for (const probe of probeCatalogue) {
    parts.push(
      `### ${probe.id}`,
      `Gates ${probe.gates.join(', ')} · profiles ${probe.profiles.join(', ')}`,
      [`- Why: ${probe.motivation}`, `- How: ${probe.method}`, `- Otherwise: ${probe.otherwise}`].join('\n'),
    );
  }
  parts.push(
    '## Errors',
    Object.entries(gateErrorCodes)
      .map(([code, { exitCode, meaning, hint }]) => `- \`${code}\` (exit ${exitCode}): ${meaning}. ${hint}.`)
      .join('\n'),
  );
  return `${parts.join('\n\n')}\n`;
}
