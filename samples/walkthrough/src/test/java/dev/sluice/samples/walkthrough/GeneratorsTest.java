package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratorsTest {
  @Test
  void everyComprehensionPrintsItsResultAndTime() {
    assertEquals(
        List.of(
            "(p async for p in probes)                    0.0 s  0 probed: it is lazy",
            "async for p in probes                        1.0 s  [in.dev, for.dev, with.dev, await.dev,"
                + " return.dev]",
            "[p async for p in probes if p.found]         1.0 s  [for.dev, await.dev, return.dev]",
            "{p.name: p.found async for p in probes}      1.0 s  {await.dev=true, for.dev=true,"
                + " in.dev=false, return.dev=true, with.dev=false}",
            "sorted({p.name async for p in probes})       1.0 s  [await.dev, for.dev, in.dev, return.dev,"
                + " with.dev]",
            "[await probe(name) for name in names]        4.0 s  [return.dev +, await.dev +, with.dev -,"
                + " for.dev +, in.dev -]",
            "{n for n in names if (await probe(n)).found} 4.0 s  [await.dev, for.dev, return.dev]",
            "async for p in probes: break                 0.6 s  in.dev",
            "await probes.aclose()                        0.0 s  4 cancelled by the break"),
        VirtualTime.untimedLinesOf(new Generators()::run));
  }
}
