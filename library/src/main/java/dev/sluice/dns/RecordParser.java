package dev.sluice.dns;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.sluice.dns.RecordAnswer.Code;
import dev.sluice.dns.wire.MalformedMessageException;
import dev.sluice.dns.wire.RecordCursor;
import dev.sluice.dns.wire.ResponseCode;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads a response whose RCODE is NOERROR or NXDOMAIN into an answer. Only records of the name, of
 * its aliases and of the zones above have to be well-formed: a flaw of another one does no harm.
 */
final class RecordParser {
  private static final int TYPE_NS = 2;
  private static final int TYPE_SOA = 6;
  private static final int TYPE_DNAME = 39;
  private static final Set<Integer> TYPES =
      Stream.of(RecordKind.values()).map(RecordKind::code).collect(toUnmodifiableSet());
  private static final int MAX_ALIASES = 16;

  private final RecordQuestion question;
  private final RecordCursor cursor;
  private final List<Place> answers = new ArrayList<>();
  private final List<Place> authority = new ArrayList<>();

  /** The owners of DNAME records. */
  private final List<String> redirected = new ArrayList<>();

  /** The name and its aliases, in their order. */
  private final Set<String> names = new LinkedHashSet<>();

  /** Where a record begins. */
  private record Place(String owner, int start) {}

  RecordParser(RecordQuestion question, RecordCursor cursor) {
    this.question = question;
    this.cursor = cursor;
  }

  RecordAnswer parse(InetSocketAddress server) throws MalformedMessageException {
    while (cursor.next()) {
      if (cursor.isInternet() && cursor.isAnswer()) {
        noteAnswer();
      } else if (cursor.isInternet() && cursor.isAuthority()) {
        noteAuthority();
      }
    }
    List<DnsRecord> chain = chain();
    boolean denied = cursor.rcode() == ResponseCode.NXDOMAIN;
    if (denied && chain.size() >= names.size()) {
      throw new MalformedMessageException("records of a name that does not exist");
    }
    return new RecordAnswer(
        question,
        denied ? Code.NXDOMAIN : Code.NOERROR,
        cursor.isAuthoritative(),
        chain,
        authorities(),
        server);
  }

  private void noteAnswer() throws MalformedMessageException {
    if (TYPES.contains(cursor.type())) {
      answers.add(place());
    } else if (cursor.type() == TYPE_DNAME) {
      redirected.add(cursor.owner());
    }
  }

  private void noteAuthority() throws MalformedMessageException {
    if (cursor.type() == TYPE_NS || cursor.type() == TYPE_SOA) {
      authority.add(place());
    }
  }

  private Place place() throws MalformedMessageException {
    return new Place(cursor.owner(), cursor.start());
  }

  /** The aliases from the name on, and the records of the last one. */
  private List<DnsRecord> chain() throws MalformedMessageException {
    List<DnsRecord> chain = new ArrayList<>();
    String name = question.name().value();
    while (names.add(name) && names.size() <= MAX_ALIASES) {
      List<DnsRecord> all = read(answers, name::equals);
      List<DnsRecord> here = ofKind(all, question.kind());
      List<DnsRecord> aliases = ofKind(all, RecordKind.CNAME);
      if (here.isEmpty() && aliases.isEmpty()) {
        checkNotRedirected(name);
      }
      if (!here.isEmpty() || aliases.isEmpty()) {
        chain.addAll(here);
        return chain;
      }
      if (aliases.size() > 1) {
        throw new MalformedMessageException("two aliases of one name");
      }
      chain.addAll(aliases);
      name = ((DnsRecord.Cname) aliases.get(0)).target();
    }
    throw new MalformedMessageException("a loop of aliases");
  }

  private static List<DnsRecord> ofKind(List<DnsRecord> records, RecordKind kind) {
    return records.stream().filter(record -> record.kind() == kind).toList();
  }

  /** The records of the zones above the name and its aliases. */
  private List<DnsRecord> authorities() throws MalformedMessageException {
    return read(authority, owner -> names.stream().anyMatch(name -> isAbove(owner, name)));
  }

  /** Reads the records of these owners. Records that differ only in the TTL are one (RFC 2181). */
  private List<DnsRecord> read(List<Place> places, Predicate<String> owners)
      throws MalformedMessageException {
    Map<String, DnsRecord> records = new LinkedHashMap<>();
    for (Place place : places) {
      if (owners.test(place.owner)) {
        cursor.goTo(place.start);
        DnsRecord record = record();
        records.putIfAbsent(record.name() + " " + record.kind() + " " + record.data(), record);
      }
    }
    return List.copyOf(records.values());
  }

  /** A server that sends a DNAME must send the CNAME that follows from it (RFC 6672). */
  private void checkNotRedirected(String name) throws MalformedMessageException {
    for (String above : redirected) {
      if (!above.equals(name) && isAbove(above, name)) {
        throw new MalformedMessageException("a DNAME without its CNAME");
      }
    }
  }

  /** Whether a domain is this name, or above it. */
  private static boolean isAbove(String domain, String name) {
    return domain.equals(".") || name.equals(domain) || name.endsWith("." + domain);
  }

  private DnsRecord record() throws MalformedMessageException {
    String name = cursor.owner();
    Duration ttl = Duration.ofSeconds(cursor.ttlSeconds());
    DnsRecord record =
        switch (cursor.type()) {
          case 1 -> new DnsRecord.A(name, ttl, cursor.address(4));
          case 2 -> new DnsRecord.Ns(name, ttl, cursor.name());
          case 5 -> new DnsRecord.Cname(name, ttl, cursor.name());
          case 6 -> soa(name, ttl);
          case 15 -> new DnsRecord.Mx(name, ttl, cursor.u16(), cursor.name());
          case 16 -> new DnsRecord.Txt(name, ttl, texts());
          case 28 -> new DnsRecord.Aaaa(name, ttl, cursor.address(16));
          case 257 -> caa(name, ttl);
          default -> throw new IllegalStateException("type " + cursor.type());
        };
    cursor.endData();
    return record;
  }

  private DnsRecord soa(String name, Duration ttl) throws MalformedMessageException {
    return new DnsRecord.Soa(
        name,
        ttl,
        cursor.name(),
        cursor.name(),
        cursor.u32(),
        Duration.ofSeconds(cursor.u32()),
        Duration.ofSeconds(cursor.u32()),
        Duration.ofSeconds(cursor.u32()),
        Duration.ofSeconds(cursor.u32()));
  }

  private List<String> texts() throws MalformedMessageException {
    List<String> texts = new ArrayList<>();
    do {
      texts.add(cursor.text(cursor.u8()));
    } while (cursor.remaining() > 0);
    return texts;
  }

  private DnsRecord caa(String name, Duration ttl) throws MalformedMessageException {
    int flags = cursor.u8();
    String tag = cursor.text(cursor.u8());
    if (!tag.matches("[A-Za-z0-9]+")) {
      throw new MalformedMessageException("a CAA record without a tag");
    }
    return new DnsRecord.Caa(
        name, ttl, flags, tag.toLowerCase(Locale.ROOT), cursor.text(cursor.remaining()));
  }
}
