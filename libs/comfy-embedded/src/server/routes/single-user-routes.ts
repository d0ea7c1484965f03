import { empty, json, type Reply, text } from '../reply.ts';

// What ComfyUI answers about its one user who has stored nothing yet. Nothing can be stored here.

/** `GET /users`. */
export function getUsers(): Reply {
  return json({ storage: 'server', migrated: false });
}

/** `GET /userdata`: the files of a folder, of which there are none. */
export function getUserData(query: URLSearchParams): Reply {
  const folder = query.get('dir') ?? '';
  if (folder === '') return text(400, 'dir is missing');
  return folder.split('/').includes('..') || folder.startsWith('/')
    ? text(403, 'dir leads out')
    : text(404, 'no such dir');
}

/** `GET /userdata/{file}`. */
export function getUserFile(): Reply {
  return empty(404);
}
