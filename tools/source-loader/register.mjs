// @ts-check
// Lets node load this workspace's TypeScript, in the main thread and in every worker thread that inherits its flags:
// `node --conditions=@dgx-pixels/source --import <this file> entry.ts`. (tsx's own `--import` serves the main thread only.)
import { register } from 'tsx/esm/api';

register();
