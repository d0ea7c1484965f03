import type { ImageFolder } from './image-store.ts';

const annotation = /^(.*?)[^]?\[(output|input|temp)\]$/s;

/**
 * Splits `name [output]`, ComfyUI's way to say in a file name which folder it is in. As there, the character before the
 * bracket goes whatever it is: `a.png[input]` means `a.pn`.
 */
export function splitAnnotation(text: string): { readonly name: string; readonly folder: ImageFolder | undefined } {
  const [, name, folder] = annotation.exec(text) ?? [];
  return name !== undefined && (folder === 'output' || folder === 'input' || folder === 'temp')
    ? { name, folder }
    : { name: text, folder: undefined };
}
