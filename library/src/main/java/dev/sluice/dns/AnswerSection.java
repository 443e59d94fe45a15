package dev.sluice.dns;

import static dev.sluice.dns.MessageNames.NONE;
import static dev.sluice.dns.ResponseReader.u16;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The answer section: from the name asked for along its aliases (CNAME, and DNAME by RFC 6672) to
 * the addresses of the last one, in whatever order the records stand.
 */
final class AnswerSection {
  /** Room behind a message for the names that DNAME makes: two, as one is made of another. */
  static final int SCRATCH = 512;

  private static final int TYPE_CNAME = 5;
  private static final int TYPE_DNAME = 39;
  private static final int FIXED = 10;
  private static final int MAX_ALIASES = 16;
  private static final int MAX_NAME = 255;
  private static final int POINTER_TO_QUESTION = 0xC000 | ResponseReader.HEADER;

  private final List<InetAddress> addresses = new ArrayList<>();
  private byte[] message = {};
  private int limit;
  private int start;
  private int records;
  private int scratch;

  /** What the name looked for is an alias of, and whether a record on the way was broken. */
  private int alias;

  private boolean broken;

  /** The addresses read last. */
  Answer answer() {
    return Answer.of(addresses);
  }

  /** Reads so many records, each known to end within the limit. */
  ResponseKind read(byte[] message, int limit, int start, int records, RecordType type) {
    this.message = message;
    this.limit = limit;
    this.start = start;
    this.records = records;
    scratch = limit;
    broken = false;
    addresses.clear();
    int name = ResponseReader.HEADER;
    for (int aliases = 0; aliases <= MAX_ALIASES && name != NONE && !broken; aliases++) {
      alias = NONE;
      look(name, type);
      if (!addresses.isEmpty() && !broken) {
        return ResponseKind.ADDRESSES;
      }
      name = alias;
    }
    return name == NONE && !broken ? ResponseKind.NO_DATA : ResponseKind.MALFORMED;
  }

  /** Collects the addresses of a name; on the way past, its alias is noted. */
  private void look(int name, RecordType type) {
    int owner = start;
    for (int i = 0; i < records && !broken; i++) {
      int fixed = MessageNames.end(message, owner, limit);
      int data = fixed + FIXED;
      int length = u16(message, fixed + 8);
      if (u16(message, fixed + 2) == Question.CLASS_IN) {
        int kind = u16(message, fixed);
        if (kind == TYPE_DNAME) {
          noteDname(name, owner, data, length);
        } else if (kind == TYPE_CNAME && owns(owner, name)) {
          noteCname(data, length);
        } else if (kind == type.code() && owns(owner, name)) {
          noteAddress(data, length, type);
        }
      }
      owner = data + length;
    }
  }

  private boolean owns(int owner, int name) {
    // Nearly every record of the name asked for is written so.
    if (name == ResponseReader.HEADER && u16(message, owner) == POINTER_TO_QUESTION) {
      return true;
    }
    broken |= !MessageNames.isValid(message, owner, limit);
    return !broken && MessageNames.areSame(message, owner, name);
  }

  private void noteAddress(int data, int length, RecordType type) {
    broken |= length != type.addressBytes();
    if (!broken) {
      addresses.add(address(Arrays.copyOfRange(message, data, data + length)));
    }
  }

  private static InetAddress address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 octets are an address", e);
    }
  }

  private void noteCname(int data, int length) {
    broken |= !isName(data, length);
    alias = data;
  }

  private boolean isName(int data, int length) {
    return MessageNames.end(message, data, data + length) == data + length
        && MessageNames.isValid(message, data, limit);
  }

  /** A DNAME brings the CNAME that it stands for along, or, from an old server, does not. */
  private void noteDname(int name, int owner, int data, int length) {
    broken |= !isName(data, length) || !MessageNames.isValid(message, owner, limit);
    if (broken || alias != NONE) {
      return;
    }
    int above = MessageNames.settle(message, name);
    while (message[above] != 0) {
      above = MessageNames.parent(message, above);
      if (MessageNames.areSame(message, above, owner)) {
        substitute(name, above, data);
        return;
      }
    }
  }

  /** Makes a name of the labels of this one up to its ancestor, and of the target. */
  private void substitute(int name, int ancestor, int target) {
    int made = scratch == limit ? limit + MAX_NAME : limit;
    int end = copy(name, ancestor, made, made + MAX_NAME);
    end = copy(target, NONE, end, made + MAX_NAME);
    if (end < made + MAX_NAME) {
      message[end] = 0;
      scratch = made;
      alias = made;
    } else {
      broken = true;
    }
  }

  /** Copies labels until this one, or until the root; returns the limit when they do not fit. */
  private int copy(int from, int until, int to, int limit) {
    int end = to;
    for (int label = MessageNames.settle(message, from);
        label != until && message[label] != 0;
        label = MessageNames.parent(message, label)) {
      int octets = 1 + message[label];
      if (end + octets >= limit) {
        return limit;
      }
      System.arraycopy(message, label, message, end, octets);
      end += octets;
    }
    return end;
  }
}
