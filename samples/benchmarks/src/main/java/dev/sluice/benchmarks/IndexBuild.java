package dev.sluice.benchmarks;

import dev.sluice.samples.mojifinder.CharIndex;

/** Builds the index once in a new JVM, and prints the time and the size of the live objects. */
final class IndexBuild {
  private static final double MEBI = 1 << 20;

  private IndexBuild() {}

  public static void main(String[] args) {
    long start = System.nanoTime();
    CharIndex index = CharIndex.ofUnicode();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    double live = (runtime.totalMemory() - runtime.freeMemory()) / MEBI;
    System.out.printf(
        "built in %.3f s; %.1f MiB live in the whole JVM; cat face: %d%n",
        seconds, live, index.search("cat face").count());
  }
}
