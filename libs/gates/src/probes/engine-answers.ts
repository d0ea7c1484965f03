import { everyProfile, type Probe } from '../probe.ts';

export const engineAnswers: Probe = {
  id: 'engine-answers',
  gates: ['m1'],
  profiles: everyProfile,
  motivation: 'The mission asks for an operational ComfyUI server; everything else is a request to it.',
  method:
    'There is an engine-check record, its engine is of the kind that the policy names, and every check in it passed.',
  otherwise: 'No record: missing. A failed check or another kind of engine: unmet.',
  ask({ engineChecks, policyFile }) {
    const [check] = engineChecks;
    if (check === undefined)
      return [{ outcome: 'missing', message: 'there is no engine-check record', workstream: 'ws-04' }];
    const { engine, payload } = check.record;
    const failed = payload.checks.filter(({ passed }) => !passed).map(({ id, detail }) => `${id} (${detail})`);
    const wanted = policyFile.policy.engine;
    const right = engine?.kind === wanted && payload.nodeClasses > 0;
    return [
      {
        outcome: failed.length === 0 && right ? 'met' : 'unmet',
        message: right
          ? failed.length === 0
            ? `${payload.checks.length} checks passed, ${payload.nodeClasses} node classes, ComfyUI API ${payload.system.comfyuiVersion}`
            : `failed: ${failed.join(', ')}`
          : `engine is ${engine?.kind ?? 'not named'} with ${payload.nodeClasses} node classes, the policy asks for ${wanted}`,
        value: payload.checks.length - failed.length,
        threshold: payload.checks.length,
        unit: 'checks',
        workstream: 'ws-04',
        recordIds: [check.record.id],
        file: check.path,
      },
    ];
  },
};
