package dev.sluice.dns.engine;

import static java.util.Objects.requireNonNull;

import dev.sluice.dns.engine.QueryFailure.Kind;
import dev.sluice.dns.wire.AddressType;
import dev.sluice.dns.wire.Cookie;
import dev.sluice.dns.wire.MalformedMessageException;
import dev.sluice.dns.wire.ResponseCode;
import dev.sluice.dns.wire.ResponseKind;
import dev.sluice.dns.wire.ResponseReader;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what a response means for its query. The engine carries the decision out. */
final class ResponseClassifier {
  /** What to do with a query after a response. */
  enum Verdict {
    /** The response does not belong to the query: go on waiting. */
    IGNORE,
    /** The name has these {@linkplain #addresses addresses}. */
    ADDRESSES,
    /** The name exists without an address. */
    NO_ADDRESS,
    /** The name does not exist. */
    NO_NAME,
    /** The query has read the records, or the denial. */
    RECORDS,
    /** Ask for the next type. */
    ASK_NEXT_TYPE,
    /** Ask the same server by TCP. */
    ASK_BY_TCP,
    /** Ask the same server without EDNS. */
    ASK_WITHOUT_EDNS,
    /** Ask the same server with the cookie that it has just sent. */
    ASK_WITH_NEW_COOKIE,
    /** The try failed; the next one may go to any server. */
    RETRY,
    /** The try failed, and the same server would say the same again. */
    RETRY_ELSEWHERE
  }

  private final AddressType[] types;
  private final ResponseReader reader = new ResponseReader();

  ResponseClassifier(List<AddressType> types) {
    this.types = types.toArray(AddressType[]::new);
  }

  /** The type that a query asks for at the moment. */
  int typeCode(Query query) {
    return types[query.typeIndex].code();
  }

  /** The same for a message. */
  String typeName(Query query) {
    return query instanceof RecordQuery records
        ? records.typeName()
        : types[query.typeIndex].name();
  }

  /** The addresses of the last response. */
  List<InetAddress> addresses() {
    return reader.addresses();
  }

  /** Judges a datagram with the query's id. A datagram that repeats another question is ignored. */
  Verdict datagram(Query query, byte[] message, int length) {
    if (ResponseReader.answers(message, length, query.question)) {
      return read(query, message, length);
    }
    if (isRefusalOfEdns(query, message, length)) {
      return checked(query, reader.readBare(message), message, length);
    }
    if (ResponseReader.answersInLowerCase(message, length, query.question)) {
      // Either the server changes the case, or an attacker has guessed the id: TCP will show it.
      query.lowerCaseFrom = query.server;
    }
    return Verdict.IGNORE;
  }

  /** Judges what came by TCP. The connection carries one query, so anything else is malformed. */
  Verdict segment(Query query, byte[] message, int length) {
    if (!ResponseReader.hasId(message, length, query.id)) {
      return malformed(query);
    }
    boolean exact = ResponseReader.answers(message, length, query.question);
    if (exact || ResponseReader.answersInLowerCase(message, length, query.question)) {
      if (query.server != null) {
        query.server.lowersCase |= !exact;
      }
      Verdict verdict = read(query, message, length);
      return verdict == Verdict.ASK_BY_TCP ? malformed(query) : verdict;
    }
    return isRefusalOfEdns(query, message, length)
        ? checked(query, reader.readBare(message), message, length)
        : malformed(query);
  }

  private Verdict read(Query query, byte[] message, int length) {
    int question = query.question.length;
    ResponseKind kind =
        query instanceof RecordQuery
            ? reader.readRecords(message, length, question, query.isRecursive())
            : reader.read(message, length, question, types[query.typeIndex]);
    return checked(query, kind, message, length);
  }

  private Verdict checked(Query query, ResponseKind kind, byte[] message, int length) {
    Cookie cookie = query.edns && query.server != null ? query.server.cookie : null;
    Verdict discarded =
        cookie == null || kind == ResponseKind.TRUNCATED
            ? null
            : discarded(query, cookie, cookie.read(message, reader.optionsAt()));
    if (discarded != null) {
      return discarded;
    }
    return kind == ResponseKind.RECORDS && query instanceof RecordQuery records
        ? records(records, message, length)
        : verdict(query, kind);
  }

  /** What to do instead of using a response (RFC 7873, section 5.3); null to use it. */
  private @Nullable Verdict discarded(Query query, Cookie cookie, Cookie.Echo echo) {
    boolean isTcp = query.carrier instanceof TcpConnection;
    return switch (echo) {
      case WRONG -> isTcp ? malformed(query) : Verdict.IGNORE;
      case MISSING -> isTcp ? forget(cookie) : cookie.isOfServer() ? Verdict.ASK_BY_TCP : null;
      case RIGHT -> reader.rcode() == ResponseCode.BADCOOKIE && !isTcp ? badCookie(query) : null;
    };
  }

  /** A server that has switched cookies off, where a forger of the response is improbable. */
  private static @Nullable Verdict forget(Cookie cookie) {
    cookie.forgetServer();
    return null;
  }

  private static Verdict badCookie(Query query) {
    boolean again = query.refusedCookie == query.server;
    query.refusedCookie = query.server;
    return again ? Verdict.ASK_BY_TCP : Verdict.ASK_WITH_NEW_COOKIE;
  }

  private static Verdict records(RecordQuery query, byte[] message, int length) {
    if (query.server == null) {
      throw new IllegalStateException("a response without a server");
    }
    try {
      query.read(message, length, query.server.address);
    } catch (MalformedMessageException e) {
      String received = "a malformed response (" + e.getMessage() + ")";
      return failed(query, Kind.MALFORMED, received, Verdict.RETRY);
    }
    noteAnswer(query);
    return Verdict.RECORDS;
  }

  private static boolean isRefusalOfEdns(Query query, byte[] message, int length) {
    return query.edns && ResponseReader.isBareRefusalOfEdns(message, length);
  }

  private Verdict verdict(Query query, ResponseKind kind) {
    return switch (kind) {
      case ADDRESSES -> addresses(query);
      case NO_DATA -> noData(query);
      case NO_NAME -> noName(query);
      case DANGLING_ALIAS -> danglingAlias(query);
      case BLOCKED -> blocked(query);
      case TRUNCATED -> Verdict.ASK_BY_TCP;
      case ERROR_CODE -> errorCode(query);
      case REFERRAL ->
          failed(query, Kind.OTHER_RCODE, "a referral to others", Verdict.RETRY_ELSEWHERE);
      case EMPTY ->
          failed(
              query,
              Kind.OTHER_RCODE,
              "an empty answer, neither authoritative nor recursive,",
              Verdict.RETRY_ELSEWHERE);
      case RECORDS -> throw new IllegalStateException("records that were not asked for");
      case MALFORMED -> malformed(query);
    };
  }

  private static Verdict addresses(Query query) {
    noteAnswer(query);
    return Verdict.ADDRESSES;
  }

  private Verdict noData(Query query) {
    noteAnswer(query);
    query.typeIndex++;
    return query.typeIndex < types.length ? Verdict.ASK_NEXT_TYPE : Verdict.NO_ADDRESS;
  }

  private static Verdict noName(Query query) {
    noteAnswer(query);
    query.flips |= query.typeIndex > 0;
    // The name existed for the first type: some servers deny every type unknown to them (RFC 4074).
    return query.typeIndex > 0 ? Verdict.NO_ADDRESS : Verdict.NO_NAME;
  }

  private static Verdict danglingAlias(Query query) {
    noteAnswer(query);
    return Verdict.NO_ADDRESS;
  }

  private static void noteAnswer(Query query) {
    Server server = query.server;
    if (server != null) {
      server.noteAnswer();
      // Remembers servers that answer only without EDNS.
      server.edns &= query.refusedEdns != server;
    }
  }

  private Verdict errorCode(Query query) {
    int code = reader.rcode();
    boolean refusesEdns =
        code == ResponseCode.BADVERS
            // With options: the server does not understand the cookie.
            || (code == ResponseCode.FORMERR && (!reader.hasOptions() || hasCookie(query)))
            || (code == ResponseCode.NOTIMP && !reader.hasOptions());
    if (query.edns && refusesEdns) {
      query.refusedEdns = query.server;
      return Verdict.ASK_WITHOUT_EDNS;
    }
    Kind kind =
        switch (code) {
          case ResponseCode.SERVFAIL -> Kind.SERVFAIL;
          case ResponseCode.REFUSED -> Kind.REFUSED;
          default -> Kind.OTHER_RCODE;
        };
    String received = ReceivedText.ofCode(code, reader.extendedError());
    return failed(query, kind, received, Verdict.RETRY_ELSEWHERE);
  }

  private Verdict blocked(Query query) {
    String received = ReceivedText.ofBlocked(requireNonNull(reader.extendedError()));
    return failed(query, Kind.BLOCKED, received, Verdict.RETRY_ELSEWHERE);
  }

  private static boolean hasCookie(Query query) {
    return query.server != null && query.server.cookie != null;
  }

  private static Verdict malformed(Query query) {
    return failed(query, Kind.MALFORMED, "a malformed response", Verdict.RETRY);
  }

  private static Verdict failed(Query query, Kind kind, String received, Verdict verdict) {
    if (query.server != null) {
      query.server.count(kind == Kind.REFUSED ? ServerEvent.REFUSED : ServerEvent.FAILED);
    }
    query.noteFailure(kind, received, null);
    return verdict;
  }
}
