package dev.sluice.dns.engine;

import dev.sluice.dns.wire.Question;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Names of which the trusted servers have said whether they exist. Those that exist come from the
 * names that are looked up, and their parents. One that does not exist is made each time: random
 * letters under a parent that denied such a name.
 */
final class Canaries {
  private static final int MAX_KNOWN = 256;
  private static final int MAX_PARENTS = 4;
  private static final int MAX_NAME = 255;
  private static final int LABEL = 16;

  /** So many servers must differ before a name counts as one whose addresses change. */
  private static final int MIN_OTHERS = 4;

  /** A name that exists. */
  static final class Known {
    private final byte[] question;
    private final Set<InetAddress> addresses;
    private int same;
    private int others;

    private Known(byte[] question, Set<InetAddress> addresses) {
      this.question = question;
      this.addresses = addresses;
    }

    /** Whether a server has the same addresses as the trusted ones. */
    boolean isConfirmed() {
      return same > 0;
    }

    /** Its addresses; none if it has no address. */
    Set<InetAddress> addresses() {
      return addresses;
    }
  }

  private final SplittableRandom random = new SplittableRandom();
  private final List<Known> withAddresses = new ArrayList<>();
  private final List<Known> withoutAddresses = new ArrayList<>();

  /** Questions for the parents whose servers deny random names; the first label is to be put in. */
  private final List<byte[]> parents = new ArrayList<>();

  /** The parents that the trusted servers were asked about. */
  private final List<byte[]> seenParents = new ArrayList<>();

  private int next;

  private final int firstType;

  /**
   * No names yet.
   *
   * @param firstType the type that is asked for first
   */
  Canaries(int firstType) {
    this.firstType = firstType;
  }

  /** Whether there is a name of each kind. */
  boolean areReady() {
    return !parents.isEmpty() && !(withAddresses.isEmpty() && withoutAddresses.isEmpty());
  }

  /** Notes a name that exists. */
  void addExisting(byte[] question, List<InetAddress> addresses) {
    Known known = new Known(plain(question.clone()), Set.copyOf(addresses));
    List<Known> list = addresses.isEmpty() ? withoutAddresses : withAddresses;
    if (list.size() < MAX_KNOWN) {
      list.add(known);
    } else {
      next = (next + 1) % MAX_KNOWN;
      list.set(next, known);
    }
  }

  /** The question for the parent of a name if it is new, and has room for a label; else null. */
  byte @Nullable [] newParent(byte[] question) {
    byte[] parent = plain(Arrays.copyOfRange(question, 1 + question[0], question.length));
    boolean unfit = parent[0] == 0 || parent.length + 1 + LABEL > MAX_NAME;
    if (unfit
        || seenParents.size() >= MAX_PARENTS
        || seenParents.stream().anyMatch(seen -> Arrays.equals(seen, parent))) {
      return null;
    }
    seenParents.add(parent);
    return parent;
  }

  private byte[] plain(byte[] question) {
    Question.lowerCase(question);
    Question.setType(question, firstType);
    return question;
  }

  /** Notes that a random name under a parent does not exist. */
  void addDenyingParent(byte[] parent) {
    parents.add(parent);
  }

  /** The question for a random name under a parent. */
  byte[] sibling(byte[] parent) {
    byte[] question = new byte[1 + LABEL + parent.length];
    question[0] = LABEL;
    for (int i = 1; i <= LABEL; i++) {
      question[i] = (byte) ('a' + random.nextInt(26));
    }
    System.arraycopy(parent, 0, question, 1 + LABEL, parent.length);
    return question;
  }

  Canary missing(Server server, Canary.Judge judge) {
    return new Canary(server, sibling(any(parents)), null, judge);
  }

  /** A name that exists, and not this one; null if there is none. */
  @Nullable Canary existing(Server server, @Nullable Known except, Canary.Judge judge) {
    List<Known> list = withAddresses.isEmpty() ? withoutAddresses : withAddresses;
    if (list.isEmpty() || (list.size() == 1 && list.get(0) == except)) {
      return null;
    }
    Known known = any(list);
    while (known == except) {
      known = any(list);
    }
    return new Canary(server, known.question.clone(), known, judge);
  }

  /** Notes how a server answered. A name whose addresses differ for most servers is left out. */
  void note(Known known, boolean isSame) {
    known.same += isSame ? 1 : 0;
    known.others += isSame ? 0 : 1;
    if (known.others >= MIN_OTHERS && known.others > known.same) {
      withAddresses.remove(known);
      withoutAddresses.remove(known);
    }
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
