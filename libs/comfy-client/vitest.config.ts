import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('comfy-client', import.meta.dirname);
