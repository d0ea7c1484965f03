import type { DatasetManifest } from './dataset-manifest.ts';

/** What a manifest says twice and differently, or leaves open; readable lines, none when it holds together. */
export function findContradictions({ images }: DatasetManifest): readonly string[] {
  const faults: string[] = [];
  const byId = new Map(images.map((image) => [image.id, image]));
  const names = new Map<string, string>();
  if (byId.size !== images.length) faults.push('two images have the same id');
  for (const [index, image] of images.entries()) {
    const where = `images.${index} (${image.name})`;
    const taken = names.get(image.name.toLowerCase());
    if (taken !== undefined) faults.push(`${where}: ${taken} has this name already`);
    names.set(image.name.toLowerCase(), image.name);
    if (!byId.has(image.group)) faults.push(`${where}: its group ${image.group.slice(0, 12)} is no image of the set`);
    else if (byId.get(image.group)?.split !== image.split) faults.push(`${where}: its group straddles the split`);
    const parent = image.derivedFrom === null ? undefined : byId.get(image.derivedFrom);
    if (image.derivedFrom !== null && parent === undefined)
      faults.push(`${where}: it is derived from no image of the set`);
    if ((image.derivedFrom === null) !== (image.transforms.length === 0)) {
      faults.push(`${where}: transforms belong to derived images, and to all of them`);
    }
  }
  return faults;
}
