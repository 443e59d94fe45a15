package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import dev.sluice.DeadlineException;
import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.dns.DnsException.Reason;
import dev.sluice.dns.engine.ReceivedText;
import dev.sluice.dns.wire.MalformedMessageException;
import dev.sluice.dns.wire.QueryWriter;
import dev.sluice.dns.wire.Question;
import dev.sluice.dns.wire.RecordCursor;
import dev.sluice.dns.wire.ResponseCode;
import dev.sluice.dns.wire.ResponseKind;
import dev.sluice.dns.wire.ResponseReader;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lookups over a transport that brings one whole response for each query, such as HTTPS. */
final class MessageLookups {
  /** The longest message that has its length before it (RFC 1035, section 4.2.2). */
  static final int LONGEST_MESSAGE = 0xFFFF;

  /** So that caches of HTTP see equal queries (RFC 8484, section 4.1). */
  private static final int ID = 0;

  private static final List<RecordType> TYPES = List.of(RecordType.A, RecordType.AAAA);

  private final Pipeline<MessageQuery, byte[]> exchanges;
  private final InetSocketAddress server;

  /**
   * Lookups.
   *
   * @param exchanges bring the response for a query
   * @param server for answers and messages
   */
  MessageLookups(Pipeline<MessageQuery, byte[]> exchanges, InetSocketAddress server) {
    this.exchanges = exchanges;
    this.server = server;
  }

  Maybe<Answer> resolve(DomainName name) {
    return resolve(name, 0);
  }

  private Maybe<Answer> resolve(DomainName name, int index) {
    RecordType type = TYPES.get(index);
    byte[] question = Question.of(name.value(), type.addressType());
    return response(name, type.name(), question)
        .flatMapMaybe(
            message -> {
              ResponseReader reader = new ResponseReader();
              int length = message.length - ResponseReader.SCRATCH_BYTES;
              ResponseKind kind = reader.read(message, length, question.length, type.addressType());
              return switch (kind) {
                case ADDRESSES -> Maybe.just(Answer.of(reader.addresses()));
                case NO_DATA ->
                    index + 1 < TYPES.size()
                        ? resolve(name, index + 1)
                        : Maybe.just(Answer.of(List.of()));
                case DANGLING_ALIAS -> Maybe.just(Answer.of(List.of()));
                // The name existed for the first type: some servers deny every type unknown to
                // them (RFC 4074).
                case NO_NAME -> index > 0 ? Maybe.just(Answer.of(List.of())) : Maybe.empty();
                default -> Maybe.error(failure(name, type.name(), kind, reader));
              };
            });
  }

  Single<RecordAnswer> query(RecordQuestion asked) {
    DomainName name = asked.name();
    String type = asked.kind().name();
    if (asked.server().isPresent()) {
      return Single.error(
          new DnsException(
              Reason.UNREACHABLE,
              name + " " + type + ": only a resolver over UDP can ask a named server",
              null));
    }
    byte[] question = Question.of(name.value(), asked.kind().code());
    return response(name, type, question).map(message -> answer(asked, question, message));
  }

  private RecordAnswer answer(RecordQuestion asked, byte[] question, byte[] message)
      throws DnsException {
    String type = asked.kind().name();
    ResponseReader reader = new ResponseReader();
    int length = message.length - ResponseReader.SCRATCH_BYTES;
    ResponseKind kind = reader.readRecords(message, length, question.length, true);
    if (kind != ResponseKind.RECORDS) {
      throw failure(asked.name(), type, kind, reader);
    }
    try {
      RecordCursor cursor = new RecordCursor(message, length, question.length);
      return new RecordParser(asked, cursor).parse(server);
    } catch (MalformedMessageException e) {
      throw failed(
          asked.name(), type, Reason.MALFORMED, "a malformed response (" + e.getMessage() + ")", e);
    }
  }

  /** The response to a question, with room for the reader behind it. */
  private Single<byte[]> response(DomainName name, String type, byte[] question) {
    ByteBuffer query = ByteBuffer.allocate(QueryWriter.MAX_QUERY);
    int length = new QueryWriter().write(query, ID, question, true, true);
    MessageQuery message = new MessageQuery(name, Arrays.copyOf(query.array(), length));
    return exchanges
        .run(message)
        .map(
            outcome -> {
              byte[] response = brought(name, type, outcome);
              if (!ResponseReader.hasId(response, response.length, ID)) {
                throw failed(name, type, Reason.MALFORMED, "a response with another id", null);
              }
              if (!ResponseReader.repeats(response, response.length, question)) {
                throw failed(
                    name, type, Reason.MALFORMED, "the response to another question", null);
              }
              return Arrays.copyOf(response, response.length + ResponseReader.SCRATCH_BYTES);
            });
  }

  private byte[] brought(DomainName name, String type, Outcome<MessageQuery, byte[]> outcome)
      throws DnsException {
    if (outcome instanceof Outcome.Success<MessageQuery, byte[]> success) {
      return success.value();
    }
    if (outcome instanceof Outcome.Failure<MessageQuery, byte[]> failure) {
      IOException cause = failure.cause();
      String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
      throw new DnsException(reason(cause), name + " " + type + ": " + text, cause);
    }
    throw failed(name, type, Reason.UNREACHABLE, "the server has no DNS there", null);
  }

  private DnsException failure(
      DomainName name, String type, ResponseKind kind, ResponseReader reader) {
    return switch (kind) {
      case ERROR_CODE ->
          failed(
              name,
              type,
              reason(reader.rcode()),
              ReceivedText.ofCode(reader.rcode(), reader.extendedError()),
              null);
      case BLOCKED ->
          DnsException.blocked(
              message(name, type, ReceivedText.ofBlocked(requireNonNull(reader.extendedError()))));
      case REFERRAL -> failed(name, type, Reason.OTHER_RCODE, "a referral to others", null);
      case EMPTY ->
          failed(
              name,
              type,
              Reason.OTHER_RCODE,
              "an empty answer, neither authoritative nor recursive,",
              null);
      case TRUNCATED -> failed(name, type, Reason.MALFORMED, "a truncated response", null);
      default -> failed(name, type, Reason.MALFORMED, "a malformed response", null);
    };
  }

  private static Reason reason(IOException cause) {
    return cause instanceof DnsException failure
        ? failure.reason()
        : cause instanceof DeadlineException ? Reason.TIMEOUT : Reason.UNREACHABLE;
  }

  private static Reason reason(int rcode) {
    return switch (rcode) {
      case ResponseCode.SERVFAIL -> Reason.SERVFAIL;
      case ResponseCode.REFUSED -> Reason.REFUSED;
      default -> Reason.OTHER_RCODE;
    };
  }

  private DnsException failed(
      DomainName name, String type, Reason reason, String received, @Nullable Exception cause) {
    return new DnsException(reason, message(name, type, received), cause);
  }

  private String message(DomainName name, String type, String received) {
    return name + " " + type + ": " + received + " from " + server.getHostString();
  }
}
