package dev.sluice.samples.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.fetch.Download;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
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
    return new ItemParser(null).download(item);
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
