import { posix } from 'node:path';
import parse, { type Info } from 'spdx-expression-parse';
import type { Fault } from '../faults/fault.ts';
import type { DatasetImage } from '../manifest/dataset-manifest.ts';
import { allowedLicences, type LicencePolicy, noExclusions } from './licence-policy.ts';

type Finding = Pick<Fault, 'kind' | 'message'>;

/** Judges the licence of every picture: one fault for each that may not be used as things stand, none for the others. */
export function checkLicences(images: readonly DatasetImage[], policy: LicencePolicy = noExclusions): readonly Fault[] {
  return images.flatMap((image) => {
    const finding = judgeImage(image, policy);
    return finding === null ? [] : [{ ...finding, path: image.name }];
  });
}

function judgeImage({ source, licence }: DatasetImage, policy: LicencePolicy): Finding | null {
  const name = posix.parse(source.path).name;
  if (policy.excludedSha256.has(source.sha256) || policy.excludedNames.has(name)) {
    return { kind: 'source-excluded', message: `${source.path} is on the exclusion list` };
  }
  if (licence.spdx === null) return { kind: 'licence-missing', message: 'no licence is known' };
  let expression: Info;
  try {
    expression = parse(licence.spdx);
  } catch {
    return { kind: 'licence-unreadable', message: `"${licence.spdx}" is no SPDX expression` };
  }
  return judgeExpression(expression, licence);
}

/** Of alternatives one that can be kept is enough; of licences that hold together all have to be kept. */
function judgeExpression(expression: Info, licence: DatasetImage['licence']): Finding | null {
  if ('conjunction' in expression) {
    const left = judgeExpression(expression.left, licence);
    const right = judgeExpression(expression.right, licence);
    if (expression.conjunction === 'or' && (left === null || right === null)) return null;
    return left ?? right;
  }
  const { license: id, plus, exception } = expression;
  const duty = Object.hasOwn(allowedLicences, id) ? allowedLicences[id] : undefined;
  if (duty === undefined || plus === true || exception !== undefined) {
    return {
      kind: 'licence-not-allowed',
      message: `${licence.spdx ?? id} is not on the list of licences that bind no model`,
    };
  }
  if (duty === 'attribution' && (licence.author === null || licence.url === null)) {
    const lacking = licence.author === null ? 'its author' : 'its page';
    return { kind: 'attribution-missing', message: `${id} wants ${lacking} named` };
  }
  if (duty === 'notice' && licence.notice === null) {
    return { kind: 'notice-missing', message: `${id} wants its notice kept` };
  }
  return null;
}
