import { join } from 'node:path';
import { z } from 'zod';
import { pixelModelDirectory } from './model-directory.ts';
import { readModelJson } from './read-json.ts';

const tokenId = z.int().min(0);

const vocabularySchema = z
  .strictObject({
    pattern: z.string().min(1),
    lowercase: z.literal(true),
    maxTokens: z.int().min(3),
    begin: tokenId,
    end: tokenId,
    pad: tokenId,
    unknown: tokenId,
    tokens: z.array(z.string().min(1)).min(4),
  })
  .superRefine((value, context) => {
    for (const name of ['begin', 'end', 'pad', 'unknown'] as const) {
      if (value[name] >= value.tokens.length) {
        context.addIssue({ code: 'custom', path: [name], message: `${value[name]} is no index of the tokens` });
      }
    }
    if (new Set(value.tokens).size !== value.tokens.length) {
      context.addIssue({ code: 'custom', path: ['tokens'], message: 'a token stands twice' });
    }
  });

/**
 * The tokenizer as data: the text in lower case, words by `pattern`, each the index of its token (or `unknown`),
 * between `begin` and `end`, filled with `pad` to `maxTokens`.
 */
export type PixelModelVocabulary = z.infer<typeof vocabularySchema>;

/**
 * Reads the vocabulary of the bundled model, or of the model in `directory`.
 *
 * @throws PixelModelError when the file is missing or has another form (all faults at once).
 */
export function readVocabulary(directory: string = pixelModelDirectory()): PixelModelVocabulary {
  return readModelJson(join(directory, 'vocab.json'), vocabularySchema);
}
