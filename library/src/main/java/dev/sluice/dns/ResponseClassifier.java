package dev.sluice.dns;

import static dev.sluice.dns.ResponseReader.BADVERS;
import static dev.sluice.dns.ResponseReader.FORMERR;
import static dev.sluice.dns.ResponseReader.NOTIMP;

import dev.sluice.dns.DnsException.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows from what came: a verdict, another question, or another try. */
final class ResponseClassifier {
  private static final Answer NO_ADDRESS = Answer.of(List.of());
  private static final String[] RCODES = {
    "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED",
  };
  private static final int SERVFAIL = 2;
  private static final int REFUSED = 5;

  private final Engine engine;
  private final DnsOptions options;
  private final RecordType[] types;
  private final ResponseReader reader = new ResponseReader();

  ResponseClassifier(Engine engine, DnsOptions options) {
    this.engine = engine;
    this.options = options;
    types = options.types().toArray(RecordType[]::new);
  }

  /** A datagram with the id of this query; whether it is an answer to it remains to be seen. */
  void datagram(Query query, byte[] message, int length) {
    ResponseKind reading = read(query, message, length);
    if (reading != null) {
      engine.release(query);
      judge(query, reading);
    }
  }

  /** What came by TCP, where nobody else can speak. */
  void segment(Query query, byte[] message, int length) {
    boolean mine = length >= ResponseReader.HEADER && ResponseReader.u16(message, 0) == query.id;
    ResponseKind reading = mine ? read(query, message, length) : null;
    engine.release(query);
    judge(
        query,
        reading == null || reading == ResponseKind.TRUNCATED ? ResponseKind.MALFORMED : reading);
  }

  private @Nullable ResponseKind read(Query query, byte[] message, int length) {
    if (ResponseReader.answers(message, length, query.question)) {
      return reader.read(message, length, query.question.length, type(query));
    }
    return query.edns && ResponseReader.isBareRefusalOfEdns(message, length)
        ? reader.readBare(message)
        : null;
  }

  private void judge(Query query, ResponseKind reading) {
    switch (reading) {
      case ADDRESSES -> found(query);
      case NO_DATA -> noData(query);
      case NO_NAME -> noName(query);
      case TRUNCATED -> engine.askByTcp(query);
      case RCODE -> rcode(query);
      case REFERRAL -> answered(query, Reason.OTHER_RCODE, "a referral to others");
      case MALFORMED -> malformed(query);
    }
  }

  private void found(Query query) {
    good(query);
    query.succeed(reader.answer());
  }

  private void noData(Query query) {
    good(query);
    query.types++;
    if (query.types == types.length) {
      query.succeed(NO_ADDRESS);
      return;
    }
    Question.setType(query.question, type(query));
    query.tries = 0;
    query.asked = 0;
    engine.launch(query);
  }

  private void noName(Query query) {
    good(query);
    if (query.types > 0) {
      // There was one a moment ago: some servers say so of any type they never heard of (RFC 4074).
      query.succeed(NO_ADDRESS);
    } else {
      query.complete();
    }
  }

  private void good(Query query) {
    Server server = query.server;
    if (server != null) {
      server.answered();
      // What it answers without EDNS, and did not with it, it will answer so next time.
      server.edns &= query.plainTo != server;
    }
  }

  private void rcode(Query query) {
    int code = reader.rcode();
    Server server = query.server;
    boolean noEdns = (code == FORMERR || code == NOTIMP) && !reader.hasOptions();
    if (server != null && query.edns && (noEdns || code == BADVERS)) {
      // Still the same try: nothing is wrong with the server.
      query.plainTo = server;
      query.tries--;
      engine.ask(query, server);
      return;
    }
    Reason reason =
        switch (code) {
          case SERVFAIL -> Reason.SERVFAIL;
          case REFUSED -> Reason.REFUSED;
          default -> Reason.OTHER_RCODE;
        };
    answered(query, reason, code < RCODES.length ? RCODES[code] : "RCODE " + code);
  }

  /** It would say so again: only another server may know better. */
  private void answered(Query query, Reason reason, String came) {
    because(query, reason, came);
    retry(query, engine.hasUnasked(query));
  }

  private void malformed(Query query) {
    because(query, Reason.MALFORMED, "a malformed response");
    retry(query, true);
  }

  private static void because(Query query, Reason reason, String came) {
    query.reason = reason;
    query.came = came;
    query.cause = null;
  }

  /** The last try ended without a word from the server; why stands in the query. */
  void silent(Query query) {
    retry(query, true);
  }

  private void retry(Query query, boolean useful) {
    if (query.server != null) {
      query.server.failed();
    }
    if (useful && query.tries < options.tries()) {
      engine.launch(query);
    } else {
      query.fail(new DnsException(query.reason, message(query), query.cause));
    }
  }

  private String message(Query query) {
    String tries = query.tries == 1 ? "1 try" : query.tries + " tries";
    return query.name
        + " "
        + type(query)
        + ": "
        + query.came
        + " from "
        + query.server
        + ", "
        + tries;
  }

  private RecordType type(Query query) {
    return types[query.types];
  }
}
