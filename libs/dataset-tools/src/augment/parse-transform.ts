import { DatasetError } from '../errors.ts';
import { type OperationName, type Transform, transformSchema } from '../manifest/transform.ts';
import { nearestName } from './nearest-name.ts';
import { lossyOperations } from './refused-operations.ts';

/** How each operation is typed. */
const syntax: Readonly<Record<OperationName, string>> = {
  'flip-horizontal': 'flip-horizontal',
  'flip-vertical': 'flip-vertical',
  rotate: 'rotate=90|180|270',
  shift: 'shift=X,Y',
  'wrap-shift': 'wrap-shift=X,Y',
  pad: 'pad=PIXELS or pad=LEFT,TOP,RIGHT,BOTTOM',
  crop: 'crop=PIXELS or crop=LEFT,TOP,RIGHT,BOTTOM',
  'fill-background': 'fill-background=#rrggbb',
  'clear-background': 'clear-background=#rrggbb',
  'swap-palette': 'swap-palette=#from:#to,…',
};
const names = Object.keys(syntax).filter(isOperation);

/**
 * A transform as it is typed: `flip-horizontal`, `rotate=90`, `shift=1,-2`, `wrap-shift=4,0`, `pad=2`, `crop=1,0,1,0`,
 * `fill-background=#ffffff`, `clear-background=#ffffff`, `swap-palette=#ff0000:#00ff00,#00ff00:#ff0000`.
 *
 * @throws DatasetError DATASET_REQUEST_INVALID, naming why an operation that loses pixels is none of ours, how one of ours
 * is typed, or which one was probably meant
 */
export function parseTransform(text: string): Transform {
  const equals = text.indexOf('=');
  const [name, value] = equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
  if (isOperation(name)) return parseKnown(name, value);
  // `rotate-15`, `scale1.5`, `Color_Jitter`: the name without the number behind it.
  const bare = name
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/[-x]?\d[\d.%x-]*$/, '');
  const reason = lossyOperations.get(bare);
  if (reason !== undefined) throw refuse(`${shown(name)} ${reason}`);
  if (isOperation(bare)) throw refuse(`${shown(name)} is typed ${syntax[bare]}${bare === 'rotate' ? byFractions : ''}`);
  const nearest = nearestName(bare.slice(0, 40), [...names, ...lossyOperations.keys()]);
  const meant = nearest === null ? '' : `; did you mean ${isOperation(nearest) ? syntax[nearest] : nearest}?`;
  throw refuse(`${shown(name)} is no operation that keeps every pixel (${names.join(', ')})${meant}`);
}

const byFractions = ': other angles move pixels by fractions';

function parseKnown(operation: OperationName, value: string): Transform {
  const parsed = transformSchema.safeParse({ operation, ...parametersOf(operation, value) });
  if (parsed.success) return parsed.data;
  const reason = parsed.error.issues.find(({ code }) => code === 'custom')?.message;
  const why =
    reason === undefined ? `is typed ${syntax[operation]}${operation === 'rotate' ? byFractions : ''}` : reason;
  throw refuse(`${shown(`${operation}=${value}`)}: ${operation} ${why}`);
}

function parametersOf(operation: OperationName, value: string): Readonly<Record<string, unknown>> {
  const numbers = value.split(',').map((part) => (/^-?\d{1,5}$/.test(part) ? Number(part) : NaN));
  switch (operation) {
    case 'flip-horizontal':
    case 'flip-vertical':
      return value === '' ? {} : { value };
    case 'rotate':
      return { quarterTurns: numbers.length === 1 ? (numbers[0] ?? NaN) / 90 : NaN };
    case 'shift':
    case 'wrap-shift':
      return numbers.length === 2 ? { x: numbers[0], y: numbers[1] } : {};
    case 'pad':
    case 'crop': {
      const [left, top, right, bottom] = numbers.length === 1 ? Array.from({ length: 4 }, () => numbers[0]) : numbers;
      return numbers.length === 1 || numbers.length === 4 ? { left, top, right, bottom } : {};
    }
    case 'fill-background':
    case 'clear-background':
      return { colour: value.toLowerCase() };
    case 'swap-palette':
      return {
        colours: value
          .toLowerCase()
          .split(',')
          .map((pair) => pair.split(':')),
      };
  }
}

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(syntax, name);
}

function shown(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}

function refuse(message: string): DatasetError {
  return new DatasetError('DATASET_REQUEST_INVALID', message, { hint: 'npx dgx-pixels dataset augment --help' });
}
