package dev.sluice.benchmarks;

import java.time.Duration;
import java.util.OptionalDouble;

/** What a run took: by the clock, and where it can be known, of the processor and of memory. */
record Usage(Duration wall, OptionalDouble cpuSeconds, OptionalDouble peakMegabytes) {

  static Usage of(Duration wall) {
    return new Usage(wall, OptionalDouble.empty(), OptionalDouble.empty());
  }

  Usage withCpuSeconds(double seconds) {
    return new Usage(wall, OptionalDouble.of(seconds), peakMegabytes);
  }

  Usage withPeakMegabytes(double megabytes) {
    return new Usage(wall, cpuSeconds, OptionalDouble.of(megabytes));
  }

  double seconds() {
    return wall.toNanos() / 1e9;
  }

  Usage withWall(Duration wall) {
    return new Usage(wall, cpuSeconds, peakMegabytes);
  }

  /** What so many times the work would take; memory stays as it is. */
  Usage scaledBy(double factor) {
    OptionalDouble cpu =
        cpuSeconds.isPresent() ? OptionalDouble.of(cpuSeconds.getAsDouble() * factor) : cpuSeconds;
    return new Usage(Duration.ofNanos((long) (wall.toNanos() * factor)), cpu, peakMegabytes);
  }
}
