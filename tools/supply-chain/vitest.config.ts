import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('supply-chain', import.meta.dirname);
