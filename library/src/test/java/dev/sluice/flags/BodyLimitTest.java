package dev.sluice.flags;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.gzip;
import static dev.sluice.Answers.head;
import static dev.sluice.Answers.join;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Exchange;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.http.HttpOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endless bodies, and bodies that grow when decompressed. */
class BodyLimitTest {
  private static final int CAP = 50_000;

  /** What the cap lets through, and what may wait in the buffers of the sockets. */
  private static final long CAP_AND_BUFFERS = 16 << 20;

  private static final FlagOptions CAPPED =
      FlagOptions.of(Policy.limit(1)).withHttp(HttpOptions.standard().withMaxBodyBytes(CAP));

  @TempDir Path folder;

  @Test
  void cutsOffAnEndlessBodyAtTheLimit() {
    assertCutOff("Content-Type: image/gif", "");
  }

  @Test
  void cutsOffAnEndlessChunkedBodyAtTheLimit() {
    assertCutOff("Transfer-Encoding: chunked", "2000\r\n");
  }

  @Test
  void cutsOffEndlessFraming() {
    AtomicLong sent = new AtomicLong();
    OneFlag flag =
        download(
            exchange -> {
              exchange.send(head("200 OK", "Transfer-Encoding: chunked"));
              exchange.send("1;an-extension-of-the-chunk=");
              endless(exchange, "", sent);
            });
    assertTrue(flag.said().endsWith("bytes in answer to one request"), flag.said());
    assertTrue(sent.get() < CAP_AND_BUFFERS, () -> "sent: " + sent);
  }

  @Test
  void acceptsABodyOfExactlyTheLimit() {
    byte[] gif = Arrays.copyOf(Gifs.tiny(), CAP);
    assertEquals(CAP, download(exchange -> exchange.send(answer("200 OK", gif))).saved().bytes());
  }

  @Test
  void refusesABodyOneByteLongerThanTheLimit() {
    byte[] gif = Arrays.copyOf(Gifs.tiny(), CAP + 1);
    assertTooLong(download(exchange -> exchange.send(answer("200 OK", gif))));
    assertTooLong(
        download(
            exchange -> {
              exchange.send(head("200 OK"));
              exchange.send(gif);
              exchange.hangUp();
            }));
  }

  @Test
  void theStandardLimitIs16MiB() {
    OneFlag flag =
        OneFlag.download(
            folder,
            exchange -> {
              exchange.send(head("200 OK"));
              endless(exchange, "", new AtomicLong());
            });
    assertTrue(flag.said().endsWith("a body longer than 16777216 bytes"), flag.said());
  }

  @Test
  void decompressesGzip() throws IOException {
    byte[] packed = gzip(Gifs.ofAtLeast(10_000));
    assertEquals(
        Gifs.ofAtLeast(10_000).length,
        download(exchange -> exchange.send(gzipped(packed))).saved().bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZip"})
  void decompressesEveryMemberOfGzip(String coding) throws IOException {
    byte[] gif = Gifs.ofAtLeast(30_000);
    byte[] packed =
        join(
            gzip(Arrays.copyOf(gif, 10)),
            gzip(new byte[0]),
            gzip(Arrays.copyOfRange(gif, 10, 20_000)),
            withAllHeaderFields(gzip(Arrays.copyOfRange(gif, 20_000, gif.length))));
    OneFlag flag =
        download(
            exchange -> exchange.send(answer("200 OK", packed, "Content-Encoding: " + coding)));
    assertArrayEquals(gif, Files.readAllBytes(flag.saved().path()));
    byte[] cut = Arrays.copyOf(packed, packed.length - 4);
    OneFlag.download(folder.resolve("cut"), exchange -> exchange.send(gzipped(cut))).said();
  }

  private static byte[] withAllHeaderFields(byte[] packed) {
    byte[] head = Arrays.copyOf(packed, 10);
    head[3] = 2 + 4 + 8 + 16;
    byte[] fields = bytes("\u0003\u0000abcname\u0000comment\u0000\u0001\u0002");
    return join(head, fields, Arrays.copyOfRange(packed, 10, packed.length));
  }

  @Test
  void theLimitCountsDecompressedBytes() throws IOException {
    byte[] bomb = bombOf(200 << 20);
    assertTooLong(download(exchange -> exchange.send(gzipped(bomb))));
  }

  @Test
  void invalidGzipIsAFailure() throws IOException {
    byte[] packed = gzip(Gifs.tiny());
    byte[] wrongSum = packed.clone();
    wrongSum[packed.length - 5] ^= 1;
    download(exchange -> exchange.send(gzipped(bytes("garbage")))).said();
    download(exchange -> exchange.send(gzipped(Gifs.tiny()))).said();
    download(exchange -> exchange.send(gzipped(wrongSum))).said();
    download(exchange -> exchange.send(gzipped(Arrays.copyOf(packed, packed.length - 9)))).said();
    download(exchange -> exchange.send(gzipped(Arrays.copyOf(packed, packed.length + 9)))).said();
    download(exchange -> exchange.send(gzipped(new byte[0]))).said();
  }

  @Test
  void anUnrequestedEncodingIsAFailure() {
    OneFlag flag =
        download(exchange -> exchange.send(answer("200 OK", bytes("zzz"), "Content-Encoding: br")));
    assertEquals(
        "GET http://SERVER/br/br.gif: a Content-Encoding that was not asked for: [br]",
        flag.said());
  }

  private void assertCutOff(String header, String beforeEachBlock) {
    AtomicLong sent = new AtomicLong();
    assertTooLong(
        download(
            exchange -> {
              exchange.send(head("200 OK", header));
              endless(exchange, beforeEachBlock, sent);
            }));
    assertTrue(sent.get() < CAP_AND_BUFFERS, () -> "sent: " + sent);
  }

  private static void assertTooLong(OneFlag flag) {
    assertEquals("GET http://SERVER/br/br.gif: a body longer than 50000 bytes", flag.said());
  }

  private OneFlag download(RawServer.Script script) {
    return OneFlag.download(folder, CAPPED, script);
  }

  private static void endless(Exchange exchange, String beforeEachBlock, AtomicLong sent)
      throws IOException {
    byte[] block = new byte[0x2000];
    while (true) {
      exchange.send(beforeEachBlock);
      exchange.send(block);
      exchange.send(beforeEachBlock.isEmpty() ? "" : "\r\n");
      sent.addAndGet(block.length);
    }
  }

  private static byte[] gzipped(byte[] packed) {
    return answer("200 OK", packed, "Content-Encoding: gzip");
  }

  private static byte[] bombOf(int bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < bytes; i += zeros.length) {
        gzip.write(zeros);
      }
    }
    return packed.toByteArray();
  }
}
