import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('dataset-tools', import.meta.dirname);
