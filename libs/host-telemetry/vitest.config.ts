import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('host-telemetry', import.meta.dirname);
