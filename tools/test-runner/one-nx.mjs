// @ts-check
// Two copies of nx in one tree disagree about the project graph: there must be exactly one version.
import { execFileSync } from 'node:child_process';

const tree = execFileSync('npm', ['ls', 'nx', '--all', '--parseable', '--long'], { encoding: 'utf8' });
const copies = [...new Set(tree.split('\n').flatMap((line) => line.match(/(?<=:)nx@[\d.]+/g) ?? []))];
console.log(copies.join('\n'));
process.exitCode = copies.length === 1 ? 0 : 1;
