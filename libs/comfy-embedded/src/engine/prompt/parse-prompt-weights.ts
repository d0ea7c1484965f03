import { EngineError } from '../engine-errors.ts';
import { engineLimits } from '../engine-limits.ts';
import { pythonFloat } from './python-float.ts';

/** A stretch of a prompt and the weight its words carry; 1 is neutral. */
export interface WeightedText {
  readonly text: string;
  readonly weight: number;
}

/** What one pair of parentheses without a number multiplies the weight by. */
const emphasis = 1.1;
const escapedClose = '\0\x01';
const escapedOpen = '\0\x02';

/**
 * Splits a prompt by ComfyUI's weight syntax (`token_weights` in comfy/sd1_clip.py): `(text)` multiplies the weight by
 * 1.1, `(text:1.3)` sets it, parentheses nest, `\(` and `\)` are literal, unbalanced parentheses stay text.
 *
 * @throws EngineError ENGINE_PROMPT_INVALID for a prompt that is too long or nests too deep.
 */
export function parsePromptWeights(prompt: string): WeightedText[] {
  if (prompt.length > engineLimits.maxPromptLength) {
    throw new EngineError(
      'ENGINE_PROMPT_INVALID',
      `the prompt has ${prompt.length} characters; the limit is ${engineLimits.maxPromptLength}`,
      { length: prompt.length },
    );
  }
  const escaped = prompt.replaceAll('\\)', escapedClose).replaceAll('\\(', escapedOpen);
  return split(escaped, 1, 0).map(({ text, weight }) => ({
    text: text.replaceAll(escapedClose, ')').replaceAll(escapedOpen, '('),
    weight,
  }));
}

function split(text: string, weight: number, depth: number): WeightedText[] {
  if (depth > engineLimits.maxPromptNesting) {
    throw new EngineError(
      'ENGINE_PROMPT_INVALID',
      `the prompt nests parentheses more than ${engineLimits.maxPromptNesting} deep`,
      { maxPromptNesting: engineLimits.maxPromptNesting },
    );
  }
  return outerGroups(text).flatMap((group) => {
    const isWeighted = group.length >= 2 && group.startsWith('(') && group.endsWith(')');
    if (!isWeighted) return [{ text: group, weight }];
    const inner = group.slice(1, -1);
    const colon = inner.lastIndexOf(':');
    const given = colon > 0 ? pythonFloat(inner.slice(colon + 1)) : null;
    return given === null ? split(inner, weight * emphasis, depth + 1) : split(inner.slice(0, colon), given, depth + 1);
  });
}

/** Cuts before and after each outermost balanced pair. A `)` too many lowers the level below zero, so later pairs stay text. */
function outerGroups(text: string): string[] {
  const groups: string[] = [];
  let group = '';
  let level = 0;
  for (const character of text) {
    if (character === '(') {
      if (level === 0) {
        if (group !== '') groups.push(group);
        group = '';
      }
      level++;
      group += character;
    } else if (character === ')') {
      level--;
      group += character;
      if (level === 0) {
        groups.push(group);
        group = '';
      }
    } else {
      group += character;
    }
  }
  if (group !== '') groups.push(group);
  return groups;
}
