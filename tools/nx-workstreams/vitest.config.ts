import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('nx-workstreams', import.meta.dirname);
