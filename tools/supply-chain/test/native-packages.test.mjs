import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nativeFaults } from '../native-packages.mjs';

const root = join(import.meta.dirname, '../../..');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const spark = { os: 'linux', cpu: 'arm64', libc: 'glibc' };
/** @param {string} path */
const shipsBinary = (path) => existsSync(join(root, path, 'bin/napi-v6/linux/arm64/onnxruntime_binding.node'));

describe('the lock file on linux/arm64', () => {
  it('has a prebuilt binary of every native dependency and needs no install script', () => {
    expect(nativeFaults(lock.packages, spark, shipsBinary)).toEqual([]);
  });

  it('covers the native packages that the system stands on', () => {
    const locked = Object.keys(lock.packages);
    expect(locked).toContain('node_modules/@img/sharp-linux-arm64');
    expect(locked).toContain('node_modules/@nx/nx-linux-arm64-gnu');
    expect(shipsBinary('node_modules/onnxruntime-node')).toBe(true);
  });

  it('records no download address: npm resolves them where it runs', () => {
    const addresses = Object.values(lock.packages).flatMap(({ resolved, link }) =>
      resolved && !link ? [resolved] : [],
    );
    expect(addresses).toEqual([]);
  });
});

describe('a lock file that would not work on linux/arm64', () => {
  it('is refused for a binary that is built for other machines only', () => {
    const packages = {
      'node_modules/codec': { optionalDependencies: { 'codec-linux-x64': '1.0.0' } },
      'node_modules/codec-linux-x64': { os: ['linux'], cpu: ['x64'] },
    };
    expect(nativeFaults(packages, spark, () => false)).toEqual([
      'node_modules/codec: no prebuilt binary for linux/arm64 (glibc)',
    ]);
  });

  it('is refused for a binary of another C library', () => {
    const packages = {
      'node_modules/codec': { optionalDependencies: { 'codec-musl': '1.0.0' } },
      'node_modules/codec-musl': { os: ['linux'], cpu: ['arm64'], libc: ['musl'] },
    };
    expect(nativeFaults(packages, spark, () => false)).toHaveLength(1);
  });

  it('is refused for an install script that nothing replaces', () => {
    const packages = { 'node_modules/compiled': { hasInstallScript: true } };
    expect(nativeFaults(packages, spark, () => false)).toEqual(['node_modules/compiled: needs its install script']);
    expect(nativeFaults(packages, spark, () => true)).toEqual([]);
  });

  it('is not refused for a binary that lies beside a nested package', () => {
    const codec = {
      'node_modules/lint/node_modules/codec': { optionalDependencies: { '@codec/linux-arm64': '1.0.0' } },
    };
    const binary = { os: ['linux'], cpu: ['arm64'] };
    const beside = { ...codec, 'node_modules/lint/node_modules/@codec/linux-arm64': binary };
    expect(nativeFaults(beside, spark, () => false)).toEqual([]);
    const otherMachine = { ...codec, 'node_modules/@codec/linux-arm64': { ...binary, cpu: ['x64'] } };
    expect(nativeFaults(otherMachine, spark, () => false)).toHaveLength(1);
  });

  it('is not refused for what is never installed there', () => {
    const packages = { 'node_modules/macos-only': { os: ['darwin'], hasInstallScript: true } };
    expect(nativeFaults(packages, spark, () => false)).toEqual([]);
  });
});
