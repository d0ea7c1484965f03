import { conformanceChecks } from './all-checks.ts';
import { conformanceAreas } from './check.ts';

/** The list of all checks by area as Markdown, as docs/guides/conformance.md has it. */
export function listChecks(): string {
  return conformanceAreas
    .map((area) => {
      const rows = conformanceChecks.filter((check) => check.area === area);
      return `### ${area}\n\n${rows.map(({ id, statement }) => `- \`${id}\`: ${statement}`).join('\n')}\n`;
    })
    .join('\n');
}
