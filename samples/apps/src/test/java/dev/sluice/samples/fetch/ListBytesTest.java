package dev.sluice.samples.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.fetch.Download;
import dev.sluice.fetch.FileNaming;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists whose bytes are not plain UTF-8. */
@Timeout(30)
class ListBytesTest {
  @Test
  void saysWhatIsWrongWithACompressedList() {
    for (byte[] broken :
        List.of(new byte[] {0x1F, (byte) 0x8B}, "\u001F\u008Bxx".getBytes(ISO_8859_1))) {
      list(broken)
          .items()
          .test()
          .awaitDone(10, SECONDS)
          .assertError(ListException.class)
          .assertError(e -> String.valueOf(e.getMessage()).startsWith("cannot be decompressed: "));
    }
  }

  /** As of {@code (cat a.gz; sleep 3; cat b.gz)}: a pipe is empty for a time between them. */
  @Test
  void readsAllMembersOfACompressedList() throws IOException {
    byte[] one = gzip("https://h/1\nhttps://h/2");
    byte[] two = gzip("\nhttps://h/3\n".repeat(500));
    byte[] padding = new byte[512];
    InputStream inPieces = new SequenceInputStream(pieces(one, gzip(""), two, padding));
    DownloadList.ofStandardInput(inPieces)
        .items()
        .test()
        .awaitDone(10, SECONDS)
        .assertComplete()
        .assertValueCount(502);
  }

  private static Enumeration<InputStream> pieces(byte[]... pieces) {
    return Collections.enumeration(
        Stream.of(pieces).<InputStream>map(ByteArrayInputStream::new).toList());
  }

  @Test
  void readsMembersWithAllFieldsOfAHeader() throws IOException {
    byte[] plain = gzip("https://h/1\n");
    ByteArrayOutputStream full = new ByteArrayOutputStream();
    full.write(plain, 0, 3);
    full.write(0x1F);
    full.write(plain, 4, 6);
    full.writeBytes("\u0002\u0000xxname\u0000comment\u0000hc".getBytes(ISO_8859_1));
    full.write(plain, 10, plain.length - 10);
    assertEquals(
        List.of("https://h/1", "https://h/1"),
        list(joined(full.toByteArray(), plain))
            .items()
            .map(ListedItem::toString)
            .toList()
            .blockingGet());
  }

  @Test
  void whatComesBeforeTheFaultOfACompressedListIsRead() throws IOException {
    byte[] lines = "https://h/1\n".repeat(1_000).getBytes(UTF_8);
    byte[] whole = gzip(new String(lines, UTF_8));
    byte[] wrongSum = whole.clone();
    wrongSum[whole.length - 8]++;
    byte[] wrongLength = whole.clone();
    wrongLength[whole.length - 1]++;
    Map.of(
            "it ends too early", joined(whole, Arrays.copyOf(whole, 5)),
            "it ends too early ", joined(whole, Arrays.copyOf(whole, 10)),
            "it ends too early  ", Arrays.copyOf(whole, whole.length - 3),
            "there is something else than gzip in it", joined(whole, "xx".getBytes(UTF_8)),
            "a wrong check sum", wrongSum,
            "a wrong length", wrongLength)
        .forEach(
            (reason, bytes) ->
                list(bytes)
                    .items()
                    .test()
                    .awaitDone(10, SECONDS)
                    .assertValueCount(1_000)
                    .assertError(ListException.class)
                    .assertError(
                        e -> ("cannot be decompressed: " + reason.strip()).equals(e.getMessage())));
  }

  @Test
  void saysThatACompressedSitemapEndsTooEarly() throws IOException {
    byte[] whole = gzip("<urlset><url><loc>https://h/a</loc></url></urlset>");
    list(Arrays.copyOf(whole, whole.length - 9))
        .items()
        .test()
        .awaitDone(10, SECONDS)
        .assertError(e -> "cannot be decompressed: it ends too early".equals(e.getMessage()));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }

  @Test
  void readsSitemapsAfterBlankLinesAndInUtf16() {
    String site = "<urlset><url><loc>https://h/a</loc></url></urlset>";
    assertEquals(List.of("https://h/a"), urls("\r\n  " + site));
    assertEquals(List.of("https://h/a"), urls("\n<?xml version=\"1.0\"?>" + site));
    byte[] utf16 = ("\uFEFF" + site).getBytes(UTF_16LE);
    list(utf16).items().test().awaitDone(10, SECONDS).assertComplete().assertValueCount(1);
    list(new byte[] {' ', '\n'}).items().test().awaitDone(10, SECONDS).assertResult();
  }

  @Test
  void refusesAListInAnotherCharset() {
    for (Charset other : List.of(ISO_8859_1, UTF_16, UTF_16LE)) {
      list("https://h/\u00e4\n".getBytes(other))
          .items()
          .map(ListBytesTest::known)
          .test()
          .awaitDone(10, SECONDS)
          .assertError(IOException.class);
    }
    list("# \u00e4\nhttps://h/a\n".getBytes(ISO_8859_1))
        .items()
        .test()
        .awaitDone(10, SECONDS)
        .assertComplete()
        .assertValueCount(1);
  }

  private static Download known(ListedItem item) throws IOException {
    return new ItemParser(null, FileNaming.fromUrl()).download(item);
  }

  @Test
  void anItemIsShownWithoutPasswordsAndControlCharacters() {
    assertEquals(
        "http://h/<U+001B>[1m", ListedItem.ofUrl(1, "http://user:secret@h/\u001b[1m").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h/x?t=10:20@z",
        "http://[::1]:18392/bad/p@h",
        "http://h/a:b@c",
        "http://h/x#a:b@c",
        "http://h:80/?//u:p@i/",
      })
  void aUrlIsKeptAndShownAsItIs(String url) {
    ListedItem item = new ListedItem(0, List.of(url, url), Optional.of("a"), Optional.of("b"));
    assertEquals(item, ListedItem.ofText(item.text()));
    assertEquals(url, item.toString());
  }

  private static List<String> urls(String text) {
    return list(text.getBytes(UTF_8)).items().map(ListedItem::toString).toList().blockingGet();
  }

  private static DownloadList list(byte[] bytes) {
    return DownloadList.ofStandardInput(new ByteArrayInputStream(bytes));
  }
}
