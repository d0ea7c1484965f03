/**
 * What `/system_stats` answers as ComfyUI's version: the release whose protocol is spoken, with a local part that says
 * who speaks it (PEP 440).
 */
export const embeddedVersion = '0.3.64+dgx.pixels.embedded.0.1.0';

/** The same under the rules of a later release. */
export const embeddedVersions = { '0.3.64': embeddedVersion, '0.38': '0.38.1+dgx.pixels.embedded.0.1.0' } as const;
