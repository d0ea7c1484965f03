import { json } from './reply.ts';
import { postFree, postInterrupt } from './routes/control-routes.ts';
import {
  getEmbeddings,
  getModelFolders,
  getModelMetadata,
  getModels,
  getNodeInfo,
  getObjectInfo,
  getSystemStats,
} from './routes/describe-routes.ts';
import { getHistory, getHistoryEntry, postHistory } from './routes/history-routes.ts';
import { getJob, getJobs, postJobCancel, postJobsCancel } from './routes/job-routes.ts';
import { getLogs, getRawLogs, patchLogSubscription } from './routes/log-routes.ts';
import { getQueue, getQueueInfo, postQueue } from './routes/queue-routes.ts';
import { getUserData, getUserFile, getUsers } from './routes/single-user-routes.ts';
import { PromptIntake } from './routes/submit-prompt.ts';
import { postUploadImage, postUploadMask } from './routes/upload-routes.ts';
import { getView } from './routes/view-route.ts';
import { type Methods, needsForm, needsJson, optionalJson, plain, type RouteTable } from './route-table.ts';
import type { ServerContext } from './server-context.ts';

function jobRoutes(context: ServerContext): readonly (readonly [string, Methods])[] {
  return [
    ['/api/jobs', { GET: plain(({ query }) => getJobs(context, query)) }],
    ['/api/jobs/cancel', { POST: needsJson((body) => postJobsCancel(context, body)) }],
    ['/api/jobs/*', { GET: plain(({ parameter }) => getJob(context, parameter)) }],
    ['/api/jobs/*/cancel', { POST: optionalJson((_body, { parameter }) => postJobCancel(context, parameter)) }],
  ];
}

/** All routes of a server. */
export function serverRoutes(context: ServerContext): RouteTable {
  const intake = new PromptIntake(context);
  return new Map<string, Methods>([
    ...(context.behaviour.jobsApi ? jobRoutes(context) : []),
    ['/prompt', { GET: plain(() => getQueueInfo(context)), POST: needsJson((body) => intake.submit(body)) }],
    ['/queue', { GET: plain(() => getQueue(context)), POST: needsJson((body) => postQueue(context, body)) }],
    [
      '/history',
      {
        GET: plain(({ query }) => getHistory(context, query)),
        POST: needsJson((body) => postHistory(context, body)),
      },
    ],
    ['/history/*', { GET: plain(({ parameter }) => getHistoryEntry(context, parameter)) }],
    ['/view', { GET: plain(({ query }) => getView(context, query)) }],
    ['/upload/image', { POST: needsForm((parts) => postUploadImage(context, parts)) }],
    ['/upload/mask', { POST: needsForm((parts) => postUploadMask(context, parts)) }],
    ['/interrupt', { POST: optionalJson((body) => postInterrupt(context, body)) }],
    ['/free', { POST: needsJson((body) => postFree(context, body)) }],
    ['/object_info', { GET: plain(() => getObjectInfo(context)) }],
    ['/object_info/*', { GET: plain(({ parameter }) => getNodeInfo(context, parameter)) }],
    ['/models', { GET: plain(() => getModelFolders()) }],
    ['/models/*', { GET: plain(({ parameter }) => getModels(context, parameter)) }],
    ['/embeddings', { GET: plain(() => getEmbeddings(context)) }],
    ['/view_metadata/*', { GET: plain(({ parameter, query }) => getModelMetadata(context, parameter, query)) }],
    ['/internal/logs', { GET: plain(() => getLogs(context)) }],
    ['/internal/logs/raw', { GET: plain(() => getRawLogs(context)) }],
    ['/internal/logs/subscribe', { PATCH: needsJson((body) => patchLogSubscription(context, body)) }],
    ['/users', { GET: plain(getUsers) }],
    ['/settings', { GET: plain(() => json({})) }],
    ['/settings/*', { GET: plain(() => json(null)) }],
    ['/userdata', { GET: plain(({ query }) => getUserData(query)) }],
    ['/userdata/*', { GET: plain(getUserFile) }],
    ['/v2/userdata', { GET: plain(() => json([])) }],
    ['/extensions', { GET: plain(() => json([])) }],
    ['/workflow_templates', { GET: plain(() => json({})) }],
    ['/i18n', { GET: plain(() => json({})) }],
    ['/features', { GET: plain(() => json(context.features)) }],
    ['/system_stats', { GET: plain(() => getSystemStats(context)) }],
  ]);
}
