import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('comfy-conformance', import.meta.dirname);
