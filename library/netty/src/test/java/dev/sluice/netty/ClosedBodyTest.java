package dev.sluice.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A body that is closed by another thread than the one that reads it. */
@Timeout(10)
class ClosedBodyTest {
  /**
   * Else a call that is cancelled between two reads has a body that is too short, and no failure.
   */
  @Test
  void aWholeBodyThatIsCutOffHasNoEnd() {
    ResponseBytes body = new ResponseBytes(new NoConnection(), BufferSizes.of(1 << 30, 1), 0);
    ByteBuf bytes = Unpooled.copiedBuffer("half, and the rest", US_ASCII);
    body.add(bytes);
    bytes.release();
    body.end();
    body.discard();
    assertThrows(IOException.class, () -> body.read(new Buffer(), 4));
  }
}
