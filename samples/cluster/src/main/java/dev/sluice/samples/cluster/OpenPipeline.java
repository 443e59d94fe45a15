package dev.sluice.samples.cluster;

import dev.sluice.Pipeline;
import dev.sluice.journal.JournalCodec;
import java.io.IOException;
import java.io.Serializable;

/**
 * A pipeline of the library while a subtask runs it.
 *
 * @param pipeline takes keys as text; a text that is no key is a failure
 * @param codec makes the line of an outcome
 * @param closing closes what the pipeline works with
 */
record OpenPipeline<V>(
    Pipeline<String, V> pipeline, JournalCodec<String, V> codec, Runnable closing)
    implements AutoCloseable {

  @Override
  public void close() {
    closing.run();
  }

  /** The settings of a pipeline. They are sent to the subtasks, and each one opens its own. */
  @FunctionalInterface
  interface Opener<V> extends Serializable {
    /**
     * Opens the pipeline of one subtask.
     *
     * @param subtasks how many there are, which share what has a limit for all
     */
    OpenPipeline<V> open(int subtasks) throws IOException;
  }
}
