package dev.sluice.benchmarks;

import java.io.IOException;
import java.util.Locale;
import java.util.Random;

/** A file of a faulty server: its content, and how the server answers each request for it. */
enum FaultyFile {
  WHOLE("no fault", true, FaultyFile::whole),
  EARLY_HINTS(
      "a 103 before the answer",
      true,
      (file, request) -> {
        request.send("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n");
        whole(file, request);
      }),
  BUSY(
      "503 and Retry-After: 1, twice",
      true,
      (file, request) -> {
        if (request.number() <= 2) {
          request.status("503 Service Unavailable", "Retry-After: 1\r\n");
        } else {
          whole(file, request);
        }
      }),
  HALF("ends at the half, then serves ranges", true, onceHalf(FaultyFile::rangeOrWhole)),
  HALF_NO_RANGES("ends at the half, then ignores Range", true, onceHalf(FaultyFile::whole)),
  HALF_CHANGED(
      "ends at the half, then the file has changed; knows If-Range",
      true,
      onceHalfOfEarlier(FaultyFile::rangeOrWhole)),
  HALF_CHANGED_LIAR(
      "the same, and serves the range whatever If-Range says",
      true,
      onceHalfOfEarlier(
          toRanges(
              (file, request) ->
                  request.range(file.content(), request.rangeStart(), FaultyExchange.ETAG, "")))),
  HALF_WRONG_RANGE(
      "ends at the half, then serves another range than was asked",
      true,
      onceHalf(
          toRanges(
              (file, request) ->
                  request.range(
                      file.content(), request.rangeStart() - 1_000, FaultyExchange.ETAG, "")))),
  HALF_ENCODED_RANGE(
      "ends at the half, then serves a range with Content-Encoding: gzip",
      true,
      onceHalf(
          toRanges(
              (file, request) ->
                  request.range(
                      file.content(),
                      request.rangeStart(),
                      FaultyExchange.ETAG,
                      "Content-Encoding: gzip\r\n")))),
  HALF_416(
      "ends at the half, then answers any range with 416",
      true,
      onceHalf(
          toRanges(
              (file, request) ->
                  request.status(
                      "416 Range Not Satisfiable",
                      "Content-Range: bytes */" + FaultyExchange.LENGTH + "\r\n")))),
  STALLED(
      "stands still at the half, once",
      true,
      (file, request) -> {
        if (request.number() == 1) {
          request.half(file.content(), FaultyExchange.ETAG);
          request.untilTheClientLeaves();
        } else {
          rangeOrWhole(file, request);
        }
      }),
  TOO_SHORT(
      "is always shorter than its Content-Length",
      false,
      (file, request) -> {
        request.half(file.content(), FaultyExchange.ETAG);
        request.hangUp();
      }),
  CHUNKS_BROKEN(
      "ends within its chunks, always",
      false,
      (file, request) -> {
        request.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        request.hangUp();
      }),
  TWO_LENGTHS(
      "has two different Content-Lengths",
      false,
      (file, request) -> {
        request.send(
            "HTTP/1.1 200 OK\r\nContent-Length: "
                + (FaultyExchange.LENGTH / 2)
                + "\r\nContent-Length: "
                + FaultyExchange.LENGTH
                + "\r\n\r\n");
        request.send(file.content(), 0, FaultyExchange.LENGTH);
      }),
  UNASKED_RANGE(
      "a 206 that was not asked for, of the first 1,000 bytes",
      false,
      (file, request) -> {
        request.send(
            "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-999/"
                + FaultyExchange.LENGTH
                + "\r\nContent-Length: 1000\r\n\r\n");
        request.send(file.content(), 0, 1_000);
      }),
  MISSING(
      "404 with a page that says so",
      false,
      (file, request) ->
          request.send("HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot found"));

  private static final String EARLIER_ETAG = "\"0\"";

  private final String title;
  private final boolean hasRightFile;

  @SuppressWarnings("ImmutableEnumChecker") // A function without state.
  private final Answer answer;

  FaultyFile(String title, boolean hasRightFile, Answer answer) {
    this.title = title;
    this.hasRightFile = hasRightFile;
    this.answer = answer;
  }

  @FunctionalInterface
  private interface Answer {
    void give(FaultyFile file, FaultyExchange request) throws IOException;
  }

  private static void whole(FaultyFile file, FaultyExchange request) throws IOException {
    request.whole(file.content());
  }

  private static void rangeOrWhole(FaultyFile file, FaultyExchange request) throws IOException {
    request.rangeOrWhole(file.content(), FaultyExchange.ETAG);
  }

  /** The first request gets half of the file, the later ones this. */
  private static Answer onceHalf(Answer later) {
    return (file, request) -> {
      if (request.number() == 1) {
        request.half(file.content(), FaultyExchange.ETAG);
        request.hangUp();
      } else {
        later.give(file, request);
      }
    };
  }

  /** The first request gets half of the earlier file, the later ones this. */
  private static Answer onceHalfOfEarlier(Answer later) {
    return (file, request) -> {
      if (request.number() == 1) {
        request.half(file.random(0), EARLIER_ETAG);
        request.hangUp();
      } else {
        later.give(file, request);
      }
    };
  }

  /** A request for a range gets this, any other the whole file. */
  private static Answer toRanges(Answer answer) {
    return (file, request) -> {
      if (request.rangeStart() > 0) {
        answer.give(file, request);
      } else {
        whole(file, request);
      }
    };
  }

  void answer(FaultyExchange request) throws IOException {
    answer.give(this, request);
  }

  /** Whether a client can get the whole file in a few attempts. */
  boolean hasRightFile() {
    return hasRightFile;
  }

  String title() {
    return title;
  }

  /** The name in the URL and of the file. */
  String fileName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".bin";
  }

  byte[] content() {
    return random(1);
  }

  private byte[] random(int version) {
    byte[] content = new byte[FaultyExchange.LENGTH];
    new Random(31L * title.hashCode() + version).nextBytes(content);
    return content;
  }
}
