package dev.sluice.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.disk.Folder;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournalEntry;
import dev.sluice.journal.JournalIndex;
import dev.sluice.journal.JournalVerdict;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a journal says about downloads. */
@Timeout(30)
class DownloadJournalTest {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: \"1\"\r\n\r\nhello".getBytes(UTF_8);

  @TempDir Path work;

  @Test
  void hasTheFileItsLengthAndItsHash() throws IOException {
    Path file = work.resolve("run.ndjson");
    Folder folder = Folder.at(work.resolve("downloaded"));
    try (RawServer server = RawServer.saying(ANSWER);
        HttpClient client =
            HttpClient.at(server.base(), Policy.of(Limiter.of(2)), HttpOptions.standard())) {
      Download download = Download.of(server.base().resolve("a.txt"));
      Downloads downloads = Downloads.into(folder, client).withDigests();
      for (Downloads run : List.of(downloads, downloads.withTrust())) {
        try (Journal journal = Journal.open(file)) {
          run.pipeline()
              .journalled(journal, Downloads.journalCodec())
              .runAll(Flowable.just(download))
              .blockingSubscribe();
        }
      }
      List<JournalEntry> entries = Journal.read(file).toList().blockingGet();
      assertEquals(
          List.of(JournalVerdict.SUCCESS, JournalVerdict.UNCHANGED),
          entries.stream().map(JournalEntry::verdict).toList());
      for (JournalEntry entry : entries) {
        assertEquals(download.toString(), entry.key());
        assertEquals(5, entry.bytes());
        assertEquals(folder.path().resolve("a.txt").toString(), entry.file());
        assertEquals(
            "sha-256=2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
            entry.digest());
      }
      assertEquals(
          List.of(),
          JournalIndex.of(file)
              .remaining(Flowable.just(download), Downloads.journalCodec())
              .toList()
              .blockingGet());
      assertEquals(download, Downloads.journalCodec().key(download.toString()));
    }
    assertThrows(IOException.class, () -> Downloads.journalCodec().key("ftp://h/"));
  }
}
