import { jsonText, replies } from './alter.ts';
import type { ProxyFaults } from './fault-proxy.ts';
import type { PlantedFault } from './planted-fault.ts';

const status = (path: RegExp, from: number, to: number): ProxyFaults =>
  replies('GET', path, (reply) => {
    if (reply.status === from) reply.status = to;
  });

/** Answers that were there once stay there. */
function remembering(path: RegExp, isGone: (text: string) => boolean): ProxyFaults {
  const held = new Map<string, Buffer>();
  return replies('GET', path, (reply) => {
    const old = held.get(reply.path);
    if (!isGone(reply.body.toString('latin1'))) held.set(reply.path, reply.body);
    else if (old !== undefined) Object.assign(reply, { status: 200, body: old });
  });
}

/** Faults of answers to requests. */
export const answerFaults: readonly PlantedFault[] = [
  {
    name: 'unknown history is 404',
    faults: () => replies('GET', /^\/history\/./, (reply) => (reply.status = reply.body.length === 2 ? 404 : 200)),
    found: ['unknown-history-id-is-empty-object'],
  },
  {
    name: 'actions answer with JSON',
    faults: () => jsonText('POST', /^\/(queue|interrupt|free)$/, () => '{"ok":true}'),
    found: ['actions-answer-with-an-empty-body'],
  },
  {
    name: 'node errors of a 200 are dropped',
    faults: () =>
      replies('POST', /^\/prompt$/, (reply) => {
        if (reply.status === 200)
          reply.body = Buffer.from(reply.body.toString().replace(/"node_errors":.*\}/s, '"node_errors":{}}'));
      }),
    found: ['half-valid-prompt-runs-its-valid-half'],
  },
  {
    name: 'faults have another type',
    faults: () => jsonText('POST', /^\/prompt$/, (text) => text.replaceAll('value_smaller_than_min', 'out_of_range')),
    found: ['value-below-minimum-is-named'],
  },
  {
    name: 'faults do not name the input',
    faults: () => jsonText('POST', /^\/prompt$/, (text) => text.replaceAll('"input_name"', '"name"')),
    found: ['missing-input-is-named', 'value-not-in-list-is-named'],
  },
  {
    name: 'faulty prompts are 422',
    faults: () => replies('POST', /^\/prompt$/, (reply) => (reply.status = reply.status === 400 ? 422 : 200)),
    found: ['unknown-class-is-invalid-prompt', 'link-of-wrong-type-is-named'],
  },
  {
    name: 'another id is given',
    faults: () => jsonText('POST', /^\/prompt$/, (text) => text.replace(/"prompt_id": ?"[^"]*"/, '"prompt_id":"mine"')),
    found: ['prompt-id-of-the-client-is-kept', 'prompt-without-id-gets-one'],
  },
  {
    name: 'history comes a moment later',
    faults: () => {
      const asked = new Set<string>();
      return replies('GET', /^\/history\/./, (reply) => {
        if (!asked.has(reply.path)) reply.body = Buffer.from('{}');
        asked.add(reply.path);
      });
    },
    found: ['history-is-there-at-the-end'],
  },
  {
    name: 'history holds NaN',
    faults: () => jsonText('GET', /^\/history\/./, (text) => text.replace(/"completed":/, '"score":NaN,"completed":')),
    found: ['history-keeps-the-prompt'],
  },
  {
    name: 'failures are called a success',
    faults: () =>
      jsonText('GET', /^\/history\/./, (text) => text.replace(/"status_str": ?"error"/, '"status_str":"success"')),
    found: ['history-of-failure-tells-the-error'],
  },
  {
    name: 'history forgets nothing',
    faults: () => remembering(/^\/history\/./, (text) => text === '{}'),
    found: ['deleted-entry-is-forgotten', 'restart-forgets-queue-and-history'],
  },
  {
    name: 'temporary files outlive the server',
    faults: () => status(/^\/view.*type=temp/, 404, 200),
    found: ['restart-keeps-outputs-and-empties-temp'],
  },
  {
    name: 'answers are cut short',
    faults: () => replies('GET', /^\/object_info$/, () => 'cut'),
    found: ['object-info-describes-every-class'],
  },
  {
    name: 'pages of other origins are let in',
    faults: () => status(/^\/prompt$/, 403, 200),
    found: ['foreign-origin-is-refused'],
  },
  {
    name: 'missing files are an empty 200',
    faults: () => status(/^\/view/, 404, 200),
    found: ['missing-file-is-404'],
  },
  {
    name: 'ways out of the folder are merely missing',
    faults: () => status(/^\/view/, 403, 404),
    found: ['view-stays-in-its-folders'],
  },
  {
    name: 'pictures have no content type of their own',
    faults: () => replies('GET', /^\/view/, (reply) => (reply.headers['content-type'] = 'application/octet-stream')),
    found: ['view-tells-the-content-type'],
  },
  {
    name: 'a PNG lost its prompt',
    faults: () =>
      replies('GET', /^\/view/, (reply) => {
        const at = reply.body.indexOf('tEXtprompt');
        if (at > 0) reply.body.write('tEXtpr0mpt', at, 'latin1');
      }),
    found: ['png-carries-the-prompt'],
  },
  {
    name: 'a PNG ends in the middle',
    faults: () => replies('GET', /^\/view/, (reply) => (reply.body = reply.body.subarray(0, 60))),
    found: ['saved-picture-has-size-and-colour', 'scaled-picture-has-its-new-size'],
  },
  {
    name: 'a numbered upload keeps silent about its number',
    faults: () => jsonText('POST', /^\/upload\/image$/, (text) => text.replace(' (1)', '')),
    found: ['taken-name-gets-a-number'],
  },
  {
    name: 'saved files are not numbered on',
    faults: () => jsonText('GET', /^\/history\/./, (text) => text.replaceAll('_00002_', '_00001_')),
    found: ['saved-names-count-up'],
  },
];
