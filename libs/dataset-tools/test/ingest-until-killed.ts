// Ingests the request that its argument holds and says after each file how many are done; the test kills it.
import { ingestSources } from '../src/ingest/ingest-sources.ts';
import { ingestRequestSchema } from '../src/ingest/ingest-request.ts';

const request = ingestRequestSchema.parse(JSON.parse(process.argv[2] ?? ''));
await ingestSources(request, { threads: 0, onProgress: (done) => process.stdout.write(`${done}\n`) });
