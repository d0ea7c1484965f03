const marker = 'embedding:';
const boundary = / embedding:|\nembedding:/;

/** Prompt text without its references to textual-inversion files, of which this engine has none. */
export interface PlainText {
  /** Stretches between the references; ComfyUI lays out the tokens of each as one group. */
  readonly stretches: readonly string[];
  /** The references as written, `embedding:name`. */
  readonly embeddings: readonly string[];
}

/**
 * Treats `embedding:name` as ComfyUI treats a name it finds no file for: the name is dropped, commas around it and the
 * text after it stay.
 */
export function dropEmbeddings(text: string): PlainText {
  const [first = '', ...others] = text.split(boundary);
  const stretches: string[] = [];
  const embeddings: string[] = [];
  for (const piece of [first, ...others.map((other) => marker + other)]) {
    if (piece === '') continue;
    if (!piece.startsWith(marker)) {
      stretches.push(piece);
      continue;
    }
    const [name = '', ...following] = piece.slice(marker.length).trim().split(/\s+/);
    const bare = name.replace(/^,+|,+$/g, '');
    embeddings.push(marker + bare);
    const kept = bare.length < name.length ? `${name.slice(bare.length)} ${following.join(' ')}` : following.join(' ');
    if (kept !== '') stretches.push(kept);
  }
  return { stretches, embeddings };
}
