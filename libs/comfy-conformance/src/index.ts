export { conformanceChecks } from './all-checks.ts';
export { type ConformanceArea, conformanceAreas, type ConformanceCheck, type Finding } from './check.ts';
export type { ConformanceContext, ConformanceTarget } from './conformance-context.ts';
export { ComfyConformanceError, type ComfyConformanceErrorCode, comfyConformanceErrorCodes } from './errors.ts';
export {
  type CheckResult,
  type ConformanceReport,
  runConformance,
  type RunConformanceOptions,
} from './run-conformance.ts';
export { detailOf, serverCheckPayload } from './server-check-payload.ts';
