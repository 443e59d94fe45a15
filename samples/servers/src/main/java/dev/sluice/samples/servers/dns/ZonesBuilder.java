package dev.sluice.samples.servers.dns;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.Type;

/** Collects names and their records. */
final class ZonesBuilder {
  private static final int TTL_SECONDS = 300;

  private final NameTable names = new NameTable();
  private final List<ZoneNode> nodes = new ArrayList<>();
  private boolean wildcards;
  private boolean dnames;
  private boolean zones;

  /** Which features the zones use. Lookups skip the steps for features that no zone uses. */
  record Traits(boolean onlyRoot, boolean wildcards, boolean dnames) {}

  /** Adds a name of a list: it exists, and has an address derived from the name. */
  void list(byte[] name) {
    nodes.set(number(name), ZoneNode.LISTED);
  }

  /** Adds one record; several records of the same name and type form one RRset. */
  void add(byte[] name, int type, int ttl, byte[] data) {
    int number = number(name);
    ZoneNode node = nodes.get(number);
    RecordSet.Listed same = node.listed(type);
    if (same == null) {
      nodes.set(number, node.with(new RecordSet.Listed(type, ttl).add(data)));
    } else if (type == Type.CNAME || type == Type.DNAME || type == Type.SOA) {
      throw new IllegalArgumentException(
          "a second %s of %s: allowed is one".formatted(Type.string(type), WireName.text(name)));
    } else {
      same.add(data);
    }
    zones |= type == Type.SOA;
    dnames |= type == Type.DNAME;
  }

  Zones build() {
    boolean onlyRoot = !zones;
    if (onlyRoot) {
      add(WireName.ROOT, Type.SOA, TTL_SECONDS, defaultAuthority());
    }
    return new Zones(names, nodes, new Traits(onlyRoot, wildcards, dnames));
  }

  /** The number of a name. Adds the name and all names above it where they are missing. */
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

  /** The data of the root's SOA record where no zone brings one. */
  private static byte[] defaultAuthority() {
    byte[] server = WireName.of("localhost");
    byte[] mail = WireName.of("nobody.invalid");
    ByteBuffer data = ByteBuffer.allocate(server.length + mail.length + 20);
    data.put(server).put(mail);
    data.putInt(1).putInt(3600).putInt(600).putInt(86_400).putInt(TTL_SECONDS);
    return data.array();
  }
}
