import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('house-rules', import.meta.dirname);
