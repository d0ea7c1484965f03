#!/usr/bin/env node
// @ts-check
import { join } from 'node:path';
import { runSource } from './run-source.mjs';

runSource(join(import.meta.dirname, '../src/main.ts'), process.argv.slice(2));
