package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static dev.sluice.dns.wire.Packets.SERVFAIL;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.OutcomeLog;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.dns.ScriptedNameServer.ReceivedQuery;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournalCodec;
import dev.sluice.journal.JournalIndex;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What journals note of lookups. */
@Timeout(60)
class DnsJournalTest extends UdpFixture {
  private static final Policy POLICY = Policy.limit(4).withAttemptTimeout(Policy.FOREVER);

  @TempDir private Path folder;

  @Test
  void aJournalOfRecordsHasTheResponseCodes() throws IOException {
    try (ScriptedNameServer server = server();
        UdpResolver resolver = asking(server)) {
      List<String> noted =
          noted(
              Pipeline.<DomainName, RecordAnswer>of(
                      POLICY, name -> resolver.query(name, RecordKind.A).toMaybe())
                  .parsing(DomainName::parse),
              RecordAnswer.journalCodec());
      assertEquals(List.of("NOERROR", "NXDOMAIN", "SERVFAIL"), noted);
    }
  }

  @Test
  void aJournalOfProbesHasTheResponseCodes() throws IOException {
    try (ScriptedNameServer server = server();
        UdpResolver resolver = asking(server)) {
      List<String> noted =
          noted(Domains.of(resolver, POLICY).probesOfText(), Domains.journalCodec());
      assertEquals(List.of("NOERROR", "null", "SERVFAIL"), noted, "not found has no value");
    }
  }

  @Test
  void answersThatAreReadTogetherAreRecordedTogether() {
    int names = 40;
    CountDownLatch allSent = new CountDownLatch(names);
    List<ReceivedQuery> held = new ArrayList<>();
    List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    OutcomeLog<String> log =
        new OutcomeLog<>() {
          @Override
          public void append(String entry) {
            batches.add(1);
          }

          @Override
          public void appendAll(
              List<? extends String> entries, ObjIntConsumer<? super IOException> failed) {
            batches.add(entries.size());
          }
        };
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  held.add(received);
                  if (held.size() == names) {
                    for (ReceivedQuery each : held) {
                      each.found();
                      allSent.countDown();
                    }
                  }
                });
        UdpResolver resolver = asking(server)) {
      Domains.of(resolver, Policy.limit(names).withAttemptTimeout(Policy.FOREVER))
          .probesOfText()
          .journalled(log, (outcome, timings) -> outcome.key())
          .runAll(Flowable.range(0, names).map(i -> "n" + i + ".test"))
          // Holds the loop up until the other answers are there.
          .doOnNext(outcome -> allSent.await())
          .test()
          .awaitDone(20, SECONDS)
          .assertValueCount(names);
    }
    assertTrue(batches.size() < names, () -> "entries recorded together: " + batches);
  }

  private static ScriptedNameServer server() {
    return ScriptedNameServer.answering(
        received -> {
          switch (received.name()) {
            case "free.dev" -> received.reply(NXDOMAIN);
            case "broken.dev" -> received.reply(SERVFAIL);
            default -> received.found();
          }
        });
  }

  private <V> List<String> noted(Pipeline<String, V> pipeline, JournalCodec<String, V> codec)
      throws IOException {
    Path file = folder.resolve("journal");
    List<String> names = List.of("taken.dev", "free.dev", "broken.dev");
    try (Journal journal = Journal.open(file)) {
      pipeline
          .journalled(journal, codec)
          .runAll(Flowable.fromIterable(names))
          .test()
          .awaitDone(20, SECONDS)
          .assertValueCount(3);
    }
    JournalIndex index = JournalIndex.of(file);
    List<String> noted = new ArrayList<>();
    for (String name : names) {
      noted.add("" + index.last(name).orElseThrow().rcode());
    }
    return noted;
  }
}
