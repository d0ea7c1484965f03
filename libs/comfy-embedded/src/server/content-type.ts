import { extname } from 'node:path';

/** Types that no browser runs anything from; SVG and HTML are not among them. */
const inertTypes: ReadonlyMap<string, string> = new Map([
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.webp', 'image/webp'],
  ['.gif', 'image/gif'],
  ['.mp4', 'video/mp4'],
  ['.webm', 'video/webm'],
  ['.wav', 'audio/x-wav'],
  ['.mp3', 'audio/mpeg'],
  ['.txt', 'text/plain'],
  ['.json', 'application/json'],
]);

/** Content type by the end of a file's name; `application/octet-stream`, a download, for all that could act as a page. */
export function contentTypeOf(name: string): string {
  return inertTypes.get(extname(name).toLowerCase()) ?? 'application/octet-stream';
}
