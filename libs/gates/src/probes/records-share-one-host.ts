import { counted } from '../counted.ts';
import { everyProfile, type Probe } from '../probe.ts';

export const recordsShareOneHost: Probe = {
  id: 'records-share-one-host',
  gates: ['m1', 'm3'],
  profiles: everyProfile,
  motivation: 'The best figures of several machines are the figures of no machine.',
  method: 'All records have the same host fingerprint: machine, architecture, processor, cores, memory, GPU.',
  otherwise: 'No records: missing. Different hosts: unmet.',
  ask({ workstreams }) {
    const records = workstreams.flatMap((facts) => facts.records);
    const [first] = records;
    if (first === undefined) return [{ outcome: 'missing', message: 'there are no records' }];
    // The kernel may be updated between two measurements; the machine may not be another one.
    const describe = ({ record: { host } }: typeof first): string =>
      JSON.stringify([
        host.hostIdSha256,
        host.platform,
        host.arch,
        host.cpuModel,
        host.cpuCount,
        host.memoryTotalBytes,
        host.gpuName,
      ]);
    const other = records.find((entry) => describe(entry) !== describe(first));
    return [
      {
        outcome: other === undefined ? 'met' : 'unmet',
        message:
          other === undefined
            ? `${counted(records.length, 'record')} of one host (${first.record.host.cpuModel}, ${first.record.host.cpuCount} cores)`
            : `${other.path} was measured on another host than ${first.path}`,
        recordIds: records.map(({ record }) => record.id),
        file: other?.path ?? first.path,
      },
    ];
  },
};
