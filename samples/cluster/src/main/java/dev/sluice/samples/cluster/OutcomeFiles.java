package dev.sluice.samples.cluster;

import dev.sluice.journal.Journal;
import dev.sluice.journal.JournalEntry;
import dev.sluice.journal.JournalVerdict;
import io.reactivex.rxjava3.core.Flowable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;

/**
 * The files of outcomes. Each checkpoint closes the file of each subtask and gives it its name when
 * the checkpoint is complete, so that a named file is never changed and has no outcome twice. Files
 * that are not committed begin with a dot.
 */
final class OutcomeFiles {
  private static final int BUFFER_BYTES = 64 << 10;

  private OutcomeFiles() {}

  /** A sink of lines in this folder, which all workers must be able to write to. */
  static FileSink<byte[]> sink(Path folder) {
    // A bulk format ends a file with every checkpoint.
    return FileSink.forBulkFormat(folder, LineWriter::new)
        .withBucketAssigner(new BasePathBucketAssigner<>())
        .withOutputFileConfig(
            OutputFileConfig.builder().withPartPrefix("outcomes").withPartSuffix(".ndjson").build())
        .build();
  }

  /** The committed outcomes of a folder of this machine, file by file. */
  static Flowable<JournalEntry> read(java.nio.file.Path folder) {
    return Flowable.defer(() -> Flowable.fromIterable(committed(folder)).concatMap(Journal::read));
  }

  /** How many committed outcomes there are of each verdict. */
  static Map<JournalVerdict, Long> verdicts(java.nio.file.Path folder) {
    Map<JournalVerdict, Long> counts = new EnumMap<>(JournalVerdict.class);
    read(folder).blockingForEach(entry -> counts.merge(entry.verdict(), 1L, Long::sum));
    return counts;
  }

  /** The committed files; none if the folder is not there yet. */
  static List<java.nio.file.Path> committed(java.nio.file.Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<java.nio.file.Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
  }

  private static final class LineWriter implements BulkWriter<byte[]> {
    private final BufferedOutputStream output;

    LineWriter(FSDataOutputStream file) {
      output = new BufferedOutputStream(file, BUFFER_BYTES);
    }

    @Override
    public void addElement(byte[] line) throws IOException {
      output.write(line);
    }

    @Override
    public void flush() throws IOException {
      output.flush();
    }

    /** The sink closes the file. */
    @Override
    public void finish() throws IOException {
      output.flush();
    }
  }
}
