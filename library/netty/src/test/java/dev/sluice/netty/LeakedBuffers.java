package dev.sluice.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The buffers that were not released, as Netty's leak detector logs them. */
final class LeakedBuffers extends Handler implements AutoCloseable {
  private static final int ROUNDS = 20;

  private final Logger logger = Logger.getLogger(ResourceLeakDetector.class.getName());
  private final Level before = ResourceLeakDetector.getLevel();
  private final List<String> leaks = new CopyOnWriteArrayList<>();

  private LeakedBuffers() {}

  /** Tracks each buffer that is made from now on. */
  static LeakedBuffers watch() {
    LeakedBuffers watched = new LeakedBuffers();
    ResourceLeakDetector.setLevel(Level.PARANOID);
    watched.logger.addHandler(watched);
    watched.logger.setUseParentHandlers(false);
    return watched;
  }

  /** The detector reports a leak when the buffer is collected and another one is made. */
  List<String> found() {
    for (int round = 0; round < ROUNDS && leaks.isEmpty(); round++) {
      System.gc();
      boolean unused = ByteBufAllocator.DEFAULT.buffer().release();
    }
    return leaks;
  }

  void assertNone() {
    assertEquals(List.of(), found());
  }

  @Override
  public void publish(LogRecord entry) {
    leaks.add(entry.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
    ResourceLeakDetector.setLevel(before);
  }
}
