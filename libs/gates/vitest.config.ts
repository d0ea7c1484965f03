import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('gates', import.meta.dirname);
