package dev.sluice.samples.cluster;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;

/**
 * Lines of text in ranges of files. A line belongs to the range in which it begins. Flink's own
 * line format does not read ranges.
 */
final class TextLines implements StreamFormat<String> {
  private static final long serialVersionUID = 1L;

  @Override
  public Reader<String> createReader(
      Configuration config, FSDataInputStream stream, long fileLen, long splitEnd)
      throws IOException {
    long start = stream.getPos();
    TextLineReader reader =
        new TextLineReader(stream, Math.max(0, start - 1), end(fileLen, splitEnd));
    if (start > 0) {
      // The line that begins before the range; empty if the byte before the range ends a line.
      reader.skipLine();
    }
    return reader;
  }

  @Override
  public Reader<String> restoreReader(
      Configuration config,
      FSDataInputStream stream,
      long restoredOffset,
      long fileLen,
      long splitEnd)
      throws IOException {
    return new TextLineReader(stream, restoredOffset, end(fileLen, splitEnd));
  }

  /** The last range ends with the stream, which is longer than the file if that is compressed. */
  private static long end(long fileLen, long splitEnd) {
    return splitEnd == fileLen ? Long.MAX_VALUE : splitEnd;
  }

  @Override
  public boolean isSplittable() {
    return true;
  }

  @Override
  public TypeInformation<String> getProducedType() {
    return Types.STRING;
  }
}
