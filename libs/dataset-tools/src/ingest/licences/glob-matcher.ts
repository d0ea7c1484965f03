/**
 * Whether a path fits a pattern: `*` stands for anything within a part, `**` for anything over parts, `?` for one
 * character; all else for itself. A pattern without `/` fits the file name in any folder.
 */
export function globMatcher(pattern: string): (path: string) => boolean {
  const anywhere = pattern.includes('/') ? '' : '(?:.*/)?';
  const source = pattern
    .replace(/^\//, '')
    .replace(/(\*\*\/)+/g, '**/')
    .replace(/\*\*\/|\*\*|\*|\?|[\\^$.|+()[\]{}]/g, (token) => {
      if (token === '**/') return '(?:[^/]+/)*';
      if (token === '**') return '.*';
      if (token === '*') return '[^/]*';
      return token === '?' ? '[^/]' : `\\${token}`;
    });
  const expression = new RegExp(`^${anywhere}${source}$`, 'u');
  return (path) => expression.test(path);
}
