// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

export const milliseconds = () => Number(process.hrtime.bigint()) / 1e6;

// Runs in a fresh folder within `parent`, then ends the process.
export async function inFreshFolder(parent, run) {
  const folder = mkdtempSync(join(parent, "peer-"));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.exit(0);
}

// Runs one life of all jobs in a fresh folder and prints how many a second it came to.
// Arguments: jobs, FULL or NORMAL, jobs a bulk add, the folder in which the fresh one is made.
export async function measure(run) {
  const [jobs, sync, batch, parent] = process.argv.slice(2);
  await inFreshFolder(parent, async (folder) => {
    const begin = milliseconds();
    await run({ jobs: Number(jobs), sync, batch: Number(batch), file: join(folder, "jobs.db") });
    console.log(Math.round((Number(jobs) * 1000) / (milliseconds() - begin)));
  });
}
