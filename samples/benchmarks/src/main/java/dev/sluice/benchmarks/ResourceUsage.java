package dev.sluice.benchmarks;

import java.time.Duration;
import java.util.OptionalDouble;

/** What a run took: by the clock, and where it can be known, of the processor and of memory. */
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

  /** What so many times the work would take; memory stays as it is. */
  ResourceUsage scaledBy(double factor) {
    OptionalDouble cpu =
        cpuSeconds.isPresent() ? OptionalDouble.of(cpuSeconds.getAsDouble() * factor) : cpuSeconds;
    return new ResourceUsage(
        Duration.ofNanos((long) (wall.toNanos() * factor)), cpu, peakMegabytes);
  }
}
