package dev.sluice.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** A body whose bytes come in larger pieces than the 8 KiB of Okio. */
final class BulkBody extends ResponseBody {
  /** Reads bytes as {@link BulkSource#read} does. */
  @FunctionalInterface
  interface Bytes {
    int read(byte[] sink, int offset, int count) throws IOException;
  }

  private final @Nullable MediaType type;
  private final long length;
  private final BufferedSource source;
  private final Bytes rest;

  /**
   * Makes a body.
   *
   * @param source has the bytes, too
   * @param rest reads on where the source has read to, while its buffer is empty
   */
  BulkBody(@Nullable MediaType type, long length, BufferedSource source, Bytes rest) {
    this.type = type;
    this.length = length;
    this.source = source;
    this.rest = rest;
  }

  /** Reads as {@link java.io.InputStream#read(byte[], int, int)} does. */
  static int read(ResponseBody body, byte[] sink, int offset, int count) throws IOException {
    BufferedSource source = body.source();
    return body instanceof BulkBody bulk && source.getBuffer().size() == 0
        ? bulk.rest.read(sink, offset, count)
        : source.read(sink, offset, count);
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
