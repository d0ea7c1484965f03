import { describe, expect, it } from 'vitest';
import { checkMetadata, type TensorFacts } from './check-metadata.ts';

const dataSha256 = 'ab'.repeat(32);
const facts: TensorFacts = { architecture: 'sdxl', rank: 16, alpha: 8, dataSha256 };
const right: Readonly<Record<string, string>> = {
  ss_network_module: 'networks.lora',
  ss_network_dim: '16',
  ss_network_alpha: '8.0',
  ss_base_model_version: 'sdxl_base_v1-0',
  ss_v2: 'False',
  ss_network_args: '{}',
  sshs_model_hash: dataSha256,
  'modelspec.sai_model_spec': '1.0.1',
  'modelspec.architecture': 'stable-diffusion-xl-v1-base/lora',
  'modelspec.implementation': 'https://github.com/Stability-AI/generative-models',
  'modelspec.title': 'Tiles',
  'modelspec.license': 'CC0-1.0',
  'modelspec.hash_sha256': `0x${dataSha256.toUpperCase()}`,
  'modelspec.trigger_phrase': 'tile',
};

function check(fields: Readonly<Record<string, string>>, known: Partial<TensorFacts> = {}) {
  return checkMetadata(new Map(Object.entries({ ...right, ...fields })), { ...facts, ...known });
}

describe('checkMetadata', () => {
  it('accepts what agrees with the tensors', () => {
    expect(check({ 'modelspec.prediction_type': 'epsilon', more: '' })).toEqual({ faults: [], warnings: [] });
    const version = { ss_base_model_version: 'pixel-sprites', 'modelspec.architecture': 'pixel-sprites/lora' };
    expect(check(version, { architecture: 'bundled' }).faults).toEqual([]);
  });

  it('says which fields are missing', () => {
    const { faults, warnings } = checkMetadata(new Map(), facts);
    expect(faults).toMatchObject([{ kind: 'metadata-missing', count: 10 }]);
    expect(warnings).toMatchObject([{ kind: 'metadata-missing', count: 4 }]);
    expect([...faults[0]!.names, ...warnings[0]!.names].sort()).toEqual(Object.keys(right).sort());
  });

  it.each([
    ['ss_network_module', 'lycoris.kohya'],
    ['ss_network_dim', '32'],
    ['ss_network_dim', ''],
    ['ss_network_alpha', '16'],
    ['ss_network_alpha', 'None'],
    ['ss_base_model_version', 'sd_v1'],
    ['ss_base_model_version', 'pixel-sprites'],
    ['ss_v2', 'True'],
    ['sshs_model_hash', `0x${dataSha256}`],
    ['modelspec.sai_model_spec', '2.0.0'],
    ['modelspec.architecture', 'stable-diffusion-v1/lora'],
    ['modelspec.implementation', ''],
    ['modelspec.title', ' '],
    ['modelspec.license', ''],
    ['modelspec.hash_sha256', dataSha256],
    ['modelspec.trigger_phrase', ''],
    ['modelspec.prediction_type', 'v'],
  ])('finds %s of "%s"', (field, value) => {
    const { faults } = check({ [field]: value });
    expect(faults).toMatchObject([{ kind: 'metadata-contradicts', count: 1 }]);
    expect(faults[0]!.names[0]).toContain(`${field} is "${value.slice(0, 80)}", not `);
  });

  it('takes an alpha for right that the type of the tensors had to round', () => {
    expect(check({ ss_network_alpha: '10.1' }, { alpha: 10.1015625 }).faults).toEqual([]);
  });

  it('leaves alone what the tensors say nothing certain about', () => {
    const wrong = { ss_network_dim: '3', ss_network_alpha: '3', sshs_model_hash: '', 'modelspec.hash_sha256': '' };
    expect(check(wrong, { rank: null, alpha: null, dataSha256: null }).faults).toEqual([]);
  });
});
