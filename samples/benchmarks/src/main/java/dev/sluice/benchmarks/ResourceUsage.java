package dev.sluice.benchmarks;

import java.time.Duration;
import java.util.OptionalDouble;

/** The time of a run, and its CPU time and memory where they are known. */
record ResourceUsage(Duration wall, OptionalDouble cpuSeconds, OptionalDouble peakMegabytes) {

  static ResourceUsage of(Duration wall) {
    return new ResourceUsage(wall, OptionalDouble.empty(), OptionalDouble.empty());
  }

  ResourceUsage withCpuSeconds(double seconds) {
    return new ResourceUsage(wall, OptionalDouble.of(seconds), peakMegabytes);
  }

  ResourceUsage withPeakMegabytes(double megabytes) {
    return new ResourceUsage(wall, cpuSeconds, OptionalDouble.of(megabytes));
  }

  double seconds() {
    return wall.toNanos() / 1e9;
  }

  ResourceUsage withWall(Duration wall) {
    return new ResourceUsage(wall, cpuSeconds, peakMegabytes);
  }

  /** The usage of this run and another one after it, with the memory of this one. */
  ResourceUsage plus(ResourceUsage next) {
    OptionalDouble cpu =
        cpuSeconds.isPresent() && next.cpuSeconds.isPresent()
            ? OptionalDouble.of(cpuSeconds.getAsDouble() + next.cpuSeconds.getAsDouble())
            : OptionalDouble.empty();
    return new ResourceUsage(wall.plus(next.wall), cpu, peakMegabytes);
  }

  /** The usage for this many times the work. The memory stays the same. */
  ResourceUsage scaledBy(double factor) {
    OptionalDouble cpu =
        cpuSeconds.isPresent() ? OptionalDouble.of(cpuSeconds.getAsDouble() * factor) : cpuSeconds;
    return new ResourceUsage(
        Duration.ofNanos((long) (wall.toNanos() * factor)), cpu, peakMegabytes);
  }
}
