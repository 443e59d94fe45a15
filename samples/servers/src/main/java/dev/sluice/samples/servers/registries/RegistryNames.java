package dev.sluice.samples.servers.registries;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Answers of the name servers: a resolver to questions with recursion, and the servers of the
 * top-level domains to those without. 127.0.0.1 is right, 127.0.0.2 is lame.
 */
final class RegistryNames {
  private static final int TTL = 60;
  private static final int LAME_WAYS = 5;

  private RegistryNames() {}

  /** The response to a query that came to this address; null for none. */
  static byte @Nullable [] answer(byte[] query, InetAddress at) throws IOException {
    Message asked = new Message(query);
    Record question = asked.getQuestion();
    if (question == null) {
      return null;
    }
    Message answer = new Message(asked.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(question, Section.QUESTION);
    String name = question.getName().toString(true).toLowerCase(Locale.ROOT);
    if (asked.getHeader().getFlag(Flags.RD)) {
      answer.getHeader().setFlag(Flags.RD);
      answer.getHeader().setFlag(Flags.RA);
      resolve(answer, name, question.getType());
    } else if (at.getAddress()[3] == 1) {
      answer.getHeader().setFlag(Flags.AA);
      byTheZone(answer, name);
    } else {
      lame(answer, name);
    }
    return answer.toWire();
  }

  private static void resolve(Message answer, String name, int type) throws IOException {
    int dots = name.length() - name.replace(".", "").length();
    RegistryFault fault = RegistryFault.of(name);
    if (dots == 0) {
      String last = fault == RegistryFault.LAME ? "lame" : "right";
      add(answer, name, fault == RegistryFault.SILENT ? "silent" : "right");
      add(answer, name, fault == RegistryFault.SILENT ? "silent" : last);
    } else if (name.endsWith(".nic." + fault.topLevel())) {
      if (type == Type.A) {
        answer.addRecord(
            new ARecord(Name.fromString(name + "."), DClass.IN, TTL, address(name)),
            Section.ANSWER);
      }
    } else if (fault == RegistryFault.FILTERED) {
      boolean fails = NameState.number(name) % 4 == 0;
      answer.getHeader().setRcode(fails ? Rcode.SERVFAIL : Rcode.NXDOMAIN);
    } else {
      resolved(answer, name, fault);
    }
  }

  private static void resolved(Message answer, String name, RegistryFault fault)
      throws IOException {
    if (NameState.of(name) == NameState.REGISTERED) {
      answer.addRecord(ns(name, "ns1.host.invalid."), Section.ANSWER);
    } else if (fault == RegistryFault.WILD) {
      answer.addRecord(soa(fault.topLevel()), Section.AUTHORITY);
    } else {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
      answer.addRecord(soa(fault.topLevel()), Section.AUTHORITY);
    }
  }

  /** The answer of a server of the zone above the name. */
  private static void byTheZone(Message answer, String name) throws IOException {
    RegistryFault fault = RegistryFault.of(name);
    if (NameState.of(name) == NameState.REGISTERED) {
      answer.getHeader().unsetFlag(Flags.AA);
      answer.addRecord(ns(name, "ns1.host.invalid."), Section.AUTHORITY);
      return;
    }
    answer.getHeader().setRcode(fault == RegistryFault.WILD ? Rcode.NOERROR : Rcode.NXDOMAIN);
    answer.addRecord(soa(fault.topLevel()), Section.AUTHORITY);
  }

  /** The answer of a server without authority: nothing in it is true. */
  private static void lame(Message answer, String name) throws IOException {
    switch (NameState.number(name) % LAME_WAYS) {
      case 0 -> answer.getHeader().setRcode(Rcode.REFUSED);
      case 1 -> answer.getHeader().setRcode(Rcode.SERVFAIL);
      case 2 -> {
        answer.getHeader().setRcode(Rcode.NXDOMAIN);
        answer.addRecord(soa(RegistryFault.of(name).topLevel()), Section.AUTHORITY);
      }
      case 3 -> answer.addRecord(ns("", "a.root.invalid."), Section.AUTHORITY);
      default -> {
        answer.getHeader().setFlag(Flags.AA);
        answer.getHeader().setRcode(Rcode.NXDOMAIN);
        answer.addRecord(soa(""), Section.AUTHORITY);
      }
    }
  }

  private static void add(Message answer, String topLevel, String kind) throws IOException {
    Record record = ns(topLevel, kind + ".nic." + topLevel + ".");
    if (!answer.findRecord(record, Section.ANSWER)) {
      answer.addRecord(record, Section.ANSWER);
    }
  }

  private static InetAddress address(String server) throws IOException {
    int last = server.startsWith("right") ? 1 : server.startsWith("lame") ? 2 : 3;
    return Inet4Address.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  private static Record ns(String name, String server) throws IOException {
    return new NSRecord(Name.fromString(name + "."), DClass.IN, TTL, Name.fromString(server));
  }

  private static Record soa(String zone) throws IOException {
    Name name = Name.fromString(zone + ".");
    Name server = Name.fromString("ns.invalid.");
    return new SOARecord(name, DClass.IN, TTL, server, server, 1, TTL, TTL, TTL, TTL);
  }
}
