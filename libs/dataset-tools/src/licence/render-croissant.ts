import type { DatasetImage, DatasetManifest } from '../manifest/dataset-manifest.ts';
import { croissantContext } from './croissant-context.ts';
import { countLicences } from './licence-summary.ts';

/** What Croissant wants to know and the manifest does not say. */
export interface CroissantFacts {
  /** SHA-256 of dataset.json. */
  readonly manifestSha256: string;
  readonly manifestBytes: number;
  /** Day of publication, YYYY-MM-DD. */
  readonly datePublished: string;
}

/**
 * The dataset as Croissant 1.1 (mlcommons.org/croissant, 2026-01), JSON-LD: the files with their hashes, a record for each
 * picture with caption, licence, author and source, and where it came from in the terms of PROV-O and Croissant RAI.
 */
export function renderCroissant(manifest: DatasetManifest, facts: CroissantFacts): Record<string, unknown> {
  const { name, title, description, images } = manifest;
  const originals = images.filter(({ derivedFrom }) => derivedFrom === null);
  const authors = [...new Set(originals.map(({ licence }) => licence.author ?? 'unknown'))].sort();
  return {
    '@context': croissantContext,
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.1',
    name,
    alternateName: title,
    description: description === '' ? title : description,
    license: countLicences(originals).map(({ spdx }) => licenceUrl(spdx)),
    url: firstUrl(originals),
    creator: authors.map((author) => ({ '@type': 'sc:Person', name: author })),
    datePublished: facts.datePublished,
    version: '1.0.0',
    citeAs: `${title}, ${facts.datePublished}. Pictures by ${authors.join(', ')}.`,
    'prov:wasDerivedFrom': [...new Set(originals.map(({ source }) => source.origin))].sort(),
    'prov:wasGeneratedBy': 'dgx-pixels dataset: copied, brought to native size, described; nothing resampled',
    'prov:wasAttributedTo': authors,
    'rai:dataCollection':
      'Pictures were taken from published packages and folders under the licence that each record names.',
    'rai:dataPreprocessingProtocol':
      'Enlarged pictures were reduced to one pixel per art pixel by the majority of each cell; exact copies were left out.',
    'rai:dataManipulationProtocol':
      'Derived pictures list their transforms in dataset.json; each of them can be inverted bit for bit.',
    'rai:machineAnnotationTools': captioners(images),
    'rai:annotationsPerItem': '1',
    'rai:dataLimitations': 'Small; one style; captions come from names and measured facts.',
    'rai:dataBiases': 'The subjects are those that the authors drew.',
    'rai:personalSensitiveInformation': 'None: no photographs and no real people.',
    'rai:dataUseCases': 'Training and evaluating small image generators and style adapters.',
    distribution: [
      {
        '@type': 'cr:FileObject',
        '@id': 'manifest',
        name: 'manifest',
        description: 'Index of the dataset.',
        contentUrl: 'dataset.json',
        contentSize: `${facts.manifestBytes} B`,
        encodingFormat: 'application/json',
        sha256: facts.manifestSha256,
      },
      ...images.map(({ id, fileSha256 }) => ({
        '@type': 'cr:FileObject',
        '@id': `images/${id}.png`,
        name: `${id}.png`,
        contentUrl: `images/${id}.png`,
        encodingFormat: 'image/png',
        sha256: fileSha256,
      })),
    ],
    recordSet: [recordSet(images)],
  };
}

function licenceUrl(spdx: string): string {
  return spdx === 'unknown' || spdx.includes(' ') ? spdx : `https://spdx.org/licenses/${spdx}.html`;
}

function firstUrl(images: readonly DatasetImage[]): string {
  return images.find(({ licence }) => licence.url !== null)?.licence.url ?? 'https://schema.org/url';
}

function captioners(images: readonly DatasetImage[]): string {
  const names = new Set(
    images.flatMap(({ caption }) =>
      caption?.captioner === undefined || caption.captioner === null ? [] : [caption.captioner],
    ),
  );
  return names.size === 0 ? 'none' : [...names].sort().join(', ');
}

const textFields = [
  'id',
  'name',
  'caption',
  'split',
  'licence',
  'author',
  'sourceUrl',
  'origin',
  'sourceSha256',
  'fileSha256',
  'derivedFrom',
] as const;

function recordSet(images: readonly DatasetImage[]): Record<string, unknown> {
  const field = (name: string): Record<string, unknown> => ({
    '@type': 'cr:Field',
    '@id': `pictures/${name}`,
    name,
    dataType: 'sc:Text',
  });
  return {
    '@type': 'cr:RecordSet',
    '@id': 'pictures',
    name: 'pictures',
    description: 'One record for each picture.',
    key: { '@id': 'pictures/id' },
    field: textFields.map(field),
    data: images.map((image) =>
      Object.fromEntries(textFields.map((name) => [`pictures/${name}`, valueOf(image, name)])),
    ),
  };
}

function valueOf(image: DatasetImage, field: (typeof textFields)[number]): string {
  const { licence, source } = image;
  const values = {
    id: image.id,
    name: image.name,
    caption: image.caption?.text ?? '',
    split: image.split,
    licence: licence.spdx ?? 'unknown',
    author: licence.author ?? '',
    sourceUrl: licence.url ?? '',
    origin: `${source.origin}: ${source.path}`,
    sourceSha256: source.sha256,
    fileSha256: image.fileSha256,
    derivedFrom: image.derivedFrom ?? '',
  };
  return values[field];
}
