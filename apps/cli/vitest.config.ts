import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('cli', import.meta.dirname);
