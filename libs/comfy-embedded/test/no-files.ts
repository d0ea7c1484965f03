import type { NamedFiles, NodeFiles } from '../src/nodes/node-files.ts';

const none: NamedFiles = { names: () => [], path: () => undefined };

/** The files of a server that has none. */
export const noFiles: NodeFiles = { loras: none, pictures: none };
