package dev.sluice.samples.cluster;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;

/** Names that need no file: {@code n0.example}, {@code n1.example} and so on. */
final class GeneratedNames {
  private GeneratedNames() {}

  static String name(long index) {
    return "n" + index + ".example";
  }

  /** A source of so many names, shared between the subtasks. */
  static DataGeneratorSource<String> source(long count) {
    return new DataGeneratorSource<>(GeneratedNames::name, count, Types.STRING);
  }

  /** Every second one of so many names: those that the loopback server has. */
  static List<String> existing(long count) {
    return LongStream.range(0, count)
        .filter(index -> index % 2 == 0)
        .mapToObj(GeneratedNames::name)
        .toList();
  }
}
