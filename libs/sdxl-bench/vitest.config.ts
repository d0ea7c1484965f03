import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('sdxl-bench', import.meta.dirname);
