import type { IncomingMessage, ServerResponse } from 'node:http';

import { historyEntry, playSuccess, savedImage, successEntry, type Exchange } from '../prompt-exchange.ts';
import type { ProtocolServerOptions } from '../protocol-server.ts';
import type { RunPlan } from './run-plan.ts';

/** A server that plays one plan, and what it did. */
export interface PlanPlayer extends ProtocolServerOptions {
  /** How often the prompt was put into the queue to run. */
  readonly executions: () => number;
  /** The server forgot everything on the way. */
  readonly hasRestarted: () => boolean;
  /** The prompt was in the queue and its end was played. */
  readonly hasEnded: () => boolean;
}

/** Turns a plan into the behaviour of a server. */
export function playPlan(plan: RunPlan): PlanPlayer {
  const played = { executions: 0, restarted: false, ended: false };
  const faults = [...plan.lookFaults];
  return {
    refuseSockets: plan.refusesSockets,
    registrationMs: 1,
    intercept: (request, response) =>
      failLook(faults.length > 0 && isLook(request) ? faults.shift() : 'none', response),
    onPrompt: async (exchange) => {
      if (!answer(plan, exchange, () => (played.executions += 1))) return;
      for (const { pauseMs, act } of plan.course) {
        await exchange.pause(pauseMs);
        if (act === 'restart') {
          played.restarted = true;
          await exchange.restart(pauseMs);
          return;
        }
        perform(act, exchange);
      }
      if (plan.end === 'never') return;
      finish(plan.end, exchange);
      played.ended = true;
    },
    executions: () => played.executions,
    hasRestarted: () => played.restarted,
    hasEnded: () => played.ended,
  };
}

function isLook(request: IncomingMessage): boolean {
  return request.method === 'GET' && /^\/(history|queue)/.test(request.url ?? '');
}

function failLook(fault: RunPlan['lookFaults'][number] | undefined, response: ServerResponse): boolean {
  if (fault === undefined || fault === 'none') return false;
  if (fault === '503') response.writeHead(503).end('busy');
  else if (fault === 'truncated') response.writeHead(200, { 'content-type': 'application/json' }).end('{"trunc');
  else if (fault === 'web page') response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
  else response.destroy();
  return true;
}

/** False if the prompt is not taken. */
function answer({ submission }: RunPlan, exchange: Exchange, execute: () => void): boolean {
  if (submission === 'refuses') {
    exchange.reply(400, 'application/json', '{"error": {"type": "invalid_prompt", "message": "no", "details": ""}}');
    return false;
  }
  if (submission.endsWith('without taking it')) {
    if (submission.startsWith('cuts')) exchange.cutReply();
    else exchange.reply(502, 'text/html', '<h1>Bad gateway</h1>');
    return false;
  }
  execute();
  exchange.enqueue('running');
  if (submission === 'accepts') exchange.accept();
  else if (submission === 'accepts late') setTimeout(() => exchange.accept(), 30);
  else if (submission === 'accepts in part') exchange.accept({ '5': { class_type: 'KSampler', errors: [] } });
  else if (submission === 'takes it, then cuts') exchange.cutReply();
  else if (submission === 'takes it, then truncates') exchange.cutReply('{"prompt_id": "');
  else if (submission === 'takes it, then fails with 500')
    exchange.reply(500, 'text/plain', '500 Internal Server Error');
  else if (submission === 'takes it, then fails with 502') exchange.reply(502, 'text/html', '<h1>Bad gateway</h1>');
  return true;
}

function perform(act: Exclude<RunPlan['course'][number]['act'], 'restart'>, exchange: Exchange): void {
  const foreign = JSON.stringify({ type: 'progress', data: { value: 9, max: 9, node: '9', prompt_id: 'other' } });
  const acts: Readonly<Record<typeof act, () => void>> = {
    start: () => exchange.event('execution_start', { timestamp: 1_000 }),
    progress: () => exchange.event('progress', { value: 1, max: 2, node: '5' }),
    'progress of others': () => exchange.frame(foreign),
    'executing nobody': () => exchange.frame('{"type": "executing", "data": {"node": "5"}}'),
    garbage: () => exchange.frame('{"type": '),
    'broken picture': () => exchange.frame(Buffer.from([0, 0, 0, 4, 255, 255, 255, 255])),
    'false success': () => exchange.event('execution_success', { timestamp: 1_040 }),
    cached: () => exchange.event('execution_cached', { nodes: ['1'] }),
    drop: () => exchange.dropSocket(),
    forget: () => exchange.forgetSocket(),
    freeze: () => exchange.freezeSocket(),
  };
  acts[act]();
}

function finish(end: Exclude<RunPlan['end'], 'never'>, exchange: Exchange): void {
  const error = (exception_type: string) => ['execution_error', { node_id: '5', exception_type }] as const;
  if (end === 'success') {
    playSuccess(exchange);
    exchange.end(successEntry);
  } else if (end === 'vanish') exchange.end();
  else if (end === 'interrupt') exchange.end(historyEntry('error', [['execution_interrupted', { node_id: '5' }]]));
  else if (end === 'blocked') exchange.end(historyEntry('success', [['execution_success', {}]]));
  else {
    const type = end === 'error' ? 'ValueError' : 'torch.OutOfMemoryError';
    exchange.end(historyEntry('error', [error(type)], savedImage));
  }
}
