import { defineProjectTests } from '../../vitest.project.ts';

export default defineProjectTests('lora-trainer', import.meta.dirname);
