package dev.sluice.benchmarks;

import java.io.IOException;
import java.util.Locale;
import java.util.Random;

/** A file of a faulty server: its content, and how the server answers each request for it. */
enum FaultyFile {
  WHOLE("no fault") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      request.whole(content());
    }
  },
  EARLY_HINTS("a 103 before the answer") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      request.send("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n");
      request.whole(content());
    }
  },
  BUSY("503 and Retry-After: 1, twice") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      if (request.number() <= 2) {
        request.status("503 Service Unavailable", "Retry-After: 1\r\n");
      } else {
        request.whole(content());
      }
    }
  },
  HALF("ends at the half, then serves ranges") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      if (request.number() == 1) {
        request.half(content(), ETAG);
        request.hangUp();
      } else {
        request.rangeOrWhole(content(), ETAG);
      }
    }
  },
  HALF_NO_RANGES("ends at the half, then ignores Range") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      if (request.number() == 1) {
        request.half(content(), ETAG);
        request.hangUp();
      } else {
        request.whole(content());
      }
    }
  },
  HALF_CHANGED("ends at the half, then the file has changed; knows If-Range") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      if (request.number() == 1) {
        request.half(earlier(), "\"0\"");
        request.hangUp();
      } else {
        request.rangeOrWhole(content(), ETAG);
      }
    }
  },
  HALF_CHANGED_LIAR("the same, and serves the range whatever If-Range says") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      if (request.number() == 1) {
        request.half(earlier(), "\"0\"");
        request.hangUp();
      } else if (request.rangeStart() > 0) {
        request.range(content(), request.rangeStart(), ETAG, "");
      } else {
        request.whole(content());
      }
    }
  },
  HALF_WRONG_RANGE("ends at the half, then serves another range than was asked") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      if (request.number() == 1) {
        request.half(content(), ETAG);
        request.hangUp();
      } else if (request.rangeStart() > 0) {
        request.range(content(), request.rangeStart() - 1_000, ETAG, "");
      } else {
        request.whole(content());
      }
    }
  },
  HALF_ENCODED_RANGE("ends at the half, then serves a range with Content-Encoding: gzip") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      if (request.number() == 1) {
        request.half(content(), ETAG);
        request.hangUp();
      } else if (request.rangeStart() > 0) {
        request.range(content(), request.rangeStart(), ETAG, "Content-Encoding: gzip\r\n");
      } else {
        request.whole(content());
      }
    }
  },
  HALF_416("ends at the half, then answers any range with 416") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      if (request.number() == 1) {
        request.half(content(), ETAG);
        request.hangUp();
      } else if (request.rangeStart() > 0) {
        request.status(
            "416 Range Not Satisfiable", "Content-Range: bytes */" + content().length + "\r\n");
      } else {
        request.whole(content());
      }
    }
  },
  STALLED("stands still at the half, once") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      if (request.number() == 1) {
        request.half(content(), ETAG);
        request.untilTheClientLeaves();
      } else {
        request.rangeOrWhole(content(), ETAG);
      }
    }
  },
  TOO_SHORT("is always shorter than its Content-Length") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      request.half(content(), ETAG);
      request.hangUp();
    }

    @Override
    boolean hasRightFile() {
      return false;
    }
  },
  CHUNKS_BROKEN("ends within its chunks, always") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      request.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      request.hangUp();
    }

    @Override
    boolean hasRightFile() {
      return false;
    }
  },
  TWO_LENGTHS("has two different Content-Lengths") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      int length = content().length;
      request.send(
          "HTTP/1.1 200 OK\r\nContent-Length: "
              + (length / 2)
              + "\r\nContent-Length: "
              + length
              + "\r\n\r\n");
      request.send(content(), 0, length);
    }

    @Override
    boolean hasRightFile() {
      return false;
    }
  },
  UNASKED_RANGE("a 206 that was not asked for, of the first 1,000 bytes") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      request.send(
          "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-999/"
              + content().length
              + "\r\nContent-Length: 1000\r\n\r\n");
      request.send(content(), 0, 1_000);
    }

    @Override
    boolean hasRightFile() {
      return false;
    }
  },
  MISSING("404 with a page that says so") {
    @Override
    void answer(FaultyExchange request) throws IOException {
      request.send("HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot found");
    }

    @Override
    boolean hasRightFile() {
      return false;
    }
  };

  static final int LENGTH = 300_000;

  private static final String ETAG = "\"1\"";

  private final String title;

  FaultyFile(String title) {
    this.title = title;
  }

  abstract void answer(FaultyExchange request) throws IOException;

  /** Whether a client can get the whole file in a few attempts. */
  boolean hasRightFile() {
    return true;
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

  /** The content before the file changed. */
  byte[] earlier() {
    return random(0);
  }

  private byte[] random(int version) {
    byte[] content = new byte[LENGTH];
    new Random(31L * title.hashCode() + version).nextBytes(content);
    return content;
  }
}
