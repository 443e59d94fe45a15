package dev.sluice.dns.wire;

import static dev.sluice.dns.wire.MessageFormat.RECORD_BYTES;
import static dev.sluice.dns.wire.MessageFormat.u16;
import static dev.sluice.dns.wire.MessageNames.NONE;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the answer section: follows the aliases of the name asked for (CNAME, and DNAME of RFC
 * 6672) and collects the addresses of the last one. The records may stand in any order.
 */
final class AnswerSection {
  /** Space behind a message for two names made by DNAME: one is made from the other. */
  static final int SCRATCH_BYTES = 512;

  private static final int TYPE_CNAME = 5;
  private static final int TYPE_DNAME = 39;
  private static final int MAX_ALIASES = 16;
  private static final int MAX_NAME = 255;
  private static final int POINTER_TO_QUESTION = 0xC000 | MessageFormat.HEADER_BYTES;

  private final List<InetAddress> addresses = new ArrayList<>();
  private byte[] message = {};
  private int limit;
  private int start;
  private int records;
  private int scratch;

  /** The offset of the name that the present name is an alias of. */
  private int alias;

  /** How many aliases the present name has. */
  private int cnames;

  /** Whether a record on the way is malformed. */
  private boolean broken;

  private boolean hasAlias;

  /** The addresses found by the last {@link #read}. */
  List<InetAddress> addresses() {
    return List.copyOf(addresses);
  }

  /** Whether the name asked for is an alias, by the last {@link #read}. */
  boolean hasAlias() {
    return hasAlias;
  }

  /** Reads this many records, each of which is known to end within the limit. */
  ResponseKind read(byte[] message, int limit, int start, int records, AddressType type) {
    this.message = message;
    this.limit = limit;
    this.start = start;
    this.records = records;
    scratch = limit;
    broken = false;
    hasAlias = false;
    addresses.clear();
    int name = MessageFormat.HEADER_BYTES;
    for (int aliases = 0; aliases <= MAX_ALIASES && name != NONE && !broken; aliases++) {
      alias = NONE;
      scan(name, type);
      if (!addresses.isEmpty() && !broken) {
        return ResponseKind.ADDRESSES;
      }
      name = alias;
      hasAlias |= alias != NONE;
    }
    return name == NONE && !broken ? ResponseKind.NO_DATA : ResponseKind.MALFORMED;
  }

  /** Collects the addresses of a name, and notes its alias. */
  private void scan(int name, AddressType type) {
    int owner = start;
    cnames = 0;
    for (int i = 0; i < records && !broken; i++) {
      int fixed = MessageNames.end(message, owner, limit);
      int data = fixed + RECORD_BYTES;
      int length = u16(message, fixed + 8);
      if (u16(message, fixed + 2) == MessageFormat.CLASS_IN) {
        int recordType = u16(message, fixed);
        if (recordType == TYPE_DNAME) {
          noteDname(name, owner, data, length);
        } else if (recordType == TYPE_CNAME && owns(owner, name)) {
          noteCname(data, length);
        } else if (recordType == type.code() && owns(owner, name)) {
          noteAddress(data, length, type);
        }
      }
      owner = data + length;
    }
  }

  private boolean owns(int owner, int name) {
    // Servers nearly always write the name asked for as a pointer to the question.
    if (name == MessageFormat.HEADER_BYTES && u16(message, owner) == POINTER_TO_QUESTION) {
      return true;
    }
    broken |= !MessageNames.isValid(message, owner, limit);
    return !broken && MessageNames.areSame(message, owner, name);
  }

  private void noteAddress(int data, int length, AddressType type) {
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

  /**
   * A name should have one alias (RFC 2181, section 10.1); of several, one that leads on counts.
   */
  private void noteCname(int data, int length) {
    cnames++;
    broken |= cnames > MAX_ALIASES || !isName(data, length);
    if (!broken && (alias == NONE || !isOwner(alias))) {
      alias = data;
    }
  }

  /** Whether there is a record of this name. */
  private boolean isOwner(int name) {
    int owner = start;
    for (int i = 0; i < records; i++) {
      if (MessageNames.isValid(message, owner, limit)
          && MessageNames.areSame(message, owner, name)) {
        return true;
      }
      int fixed = MessageNames.end(message, owner, limit);
      owner = fixed + RECORD_BYTES + u16(message, fixed + 8);
    }
    return false;
  }

  private boolean isName(int data, int length) {
    return MessageNames.end(message, data, data + length) == data + length
        && MessageNames.isValid(message, data, limit);
  }

  /** Applies a DNAME. Old servers do not send the CNAME that follows from it. */
  private void noteDname(int name, int owner, int data, int length) {
    broken |= !isName(data, length) || !MessageNames.isValid(message, owner, limit);
    if (broken || alias != NONE) {
      return;
    }
    int above = MessageNames.firstLabel(message, name);
    while (message[above] != 0) {
      above = MessageNames.nextLabel(message, above);
      if (MessageNames.areSame(message, above, owner)) {
        substitute(name, above, data);
        return;
      }
    }
  }

  /** Makes the alias: the labels of a name up to its ancestor, and behind them the target. */
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

  /** Copies labels up to this one or up to the root; returns the limit when they do not fit. */
  private int copy(int from, int until, int to, int limit) {
    int end = to;
    for (int label = MessageNames.firstLabel(message, from);
        label != until && message[label] != 0;
        label = MessageNames.nextLabel(message, label)) {
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
