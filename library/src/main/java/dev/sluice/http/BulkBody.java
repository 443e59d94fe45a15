package dev.sluice.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** A body whose bytes are lent, and so need not be copied. */
abstract class BulkBody extends ResponseBody {
  /** Goes on where the source of Okio ends when its buffer is empty; null if nothing is lent. */
  abstract @Nullable BulkSource bulk();

  /** The lender of a body; null if it has none, or the source of Okio has bytes before it. */
  static @Nullable BulkSource of(ResponseBody body) {
    return body instanceof BulkBody lender && body.source().getBuffer().size() == 0
        ? lender.bulk()
        : null;
  }

  /** Reads as {@link java.io.InputStream#read(byte[], int, int)} does. */
  static int read(ResponseBody body, byte[] sink, int offset, int count) throws IOException {
    BulkSource bulk = of(body);
    if (bulk == null) {
      return body.source().read(sink, offset, count);
    }
    LentBytes lent = bulk.lend(count);
    return lent == null ? -1 : copied(lent, sink, offset);
  }

  private static int copied(LentBytes lent, byte[] sink, int offset) {
    try {
      int at = offset;
      for (ByteBuffer buffer : lent.buffers()) {
        int size = buffer.remaining();
        buffer.get(sink, at, size);
        at += size;
      }
      return at - offset;
    } finally {
      lent.release();
    }
  }

  /** The body of a transport. */
  static ResponseBody of(@Nullable MediaType type, long length, BulkSource bytes) {
    return new OfTransport(type, length, bytes);
  }

  private static final class OfTransport extends BulkBody {
    private final @Nullable MediaType type;
    private final long length;
    private final BulkSource bytes;
    private final BufferedSource source;

    OfTransport(@Nullable MediaType type, long length, BulkSource bytes) {
      this.type = type;
      this.length = length;
      this.bytes = bytes;
      this.source = Okio.buffer(bytes);
    }

    @Override
    BulkSource bulk() {
      return bytes;
    }

    @Override
    public @Nullable MediaType contentType() {
      return type;
    }

    @Override
    public long contentLength() {
      return length;
    }

    @Override
    public BufferedSource source() {
      return source;
    }
  }
}
