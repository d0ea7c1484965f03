import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('image-metrics', import.meta.dirname);
