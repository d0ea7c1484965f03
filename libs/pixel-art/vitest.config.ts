import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('pixel-art', import.meta.dirname);
