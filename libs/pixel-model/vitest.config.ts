import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('pixel-model', import.meta.dirname);
