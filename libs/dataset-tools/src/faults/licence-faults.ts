import type { FaultMeaning } from './fault-meaning.ts';

/** Pictures that may not be used, or not without naming somebody. */
export const licenceFaults = {
  'licence-missing': {
    severity: 'refused',
    meaning: 'Nothing says under which licence a picture may be used.',
    hint: 'name it: dataset ingest --licence <SPDX id> --author <name> --url <page>, or a licences file',
  },
  'licence-unreadable': {
    severity: 'refused',
    meaning: 'The licence of a picture is no SPDX expression.',
    hint: 'use an id of spdx.org/licenses, for example CC0-1.0 or CC-BY-4.0',
  },
  'licence-not-allowed': {
    severity: 'refused',
    meaning: 'The licence of a picture does not allow training and passing on the result without conditions on it.',
    hint: 'leave the picture out, or get it under CC0, CC-BY or a permissive licence',
  },
  'attribution-missing': {
    severity: 'refused',
    meaning: 'The licence of a picture wants its author and its page named, and they are not known.',
    hint: 'dataset ingest with --author and --url, or a licences file',
  },
  'notice-missing': {
    severity: 'refused',
    meaning: 'The licence of a picture wants its notice kept, and there is none.',
    hint: 'dataset ingest with --notice <file>, or a licences file',
  },
  'source-excluded': {
    severity: 'refused',
    meaning: 'A picture is on a list of pictures whose licence is not what its collection says.',
    hint: 'remove it from the source folder',
  },
} as const satisfies Record<string, FaultMeaning>;
