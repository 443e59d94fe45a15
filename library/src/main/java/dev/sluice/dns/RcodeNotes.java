package dev.sluice.dns;

import dev.sluice.journal.JournalCodec;
import dev.sluice.journal.ValueNotes;
import java.io.IOException;
import java.util.function.Function;

/** What journals note of lookups: the text of the name, and what the server said. */
final class RcodeNotes {
  private RcodeNotes() {}

  static <V> JournalCodec<String, V> codec(Function<V, String> rcode) {
    return JournalCodec.<V>ofText()
        .withValues((V value) -> ValueNotes.NONE.withRcode(rcode.apply(value)))
        .withFailures(RcodeNotes::of);
  }

  private static ValueNotes of(IOException cause) {
    return cause instanceof DnsException failure
        ? ValueNotes.NONE.withRcode(failure.reason().name())
        : ValueNotes.NONE;
  }
}
