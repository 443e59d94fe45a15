package dev.sluice.samples.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.impl.StreamFormatAdapter;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each line is in one range, wherever the ranges end, and reading resumes where it was left. */
@Timeout(60)
class TextLinesTest {
  private static final List<String> LINES = List.of("a", "bb", "ccc", "ü", "ee", "f");

  @TempDir Path folder;

  @Test
  void eachLineIsInOneRange() throws IOException {
    Path file = Files.writeString(folder.resolve("names"), "a\nbb\r\n\n#no\nccc\nü\n ee\t\nf");
    for (int ranges = 1; ranges <= 30; ranges++) {
      Collection<FileSourceSplit> splits = splits(file, ranges);
      List<String> lines = new ArrayList<>();
      for (FileSourceSplit split : splits) {
        lines.addAll(read(split, null));
      }
      assertEquals(LINES, lines, "ranges: " + ranges);
    }
  }

  @Test
  void aFileIsSplitInAsManyRangesAsThereAreReaders() throws IOException {
    Path file = Files.writeString(folder.resolve("names"), "name.example\n".repeat(1_000));
    assertEquals(4, splits(file, 4).size());
  }

  @Test
  void readingResumesAtTheLineOfTheCheckpoint() throws IOException {
    Path file = Files.writeString(folder.resolve("names"), String.join("\n", LINES) + "\n");
    for (FileSourceSplit split : splits(file, 2)) {
      List<String> whole = read(split, null);
      for (int read = 0; read <= whole.size(); read++) {
        CheckpointedPosition left = position(split, read);
        assertEquals(whole.subList(read, whole.size()), read(split, left), "after " + read);
      }
    }
  }

  @Test
  void aCompressedFileIsOneRange() throws IOException {
    Path file = folder.resolve("names.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("name.example\n".repeat(100_000).getBytes(US_ASCII));
    }
    Collection<FileSourceSplit> splits = splits(file, 4);
    assertEquals(1, splits.size());
    assertEquals(100_000, read(splits.iterator().next(), null).size());
  }

  @Test
  void aLineThatIsTooLongIsCut() throws IOException {
    Path file = Files.writeString(folder.resolve("names"), "x".repeat(1_000_000) + "\nb\n");
    List<String> lines = read(splits(file, 1).iterator().next(), null);
    assertEquals(List.of(65_536, 1), lines.stream().map(String::length).toList());
  }

  private static Collection<FileSourceSplit> splits(Path file, int readers) throws IOException {
    org.apache.flink.core.fs.Path[] paths = {new org.apache.flink.core.fs.Path(file.toUri())};
    return new FileRanges().enumerateSplits(paths, readers);
  }

  private static List<String> read(FileSourceSplit split, @Nullable CheckpointedPosition from)
      throws IOException {
    List<String> lines = new ArrayList<>();
    try (BulkFormat.Reader<String> reader = reader(split, from)) {
      for (var batch = reader.readBatch(); batch != null; batch = reader.readBatch()) {
        for (var line = batch.next(); line != null; line = batch.next()) {
          lines.add(line.getRecord());
        }
      }
    }
    return lines;
  }

  private static BulkFormat.Reader<String> reader(
      FileSourceSplit split, @Nullable CheckpointedPosition from) throws IOException {
    BulkFormat<String, FileSourceSplit> format = new StreamFormatAdapter<>(new TextLines());
    return from == null
        ? format.createReader(new Configuration(), split)
        : format.restoreReader(new Configuration(), split.updateWithCheckpointedPosition(from));
  }

  /** Where the reader is after so many lines. */
  private static CheckpointedPosition position(FileSourceSplit split, int lines)
      throws IOException {
    CheckpointedPosition position = new CheckpointedPosition(CheckpointedPosition.NO_OFFSET, 0);
    try (BulkFormat.Reader<String> reader = reader(split, null)) {
      var batch = reader.readBatch();
      for (int i = 0; i < lines; i++) {
        assertTrue(batch != null, "a batch has all lines");
        RecordAndPosition<String> line = batch.next();
        position = new CheckpointedPosition(line.getOffset(), line.getRecordSkipCount());
      }
    }
    return position;
  }
}
