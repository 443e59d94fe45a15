package dev.sluice.fetch;

import static dev.sluice.fetch.RangeServer.content;
import static dev.sluice.fetch.RangeServer.firstByte;
import static dev.sluice.fetch.RangeServer.firstHalf;
import static dev.sluice.fetch.RangeServer.ok;

import dev.sluice.Exchange;
import java.io.IOException;
import java.util.Random;

/** Answers each request for one file in one of many wrong ways, or rightly. */
final class FileFaults {
  private final Random random;
  private final int number;
  private boolean hasChanged;

  FileFaults(long seed, int number) {
    this.random = new Random(seed);
    this.number = number;
  }

  synchronized boolean answer(Exchange exchange, byte[] original) throws IOException {
    byte[] file = hasChanged ? changed(original) : original;
    switch (random.nextInt(20)) {
      case 0 -> {
        exchange.send(ok(file));
        exchange.send(firstHalf(file));
        exchange.hangUp();
      }
      case 1 -> {
        exchange.send(ok(file));
        exchange.send(firstHalf(file));
        exchange.reset();
      }
      case 2 -> {
        exchange.send(ok(file));
        exchange.send(firstHalf(file));
        exchange.untilTheClientLeaves();
      }
      case 3 -> exchange.untilTheClientLeaves();
      case 4 -> exchange.hangUp();
      case 5 -> {
        exchange.send(ok(file));
        exchange.send(file);
      }
      case 6 -> endless(exchange);
      case 7 -> exchange.send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
      case 8 -> exchange.send("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
      case 9 -> liesAboutRange(exchange, original);
      case 10 -> {
        hasChanged = true;
        RangeServer.byRules(exchange, changed(original));
      }
      case 11 -> {
        exchange.send(ok(file).replace("Content-Length: ", "Content-Length: 9"));
        exchange.send(file);
        exchange.hangUp();
      }
      case 12 -> exchange.send("SSH-2.0-OpenSSH_9.2\r\n\r\n");
      default -> RangeServer.byRules(exchange, file);
    }
    return true;
  }

  private byte[] changed(byte[] original) {
    return content(-number - 1, original.length);
  }

  private static void endless(Exchange exchange) throws IOException {
    exchange.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    while (true) {
      exchange.send("2710\r\n" + "x".repeat(10_000) + "\r\n");
    }
  }

  /** Serves another range than was asked for, or the range of a changed file. */
  private void liesAboutRange(Exchange exchange, byte[] original) throws IOException {
    int from = firstByte(exchange);
    hasChanged |= random.nextBoolean();
    byte[] file = hasChanged ? changed(original) : original;
    if (from < 0 || from + 1 >= file.length) {
      RangeServer.byRules(exchange, file);
      return;
    }
    int served = hasChanged ? from : from + 1;
    exchange.send(RangeServer.partHead(file, served));
    exchange.send(RangeServer.rest(file, served));
  }
}
