package dev.sluice.samples.servers.dns;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects names and their records. */
final class ZonesBuilder {
  private static final int TTL_SECONDS = 300;

  private final NameTable names = new NameTable();
  private final List<ZoneNode> nodes = new ArrayList<>();
  private boolean wildcards;
  private boolean dnames;
  private boolean zones;

  /** What spares most questions a part of the way. */
  record Traits(boolean onlyRoot, boolean wildcards, boolean dnames) {}

  /** A name that exists, and no more is known of it. */
  void list(byte[] name) {
    nodes.set(number(name), ZoneNode.LISTED);
  }

  void add(byte[] name, RecordType type, int ttl, byte[] data) {
    int number = number(name);
    ZoneNode node = nodes.get(number);
    RecordSet.Listed same = node.listed(type);
    if (same == null) {
      nodes.set(number, node.with(new RecordSet.Listed(type.code(), ttl).add(data)));
    } else if (type == RecordType.CNAME || type == RecordType.DNAME || type == RecordType.SOA) {
      throw new IllegalArgumentException("a second " + type + " of the same name: allowed is one");
    } else {
      same.add(data);
    }
    zones |= type == RecordType.SOA;
    dnames |= type == RecordType.DNAME;
  }

  Zones build() {
    boolean onlyRoot = !zones;
    if (onlyRoot) {
      add(WireName.ROOT, RecordType.SOA, TTL_SECONDS, authority());
    }
    return new Zones(names, nodes, new Traits(onlyRoot, wildcards, dnames));
  }

  /** The name's number; with a name come all those that it ends with. */
  private int number(byte[] name) {
    for (int at = 0; at < name.length; at = Zones.parent(name, at)) {
      if (names.find(name, at, name.length) >= 0) {
        break;
      }
      names.add(Arrays.copyOfRange(name, at, name.length));
      nodes.add(ZoneNode.EMPTY);
      wildcards |= name[at] == 1 && name[at + 1] == '*';
    }
    return names.find(name, 0, name.length);
  }

  /** An SOA's data for those who gave none. */
  private static byte[] authority() {
    byte[] server = WireName.of("localhost");
    byte[] mail = WireName.of("nobody.invalid");
    return soa(server, mail, new int[] {1, 3600, 600, 86_400, TTL_SECONDS});
  }

  static byte[] soa(byte[] server, byte[] mail, int[] numbers) {
    ByteBuffer data = ByteBuffer.allocate(server.length + mail.length + numbers.length * 4);
    data.put(server).put(mail);
    for (int number : numbers) {
      data.putInt(number);
    }
    return data.array();
  }
}
