// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// liteque: it has no bulk add.
import { sql } from "drizzle-orm";
import { buildDBClient, Runner, SqliteQueue } from "liteque";
import { z } from "zod";
import { measure } from "./measure.js";

await measure(async ({ jobs, sync, file }) => {
  const database = buildDBClient(file, { runMigrations: true, walEnabled: true });
  database.run(sql.raw(`PRAGMA synchronous = ${sync}`));
  const queue = new SqliteQueue("nothing", database, { defaultJobArgs: { numRetries: 0 }, keepFailedJobs: false });
  let left = jobs;
  const runner = new Runner(
    queue,
    { run: async () => {}, onComplete: async () => void --left, onError: async () => {} },
    { concurrency: 16, pollIntervalMs: 1, timeoutSecs: 60, validator: z.object({}) },
  );
  for (let added = 0; added < jobs; ++added) await queue.enqueue({});
  await runner.runUntilEmpty();
  if (left !== 0) throw new Error(`${left} jobs were not run`);
});
