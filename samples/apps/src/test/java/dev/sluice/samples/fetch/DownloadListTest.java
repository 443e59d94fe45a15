package dev.sluice.samples.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class DownloadListTest {
  private static final String SITEMAP =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
          xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
        <url>
          <loc> https://h/a?x=1&amp;y=2 </loc>
          <lastmod>2026-01-01</lastmod>
          <image:image><image:loc>https://h/picture.png</image:loc></image:image>
          <image:loc>https://h/other.png</image:loc>
        </url>
        <url><loc><![CDATA[https://h/b]]></loc></url>
      </urlset>
      """;

  @TempDir Path folder;

  @Test
  void readsLinesOfUrls() {
    assertEquals(
        List.of("https://h/a", "https://h/b", "https://h/c"),
        urls("\uFEFFhttps://h/a\r\n\n# a comment\nhttps://h/b \n\t\nhttps://h/c"));
    assertEquals(List.of(), urls(""));
    assertEquals(List.of(), urls("\n\n#\n"));
  }

  @Test
  void readsMirrorsAndOptionsAsAria2Does() {
    assertEquals(
        List.of(
            new ListedItem(
                2,
                List.of("https://h/a.iso", "https://m/a.iso"),
                Optional.of("b c.iso"),
                Optional.of("sha-1=00")),
            ListedItem.ofUrl(7, "https://h/d")),
        items(
            """
            # two mirrors
            https://h/a.iso\t\thttps://m/a.iso
              out=b c.iso

            # between
            \tchecksum=sha-1=00
            https://h/d
            """));
  }

  @ParameterizedTest
  @CsvSource({
    "' out=a', line 1: an option without a URL before it",
    "'https://h/a\n dir=/etc', 'line 2: the option \"dir=/etc\": allowed are out=NAME'",
    "'https://h/a\n out=a\n out=b', 'line 3: the option \"out=b\": allowed are out=NAME'",
    "'<html><loc>https://h/</loc></html>', 'line 1: the element \"html\" is no sitemap'",
    "'https://h/a\nhttps://h/\uFFFD', line 2: not UTF-8",
    "'https://h/a\n out=\uFFFD', line 2: not UTF-8",
    "'<urlset><url>', line 1: not a sitemap that can be read",
    "'<!DOCTYPE u [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><urlset><url><loc>&e;</loc></url>"
        + "</urlset>', line 1: not a sitemap that can be read",
  })
  void refusesWhatIsNoList(String text, String message) {
    list(text.getBytes(UTF_8))
        .items()
        .test()
        .awaitDone(10, SECONDS)
        .assertError(ListException.class)
        .assertError(e -> String.valueOf(e.getMessage()).startsWith(message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFFFD", "https://h/\uFFFD", "LONG", "#LONG"})
  void anItemBeforeAFaultIsRead(String faulty) {
    String line = faulty.replace("LONG", "x".repeat(UrlListReader.MAX_LINE + 1));
    list(("https://h/1\nhttps://h/2\n out=a\n\n" + line + "\nhttps://h/4\n").getBytes(UTF_8))
        .items()
        .map(ListedItem::toString)
        .test()
        .awaitDone(10, SECONDS)
        .assertValues("https://h/1", "https://h/2")
        .assertError(e -> String.valueOf(e.getMessage()).startsWith("line 5: "));
  }

  @ParameterizedTest
  @ValueSource(strings = {" out=\uFFFD", " LONG", "\tLONG"})
  void anItemWithAFaultyOptionIsNotRead(String faulty) {
    String line = faulty.replace("LONG", "x".repeat(UrlListReader.MAX_LINE + 1));
    list(("https://h/1\nhttps://h/2\n" + line + "\n").getBytes(UTF_8))
        .items()
        .map(ListedItem::toString)
        .test()
        .awaitDone(10, SECONDS)
        .assertValues("https://h/1")
        .assertError(e -> String.valueOf(e.getMessage()).startsWith("line 3: "));
  }

  @Test
  void itemsBeforeAReadThatFailsAreRead() throws IOException {
    String text = "https://h/1\nhttps://h/2\n";
    for (String torn : List.of("", "https://h/torn")) {
      failingAfter(text + torn)
          .assertValues("https://h/1", "https://h/2")
          .assertError(e -> "Stream closed".equals(e.getMessage()));
    }
    failingAfter(text + " out=torn").assertValues("https://h/1");
  }

  private static TestSubscriber<String> failingAfter(String text) throws IOException {
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    InputStream broken =
        new SequenceInputStream(new ByteArrayInputStream(text.getBytes(UTF_8)), closed);
    return DownloadList.ofStandardInput(broken)
        .items()
        .map(ListedItem::toString)
        .test()
        .awaitDone(10, SECONDS);
  }

  @Test
  void endsAtALineThatNeverEnds() {
    DownloadList.ofStandardInput(new Repeated("x"))
        .items()
        .test()
        .awaitDone(10, SECONDS)
        .assertError(e -> String.valueOf(e.getMessage()).startsWith("line 1: longer than 16384"));
  }

  @Test
  void readsSitemaps() {
    assertEquals(List.of("https://h/a?x=1&y=2", "https://h/b"), urls(SITEMAP));
    assertEquals(
        List.of("https://h/one.xml.gz"),
        urls("<sitemapindex><sitemap><loc>https://h/one.xml.gz</loc></sitemap></sitemapindex>"));
  }

  @Test
  void readsCompressedLists() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(SITEMAP.getBytes(UTF_8));
    }
    TestSubscriber<ListedItem> whole = list(bytes.toByteArray()).items().test();
    whole.awaitDone(10, SECONDS).assertComplete().assertValueCount(2);
    byte[] half = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
    list(half).items().test().awaitDone(10, SECONDS).assertError(ListException.class);
  }

  @Test
  void readsOnlyWhatIsAskedFor() {
    TestSubscriber<ListedItem> asked =
        DownloadList.ofStandardInput(new Repeated("https://h/a\n")).items().test(3);
    asked.awaitCount(3).assertValueCount(3).assertNotComplete();
    asked.cancel();
  }

  @Test
  void readsAFileAsOftenAsItIsAsked() throws IOException {
    Path file = Files.writeString(folder.resolve("list"), "https://h/a\n");
    DownloadList list = DownloadList.ofFile(file);
    assertTrue(list.canBeRepeated());
    for (int pass = 0; pass < 2; pass++) {
      list.items().test().awaitDone(10, SECONDS).assertValue(ListedItem.ofUrl(1, "https://h/a"));
    }
  }

  private static List<String> urls(String text) {
    return items(text).stream().map(ListedItem::toString).toList();
  }

  private static List<ListedItem> items(String text) {
    TestSubscriber<ListedItem> items = list(text.getBytes(UTF_8)).items().test();
    return items.awaitDone(10, SECONDS).assertNoErrors().assertComplete().values();
  }

  private static DownloadList list(byte[] text) {
    return DownloadList.ofStandardInput(new ByteArrayInputStream(text));
  }

  /** A text that is repeated without an end. */
  private static final class Repeated extends InputStream {
    private final byte[] text;
    private int at;

    Repeated(String text) {
      this.text = text.getBytes(UTF_8);
    }

    @Override
    public int read() {
      return text[at++ % text.length];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      for (int i = 0; i < length; i++) {
        buffer[offset + i] = (byte) read();
      }
      return length;
    }
  }
}
