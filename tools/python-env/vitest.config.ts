import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('python-env', import.meta.dirname);
