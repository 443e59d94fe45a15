package dev.sluice.benchmarks;

import static java.util.concurrent.TimeUnit.MICROSECONDS;

import dev.sluice.samples.mojifinder.CharIndex;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of a search with sorted results. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class CharSearch {
  private final CharIndex index = CharIndex.ofUnicode();

  /** Queries with few, many and all characters as results. */
  @Param({"cat face", "latin letter", "cjk unified"})
  public String query = "";

  /** By code points. */
  @Benchmark
  public int[] sorted() {
    return index.search(query).codePoints();
  }

  /** As a stream, with the names of the characters. */
  @Benchmark
  public long named() {
    return index.search(query).names().count().blockingGet();
  }
}
