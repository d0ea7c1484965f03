/** One field of a form. */
export interface FormPart {
  readonly name: string;
  /** Absent for a field that is no file. */
  readonly filename: string | undefined;
  /** The content, a view into the body. */
  readonly bytes: Buffer;
}

/** Outcome of {@link parseMultipart}. */
export type FormReading =
  | { readonly kind: 'form'; readonly parts: readonly FormPart[] }
  | { readonly kind: 'invalid'; readonly reason: string };

const maxParts = 64;
const maxHeaderBytes = 4096;
const boundaryParameter =
  /^multipart\/form-data\s*;(?:[^"]*;)?\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s";,]{1,70})(?=[\s;,]|$))/i;
const formData = /^content-disposition:\s*form-data\s*(?:;|$)/i;
const headerEnd = Buffer.from('\r\n\r\n');
const lineEnd = Buffer.from('\r\n');
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The boundary that a `Content-Type` of `multipart/form-data` names; undefined for any other. */
export function multipartBoundary(contentType: string | undefined): string | undefined {
  const [, quoted, plain] = boundaryParameter.exec(contentType ?? '') ?? [];
  return quoted ?? plain;
}

/** A parameter of `Content-Disposition`: quoted with backslash escapes, or plain. */
function parameter(header: string, name: string): string | undefined {
  const [, quoted, plain] = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s";]+))`, 'i').exec(header) ?? [];
  return quoted?.replaceAll(/\\(["\\])/g, '$1') ?? plain;
}

/** RFC 8187's `filename*=UTF-8''…`, which some clients send for names outside ASCII. */
function extendedFilename(header: string): string | undefined {
  const encoded = parameter(header, 'filename\\*');
  return encoded?.toLowerCase().startsWith("utf-8''") === true ? decodeURIComponent(encoded.slice(7)) : undefined;
}

function readPart(bytes: Buffer): FormPart | undefined {
  const end = bytes.subarray(0, maxHeaderBytes).indexOf(headerEnd);
  if (end < 0) return undefined;
  try {
    const headers = utf8.decode(bytes.subarray(0, end)).split('\r\n');
    const disposition = headers.find((line) => formData.test(line));
    const name = disposition === undefined ? undefined : parameter(disposition, 'name');
    if (disposition === undefined || name === undefined) return undefined;
    const filename = extendedFilename(disposition) ?? parameter(disposition, 'filename');
    return { name, filename, bytes: bytes.subarray(end + headerEnd.length) };
  } catch {
    // Neither UTF-8 nor percent-encoded UTF-8.
    return undefined;
  }
}

/**
 * Reads a `multipart/form-data` body (RFC 7578) strictly: CRLF line ends, no preamble, the closing boundary present, at
 * most 64 parts with headers of up to 4096 bytes. Contents are views: nothing is copied.
 *
 * @param boundary - Without the leading dashes.
 */
export function parseMultipart(body: Buffer, boundary: string): FormReading {
  const invalid = (reason: string): FormReading => ({ kind: 'invalid', reason });
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  const opening = delimiter.subarray(lineEnd.length);
  if (!body.subarray(0, opening.length).equals(opening)) return invalid('it does not begin with its boundary');
  const parts: FormPart[] = [];
  for (let position = opening.length; ;) {
    const next = body.toString('latin1', position, position + 2);
    if (next === '--') return { kind: 'form', parts };
    if (next !== '\r\n') return invalid('a boundary is followed by neither a line end nor "--"');
    if (parts.length === maxParts) return invalid(`it has more than ${maxParts} parts`);
    const start = position + lineEnd.length;
    const end = body.indexOf(delimiter, start);
    if (end < 0) return invalid('its closing boundary is missing');
    const part = readPart(body.subarray(start, end));
    if (part === undefined) return invalid(`part ${parts.length + 1} has no readable Content-Disposition`);
    parts.push(part);
    position = end + delimiter.length;
  }
}

/** The first field of that name. */
export function findPart(parts: readonly FormPart[], name: string): FormPart | undefined {
  return parts.find((part) => part.name === name);
}

/** The text of a field; undefined if it is absent or no UTF-8. */
export function fieldText(parts: readonly FormPart[], name: string): string | undefined {
  const part = findPart(parts, name);
  try {
    return part === undefined ? undefined : utf8.decode(part.bytes);
  } catch {
    return undefined;
  }
}
