import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('comfy-host', import.meta.dirname);
