package dev.sluice.samples.servers.dns;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * Writes the response to a query, without allocating for the common answers. Not thread-safe. An
 * owner name is written as a compression pointer to the question or to the target of the preceding
 * CNAME.
 */
final class DnsResponder {
  /** The largest response over UDP, whatever payload size the query's OPT record allows. */
  private static final int LARGEST_UDP = 4096;

  private static final int OPT_BYTES = 11;
  private static final int MAX_ALIASES = 8;
  private static final int AUTHORITY_COUNT = 8;
  private static final int ANSWER_COUNT = 6;

  private final Zones zones;
  private final DnsFaultInjector faults;
  private final DnsQuery query = new DnsQuery();
  private final byte[] name = new byte[512];

  private int length;
  private int nameAt;
  private Rcode rcode = Rcode.NOERROR;
  private boolean overflow;

  DnsResponder(Zones zones, DnsFaultInjector faults) {
    this.zones = zones;
    this.faults = faults;
  }

  /**
   * Answers a query that came over UDP: truncated to what the client accepts, or lost, as the
   * faults say. Returns false when nothing is to be sent.
   */
  boolean overUdp(ByteBuffer in, ByteBuffer out) {
    if (!DnsQuery.isQuery(in) || faults.loseQuery()) {
      return false;
    }
    answer(in, out);
    int room = Math.min(query.payload, LARGEST_UDP);
    if (overflow || out.position() > room || faults.truncate()) {
      truncate(out);
    }
    out.flip();
    return true;
  }

  /** Answers a query that came over TCP. Returns false for a message that is not a query. */
  boolean overTcp(ByteBuffer in, ByteBuffer out) {
    if (!DnsQuery.isQuery(in)) {
      return false;
    }
    answer(in, out);
    if (overflow) {
      truncate(out);
    }
    out.flip();
    return true;
  }

  private void answer(ByteBuffer in, ByteBuffer out) {
    Rcode problem = query.read(in);
    out.clear();
    overflow = false;
    // The question is copied byte for byte: clients check the case of its letters (DNS 0x20).
    out.put(0, in, 0, query.end).position(query.end);
    out.putShort(4, (short) (query.end > DnsQuery.HEADER_BYTES ? 1 : 0)).putInt(ANSWER_COUNT, 0);
    out.putShort(10, (short) 0);
    rcode = problem == Rcode.NOERROR ? faults.rcode(Rcode.NOERROR) : problem;
    if (problem == Rcode.NOERROR && rcode == Rcode.NOERROR) {
      rcode = look(out);
    }
    // Opcode and RD are copied from the query; QR, AA and RA are set.
    int flags = (query.flags & 0x7910) | 0x8480 | (rcode.code() & 15);
    out.putShort(2, (short) flags);
    if (query.edns) {
      putOpt(out);
    }
  }

  private Rcode look(ByteBuffer out) {
    System.arraycopy(query.name, 0, name, 0, query.nameLength);
    length = query.nameLength;
    nameAt = DnsQuery.HEADER_BYTES;
    for (int hop = 0; hop < MAX_ALIASES; hop++) {
      int apex = zones.apex(name, length);
      if (apex < 0) {
        // A question outside our zones is REFUSED. An alias that leads outside ends the answer.
        return hop == 0 ? Rcode.REFUSED : Rcode.NOERROR;
      }
      ZoneNode node = node(out, apex);
      if (node == null) {
        putAuthority(out, apex);
        return Rcode.NXDOMAIN;
      }
      RecordSet found = node.find(query.type);
      if (found != null) {
        put(out, found);
        return Rcode.NOERROR;
      }
      RecordSet.Listed alias = node.listed(Type.CNAME);
      if (alias == null) {
        putAuthority(out, apex);
        return Rcode.NOERROR;
      }
      follow(alias.only(), put(out, alias));
    }
    return Rcode.SERVFAIL;
  }

  /** The node that answers for the name: its own, a DNAME substitution, a wildcard, or null. */
  private @Nullable ZoneNode node(ByteBuffer out, int apex) {
    int replaced = zones.dname(name, length, apex);
    if (replaced > 0) {
      return substitute(out, replaced);
    }
    ZoneNode node = zones.at(name, 0, length);
    return node == null ? zones.wildcard(name, length, apex) : node;
  }

  /** Writes the DNAME record and returns a node with the synthesized CNAME (RFC 6672, 3.1). */
  private @Nullable ZoneNode substitute(ByteBuffer out, int at) {
    ZoneNode above = zones.at(name, at, length);
    RecordSet.Listed dname = above == null ? null : above.listed(Type.DNAME);
    if (dname == null || at + dname.only().length > query.name.length) {
      return ZoneNode.EMPTY;
    }
    put(out, dname, nameAt + at);
    byte[] target = new byte[at + dname.only().length];
    System.arraycopy(name, 0, target, 0, at);
    System.arraycopy(dname.only(), 0, target, at, dname.only().length);
    return ZoneNode.EMPTY.with(new RecordSet.Listed(Type.CNAME, 0).add(target));
  }

  private void follow(byte[] target, int targetAt) {
    System.arraycopy(target, 0, name, 0, target.length);
    length = target.length;
    nameAt = targetAt;
  }

  private int put(ByteBuffer out, RecordSet records) {
    return put(out, records, nameAt);
  }

  private int put(ByteBuffer out, RecordSet records, int ownerAt) {
    if (out.remaining() < records.size() + OPT_BYTES) {
      overflow = true;
      return nameAt;
    }
    count(out, ANSWER_COUNT, records.count());
    return records.write(out, ownerAt, NameTable.hash(name, 0, length));
  }

  private void putAuthority(ByteBuffer out, int apex) {
    ZoneNode node = zones.at(name, apex, length);
    RecordSet soa = node == null ? null : node.find(Type.SOA);
    if (soa != null && out.remaining() >= soa.size() + OPT_BYTES) {
      count(out, AUTHORITY_COUNT, soa.count());
      soa.write(out, nameAt + apex, 0);
    }
  }

  private static void count(ByteBuffer out, int field, int more) {
    out.putShort(field, (short) (out.getShort(field) + more));
  }

  /** Removes all records and sets TC (RFC 2181, section 9). */
  private void truncate(ByteBuffer out) {
    out.position(query.end).putInt(ANSWER_COUNT, 0).putShort(10, (short) 0);
    out.putShort(2, (short) (out.getShort(2) | 0x0200));
    if (query.edns) {
      putOpt(out);
    }
  }

  private void putOpt(ByteBuffer out) {
    out.put((byte) 0).putShort((short) 41).putShort((short) LARGEST_UDP);
    out.put((byte) (rcode.code() >> 4)).put((byte) 0).putShort((short) 0).putShort((short) 0);
    count(out, 10, 1);
  }
}
