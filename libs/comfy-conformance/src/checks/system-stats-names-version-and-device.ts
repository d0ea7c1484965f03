import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { systemStatsForm } from '../protocol-forms.ts';

/** /system_stats names version, operating system and at least one device. */
export const systemStatsNamesVersionAndDevice: ConformanceCheck = {
  id: 'system-stats-names-version-and-device',
  area: 'routes',
  statement: '/system_stats names version, operating system and at least one device',
  async run(context) {
    const reply = await context.ask('/system_stats');
    const { devices } = reply.read(systemStatsForm);
    return compare(
      { status: 200, type: 'application/json', devices: true },
      { status: reply.status, type: reply.contentType, devices: devices.length > 0 },
    );
  },
};
