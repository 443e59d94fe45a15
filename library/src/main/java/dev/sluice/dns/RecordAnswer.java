package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import dev.sluice.journal.JournalCodec;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a server said: records, or that there are none, or that the name does not exist.
 *
 * @param question the question
 * @param code NOERROR or NXDOMAIN; any other RCODE is a {@link DnsException}
 * @param authoritative whether the server has authority for the name (the AA bit)
 * @param answers the records of the answer section that belong to the question: the aliases that
 *     lead from the name, in their order, and the records of the last name
 * @param authority the NS and SOA records of the authority section whose owner is the name, or an
 *     alias of it, or a domain above
 * @param server the server that answered
 */
public record RecordAnswer(
    RecordQuestion question,
    Code code,
    boolean authoritative,
    List<DnsRecord> answers,
    List<DnsRecord> authority,
    InetSocketAddress server) {
  /** The response codes that say whether a name exists (RFC 1035, section 4.1.1). */
  public enum Code {
    /** The last name of the aliases exists. */
    NOERROR,
    /** The last name of the aliases does not exist. */
    NXDOMAIN
  }

  /**
   * Copies the lists.
   *
   * @param question the question
   * @param code NOERROR or NXDOMAIN
   * @param authoritative whether the server has authority for the name
   * @param answers the records of the answer section
   * @param authority the records of the authority section
   * @param server the server that answered
   */
  public RecordAnswer {
    requireNonNull(question, "question");
    requireNonNull(code, "code");
    answers = List.copyOf(answers);
    authority = List.copyOf(authority);
    requireNonNull(server, "server");
  }

  /**
   * {@return what a journal notes of a pipeline of records, with names as people type them as its
   * keys: the text, and what the server said}
   *
   * <pre>{@code
   * Pipeline.of(policy, name -> resolver.query(name, MX).toMaybe())
   *     .parsing(DomainName::parse)
   *     .journalled(journal, RecordAnswer.journalCodec())
   * }</pre>
   */
  public static JournalCodec<String, RecordAnswer> journalCodec() {
    return RcodeNotes.codec(answer -> answer.code().name());
  }

  /**
   * {@return whether the server says that the name itself does not exist; a name that is an alias
   * exists, even if the name behind it does not (RFC 6604, section 3)}
   */
  public boolean isNoName() {
    return code == Code.NXDOMAIN && answers.isEmpty();
  }

  /** {@return the records of the type that was asked for, without the aliases on the way} */
  public List<DnsRecord> records() {
    return answers.stream().filter(record -> record.kind() == question.kind()).toList();
  }

  /**
   * {@return the name servers of the zone that the server delegates the name to: it neither answers
   * nor denies; empty if this is no referral (RFC 1034, section 4.3.1)}
   */
  public List<DnsRecord.Ns> referral() {
    boolean refers = code == Code.NOERROR && !authoritative && answers.isEmpty() && soa().isEmpty();
    return refers ? authority(DnsRecord.Ns.class).toList() : List.of();
  }

  /** {@return the start of the zone that denies a name or a type (RFC 2308); empty without one} */
  public Optional<DnsRecord.Soa> soa() {
    return authority(DnsRecord.Soa.class).findFirst();
  }

  private <R extends DnsRecord> Stream<R> authority(Class<R> kind) {
    return authority.stream().filter(kind::isInstance).map(kind::cast);
  }
}
