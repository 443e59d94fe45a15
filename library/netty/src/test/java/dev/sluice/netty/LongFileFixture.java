package dev.sluice.netty;

import dev.sluice.Policy;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A folder, and a file of three megabytes for it. */
abstract class LongFileFixture {
  static final int LONG = 3_000_000;
  static final Policy ONE = Policy.limit(1);

  @TempDir Path folder;
  final ServedFile file = ServedFile.random(1, LONG);

  NettyDownloads serving(Policy policy, AnsweringServer.Answers answers) {
    return new NettyDownloads(folder, policy, answers);
  }
}
