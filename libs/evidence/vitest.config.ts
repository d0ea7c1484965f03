import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('evidence', import.meta.dirname);
