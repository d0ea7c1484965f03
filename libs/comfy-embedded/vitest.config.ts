import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('comfy-embedded', import.meta.dirname);
