package dev.sluice.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the lookups of random labels of one kind brought, under one parent. Not thread-safe. */
final class Siblings {
  private static final int MOST = 3;

  private final List<Set<InetAddress>> found = new ArrayList<>();
  private int lookups;
  private boolean dense;
  private int shortestDenied = Integer.MAX_VALUE;
  private int longestDenied;

  /** The addresses of each sibling that exists. */
  List<Set<InetAddress>> found() {
    return found;
  }

  /** How many have ended, failed ones as well. */
  int lookups() {
    return lookups;
  }

  /** Whether another one may be looked up. */
  boolean mayAsk() {
    return lookups < MOST;
  }

  void add(LabelShape shape, Optional<Set<InetAddress>> answer) {
    lookups++;
    if (answer.isEmpty()) {
      deny(shape);
    } else {
      found.add(answer.get());
      dense |= shape.isDense();
    }
  }

  void addFailure() {
    lookups++;
  }

  /** Notes that a label of a shape does not exist. One that does was a name of its own then. */
  void deny(LabelShape shape) {
    found.clear();
    dense = false;
    shortestDenied = Math.min(shortestDenied, shape.length());
    longestDenied = Math.max(longestDenied, shape.length());
  }

  boolean anyDenied() {
    return longestDenied > 0;
  }

  /** Whether labels were denied that are as long, or a shorter and a longer one. */
  boolean isDenied(LabelShape shape) {
    return shortestDenied <= shape.length() && shape.length() <= longestDenied;
  }

  /** Whether all that exist have the same addresses. */
  boolean agree() {
    return found.stream().distinct().count() <= 1;
  }

  /** Whether those that exist may be names of their own. */
  boolean areDense() {
    return dense;
  }
}
