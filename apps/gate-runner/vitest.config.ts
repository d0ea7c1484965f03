import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('gate-runner', import.meta.dirname);
