import { afterEach, describe, expect, it } from 'vitest';

import { openAnswering } from '../../test/answering-server.ts';
import { changeSettings } from '../change-settings.ts';
import { createUser } from '../create-user.ts';
import { getSetting } from '../get-setting.ts';
import { getSettings } from '../get-settings.ts';
import { getViewMetadata } from '../get-view-metadata.ts';
import { listEmbeddings } from '../list-embeddings.ts';
import { listJobs } from '../list-jobs.ts';
import { listModelFiles } from '../list-model-files.ts';
import { listModelFolders } from '../list-model-folders.ts';
import { listUsers } from '../list-users.ts';
import { subscribeLogs } from '../subscribe-logs.ts';
import { deleteUserData } from './delete-user-data.ts';
import { listUserData } from './list-user-data.ts';
import { moveUserData } from './move-user-data.ts';
import { readUserData } from './read-user-data.ts';
import { writeUserData } from './write-user-data.ts';

const { clientOf, seen, close } = openAnswering();
afterEach(close);

describe('user data', () => {
  it('is written, read, moved, listed and deleted by its path as one part of the URL', async () => {
    const listing =
      '[{"name":"w","path":"w","type":"directory"},{"name":"ü.json","path":"w/ü.json","type":"file","size":2,"modified":1.5}]';
    const client = await clientOf({
      'POST /userdata/w%2F%C3%BC.json?overwrite=false': '"w/ü.json"',
      'GET /userdata/w%2F%C3%BC.json': '{}',
      'POST /userdata/w%2F%C3%BC.json/move/b.json?overwrite=true': '"b.json"',
      'DELETE /userdata/b.json': '',
      'GET /v2/userdata': listing,
      'GET /v2/userdata?path=a%2520b%252Fc': '[]',
    });
    await writeUserData(client, 'w/ü.json', Buffer.from('{}'));
    expect(seen).toEqual(['POST /userdata/w%2F%C3%BC.json?overwrite=false application/octet-stream {}']);
    expect(Buffer.from((await readUserData(client, 'w/ü.json')) ?? []).toString()).toBe('{}');
    expect(await readUserData(client, 'none.json')).toBeNull();
    await moveUserData(client, 'w/ü.json', 'b.json', { overwrite: true });
    await deleteUserData(client, 'b.json');
    await expect(deleteUserData(client, 'none.json')).rejects.toMatchObject({ code: 'COMFY_HTTP_STATUS' });
    expect(await listUserData(client)).toEqual([
      { path: 'w', type: 'directory', bytes: null, modifiedMs: null },
      { path: 'w/ü.json', type: 'file', bytes: 2, modifiedMs: 1_500 },
    ]);
    expect(await listUserData(client, 'a b/c')).toEqual([]);
    expect(await listUserData(client, 'none')).toBeNull();
  });

  it('stays in its folder', async () => {
    const client = await clientOf({});
    for (const path of ['', '..', '../a', '/a', 'a//b', 'a/../../b', 'a\\b', 'a\nb', 'a/']) {
      await expect(writeUserData(client, path, Buffer.from('x'))).rejects.toMatchObject({
        code: 'COMFY_OPTION_INVALID',
      });
      await expect(moveUserData(client, 'a', path)).rejects.toMatchObject({ code: 'COMFY_OPTION_INVALID' });
    }
    expect(seen).toEqual([]);
  });
});

describe('users and settings', () => {
  it('are asked and changed', async () => {
    const client = await clientOf({
      'GET /users': '{"storage":"server","users":{"a_1":"a"}}',
      'POST /users': '"b_2"',
      'GET /settings': '{"Comfy.Validation":true}',
      'GET /settings/Comfy.Validation': 'true',
      'GET /settings/other': 'null',
      'POST /settings': '',
      'PATCH /internal/logs/subscribe': '',
    });
    expect(await listUsers(client)).toEqual(new Map([['a_1', 'a']]));
    expect(await createUser(client, 'b')).toBe('b_2');
    expect(await getSettings(client)).toEqual({ 'Comfy.Validation': true });
    expect([await getSetting(client, 'Comfy.Validation'), await getSetting(client, 'other')]).toEqual([true, null]);
    await changeSettings(client, { 'Comfy.Validation': false });
    await subscribeLogs(client, 'c1', true);
    expect(seen.slice(-2)).toEqual([
      'POST /settings application/json {"Comfy.Validation":false}',
      'PATCH /internal/logs/subscribe application/json {"clientId":"c1","enabled":true}',
    ]);
    close();
    expect(await listUsers(await clientOf({ 'GET /users': '{"storage":"server","migrated":true}' }))).toBeNull();
  });
});

describe('models and jobs', () => {
  it('are listed', async () => {
    const job = '{"id":"j1","status":"failed","create_time":5}';
    const client = await clientOf({
      'GET /embeddings': '["quality"]',
      'GET /models': '["checkpoints","loras"]',
      'GET /view_metadata/loras?filename=a%20b.safetensors': '{"ss_network_dim":"8"}',
      'GET /view_metadata/loras?filename=a+b.safetensors': '{"ss_network_dim":"8"}',
      'GET /experiment/models/loras': '[{"name":"a b.safetensors","pathIndex":0,"modified":2.5,"created":1,"size":7}]',
      'GET /api/jobs?limit=5&offset=2&status=failed%2Ccancelled&sort_by=execution_duration': `{"jobs":[${job}],"pagination":{"total":3,"has_more":false}}`,
    });
    expect(await listEmbeddings(client)).toEqual(['quality']);
    expect(await listModelFolders(client)).toEqual(['checkpoints', 'loras']);
    expect(await getViewMetadata(client, 'loras', 'a b.safetensors')).toEqual({ ss_network_dim: '8' });
    const file = { name: 'a b.safetensors', pathIndex: 0, bytes: 7, modifiedMs: 2_500 };
    expect(await listModelFiles(client, 'loras')).toEqual([file]);
    expect(await listModelFiles(client, 'none')).toBeNull();
    const page = await listJobs(client, {
      limit: 5,
      offset: 2,
      status: ['failed', 'cancelled'],
      sortBy: 'execution_duration',
    });
    expect(page).toMatchObject({ total: 3, jobs: [{ id: 'j1' }] });
  });
});
