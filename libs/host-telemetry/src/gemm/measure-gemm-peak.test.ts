import { describe, expect, it } from 'vitest';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { measureGemmPeak } from './measure-gemm-peak.ts';
import { onnxChainModel } from './onnx-chain-model.ts';
import { chainMatrix, referenceRow } from './reference-row.ts';

describe('onnxChainModel', () => {
  it('multiplies as plain loops do', async () => {
    const size = 24;
    const weights = chainMatrix(size, 5);
    const x = chainMatrix(size, 6);
    const session = await InferenceSession.create(onnxChainModel({ size, products: 3, weights }));
    const output = await session.run({ x: new Tensor('float32', x, [size, size]) });
    const expected = referenceRow(x, weights, size, 3);
    const actual = output['y']!.data as Float32Array;
    for (let column = 0; column < size; column++) expect(actual[column]).toBeCloseTo(expected[column]!, 5);
    await session.release();
  });
});

describe('chainMatrix', () => {
  it('keeps the size of a row over many products', () => {
    const row = referenceRow(chainMatrix(128, 2), chainMatrix(128, 1), 128, 32);
    const rms = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0) / row.length);
    expect(rms).toBeGreaterThan(1e-3);
    expect(rms).toBeLessThan(1e3);
  });
});

describe('measureGemmPeak', () => {
  it('gives samples of the best size and a summary that follows from them', async () => {
    const peak = await measureGemmPeak({ sizes: [128, 256], budgetMs: 200, threads: 1 });
    expect([128, 256]).toContain(peak.size);
    expect(peak.threads).toBe(1);
    expect(peak.library).toMatch(/^onnxruntime-node \d/);
    expect(peak.samplesGflops.length).toBeGreaterThanOrEqual(5);
    expect(peak.gflops.n).toBe(peak.samplesGflops.length);
    expect(peak.gflops.max).toBe(Math.max(...peak.samplesGflops));
    expect(peak.gflops.median).toBeGreaterThan(0);
  });

  it('stops when the signal aborts', async () => {
    const controller = new AbortController();
    const probe = measureGemmPeak({ sizes: [256], budgetMs: 60_000, signal: controller.signal });
    setTimeout(() => controller.abort(new Error('interrupted')), 50);
    await expect(probe).rejects.toThrow('interrupted');
  });

  it('refuses before starting when the signal is aborted already', async () => {
    await expect(measureGemmPeak({ signal: AbortSignal.abort(new Error('early')) })).rejects.toThrow('early');
  });
});
