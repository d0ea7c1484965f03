import { expect, it } from 'vitest';
import { splitAnnotation } from './annotated-name.ts';

it.each([
  ['a.png', 'a.png', undefined],
  ['a b.png [output]', 'a b.png', 'output'],
  ['a.png [temp]', 'a.png', 'temp'],
  ['a.png[input]', 'a.pn', 'input'],
  ['[input]', '', 'input'],
  ['a.png [bogus]', 'a.png [bogus]', undefined],
  ['a [input] [output]', 'a [input]', 'output'],
])('splits %j into %j in %s', (text, name, folder) => {
  expect(splitAnnotation(text)).toEqual({ name, folder });
});
