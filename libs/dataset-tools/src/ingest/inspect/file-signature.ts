/** What the first bytes of a file say that it is. */
export interface FileSignature {
  /** `picture`: decoded here; `other-picture`: a picture in another format. */
  readonly class: 'picture' | 'other-picture' | 'pickle' | 'svg' | 'archive' | 'other';
  /** Name of the format as people know it. */
  readonly name: string;
}

type Signature = FileSignature & { readonly at: number; readonly magic: string };

const signatures: readonly Signature[] = [
  { class: 'picture', name: 'PNG', at: 0, magic: '\x89PNG\r\n\x1a\n' },
  { class: 'picture', name: 'GIF', at: 0, magic: 'GIF87a' },
  { class: 'picture', name: 'GIF', at: 0, magic: 'GIF89a' },
  { class: 'picture', name: 'WebP', at: 8, magic: 'WEBP' },
  { class: 'picture', name: 'JPEG', at: 0, magic: '\xff\xd8\xff' },
  { class: 'other-picture', name: 'TIFF', at: 0, magic: 'II*\0' },
  { class: 'other-picture', name: 'TIFF', at: 0, magic: 'MM\0*' },
  { class: 'other-picture', name: 'Photoshop document', at: 0, magic: '8BPS' },
  { class: 'other-picture', name: 'Windows icon', at: 0, magic: '\0\0\x01\0' },
  { class: 'other-picture', name: 'AVIF', at: 4, magic: 'ftypavif' },
  { class: 'other-picture', name: 'HEIC', at: 4, magic: 'ftyphei' },
  { class: 'other-picture', name: 'JPEG XL', at: 0, magic: '\xff\x0a' },
  { class: 'other-picture', name: 'JPEG XL', at: 4, magic: 'JXL ' },
  { class: 'other-picture', name: 'QOI', at: 0, magic: 'qoif' },
  { class: 'other-picture', name: 'GIMP document', at: 0, magic: 'gimp xcf' },
  { class: 'other-picture', name: 'Aseprite document', at: 4, magic: '\xe0\xa5' },
  { class: 'other-picture', name: 'BMP', at: 0, magic: 'BM' },
  { class: 'archive', name: 'ZIP archive', at: 0, magic: 'PK\x03\x04' },
  { class: 'archive', name: 'gzip archive', at: 0, magic: '\x1f\x8b' },
  { class: 'archive', name: '7z archive', at: 0, magic: '7z\xbc\xaf\x27\x1c' },
  { class: 'archive', name: 'RAR archive', at: 0, magic: 'Rar!\x1a\x07' },
  { class: 'archive', name: 'tar archive', at: 257, magic: 'ustar' },
  { class: 'other', name: 'PDF', at: 0, magic: '%PDF-' },
  { class: 'other', name: 'program (ELF)', at: 0, magic: '\x7fELF' },
  { class: 'other', name: 'program (Windows)', at: 0, magic: 'MZ' },
  { class: 'other', name: 'NumPy array', at: 0, magic: '\x93NUMPY' },
  { class: 'other', name: 'script', at: 0, magic: '#!' },
];

/** How much of a file is looked at, in bytes. */
const headBytes = 4096;

/** What a file is by its first bytes, whatever its name says; null when they say nothing. */
export function fileSignature(bytes: Buffer): FileSignature | null {
  const head = bytes.subarray(0, headBytes).toString('latin1');
  // A torch checkpoint is a ZIP whose first entry lies in a folder with data.pkl.
  if (head.startsWith('PK\x03\x04') && /data\.pkl|\.pickle|constants\.pkl/.test(head)) return pickle;
  if (isPickle(bytes)) return pickle;
  const known = signatures.find(({ at, magic }) => head.startsWith(magic, at));
  return known === undefined ? textSignature(bytes) : { class: known.class, name: known.name };
}

const pickle: FileSignature = { class: 'pickle', name: 'Python pickle' };

/** Protocol 2–5 begins with 0x80 and its number (PEP 307, PEP 3154, PEP 574) and every pickle ends with a full stop. */
function isPickle(bytes: Buffer): boolean {
  const [first = 0, second = 0] = bytes;
  return first === 0x80 && second >= 2 && second <= 5 && bytes.at(-1) === 0x2e;
}

function textSignature(bytes: Buffer): FileSignature | null {
  const head = bytes.subarray(0, headBytes);
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (/^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE\s+svg[^>]*>\s*)?<svg[\s>]/i.test(text))
    return { class: 'svg', name: 'SVG' };
  if (/^(<!DOCTYPE\s+html|<html|<head|<body)/i.test(text)) return { class: 'other', name: 'HTML page' };
  if (/^<\?xml/i.test(text))
    return text.includes('<svg') ? { class: 'svg', name: 'SVG' } : { class: 'other', name: 'XML' };
  if (text.startsWith('version https://git-lfs')) return { class: 'other', name: 'Git LFS pointer' };
  // Protocol 0 is text: opcodes and a final full stop.
  if (/^(\(|c[\w.]+\n\w+\n)[\s\S]*\.$/.test(text) && /\n[pt(R.]|^c/.test(text)) return pickle;
  // A cut at the end of the head may have split a character.
  return isText(head.length < headBytes ? text : text.slice(0, -4)) ? { class: 'other', name: 'text' } : null;
}

/** Whether text has no control characters but white space, and no bytes that are not UTF-8. */
function isText(text: string): boolean {
  return !/[^\P{Cc}\t\n\v\f\r]|\ufffd/u.test(text);
}
