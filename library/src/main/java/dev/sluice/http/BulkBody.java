package dev.sluice.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** A body whose bytes come in larger pieces than the 8 KiB of Okio. */
abstract class BulkBody extends ResponseBody {
  /** Reads where the source ends whose buffer is empty, as {@link BulkSource#read} does. */
  abstract int readOn(byte[] sink, int offset, int count) throws IOException;

  /** Reads as {@link java.io.InputStream#read(byte[], int, int)} does. */
  static int read(ResponseBody body, byte[] sink, int offset, int count) throws IOException {
    BufferedSource source = body.source();
    return body instanceof BulkBody bulk && source.getBuffer().size() == 0
        ? bulk.readOn(sink, offset, count)
        : source.read(sink, offset, count);
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
    int readOn(byte[] sink, int offset, int count) throws IOException {
      return bytes.read(sink, offset, count);
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
