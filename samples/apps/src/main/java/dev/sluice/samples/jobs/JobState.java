package dev.sluice.samples.jobs;

/**
 * What became of a job.
 *
 * @param id names it
 * @param state waiting, running, done or failed
 * @param done outcomes that need no further attempt
 * @param failed outcomes that are failures
 * @param worker the process that runs it, or ran it last; empty for none
 * @param note why it failed; empty if it did not
 */
record JobState(String id, String state, long done, long failed, String worker, String note) {
  static final String WAITING = "waiting";
  static final String RUNNING = "running";
  static final String DONE = "done";
  static final String FAILED = "failed";
}
