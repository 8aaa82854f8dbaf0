// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// Runs one life of all jobs in a fresh folder and prints how many a second it came to.
// Arguments: jobs, FULL or NORMAL, jobs a bulk add, the folder in which the fresh one is made.
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

export async function measure(run) {
  const [jobs, sync, batch, parent] = process.argv.slice(2);
  const folder = mkdtempSync(join(parent, "peer-"));
  try {
    const begin = process.hrtime.bigint();
    await run({ jobs: Number(jobs), sync, batch: Number(batch), file: join(folder, "jobs.db") });
    const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
    console.log(Math.round(Number(jobs) / seconds));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.exit(0);
}
